"""What an application lacks, what was cured and when, and the rank that follows (8.4.1.5.1)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from gateway.services.effects.effect import NONE, New, not_by_agreement
from validators.agreement.words import when
from validators.codes import Code
from validators.collocation.completeness import lacking
from validators.verdict import Finding, Severity

if TYPE_CHECKING:
    from gateway.services.process_entry import Happening, ProcessEntry


def complete_date(entry: "ProcessEntry", happening: "Happening") -> New:
    """Date the application by its complete receipt, from which every later clock runs (8.4.1.5.1)."""
    entry.set(application_at=entry.effective_at)
    del happening
    return NONE


def list_cured(entry: "ProcessEntry", happening: "Happening") -> New:
    """Take on record what the application lacks now, and whether what was notified was cured in time."""
    if happening.message is None:
        return NONE
    missing = _lacks(entry, happening)
    notified = set(entry.facts.get("notified", ()))
    cured = notified - {_key(finding) for finding in missing}
    due = entry.deadline("deficiency-cure-10d")
    late = bool(cured) and due is not None and entry.at > due
    entry.put(
        lacking=[finding.as_json() for finding in missing],
        notified=sorted(notified - cured),
        rank_lost=bool(entry.facts.get("rank_lost")) or late,
        resubmitted=bool(entry.facts.get("opened") or notified),
        opened=True,
    )
    return NONE


def check_completeness(entry: "ProcessEntry", happening: "Happening") -> New:
    """Have what is still lacking, or that nothing is, happen next."""
    entry.follow_up.append("found-deficient" if entry.facts.get("lacking") else "complete")
    del happening
    return NONE


def list_deficiencies(entry: "ProcessEntry", happening: "Happening") -> New:
    """List what was found and what the ILEC adds; an item that was told before and is not cured costs the place."""
    found = [Finding(**_finding_fields(item)) for item in entry.facts.get("lacking", ())]
    found += [_seen(entry, item) for item in happening.values.get("items") or ()]
    if not found and happening.values.get("text"):
        found.append(_seen(entry, {"item": "", "text": happening.values["text"], "cure": ""}))
    if not found:
        raise not_by_agreement(entry, "items", "nothing is named that the application lacks", "8.4.1.5.1")
    keys = {_key(finding) for finding in found}
    entry.put(rank_lost=bool(entry.facts.get("rank_lost")) or bool(keys & set(entry.facts.get("notified", ()))))
    entry.put(notified=sorted({*entry.facts.get("notified", ()), *keys}))
    entry.findings = tuple(found)
    return NONE


def rank(entry: "ProcessEntry", happening: "Happening") -> New:
    """Keep the rank of the first receipt, unless what was notified was cured late (8.4.1.5.1)."""
    del happening
    first = entry.order.received_at
    due = entry.deadline("deficiency-cure-10d")
    lost = bool(entry.facts.get("rank_lost"))
    rank_at = entry.at if lost else first
    until = f" by the end of {entry.local_day(due)}" if due is not None else ""
    if lost:
        words = (
            f"The place in the queue is lost: the cure came at {when(entry.local(entry.at))}, "
            f"and every deficiency had to be cured{until}. The application ranks from then."
        )
    else:
        words = f"The place in the queue is kept from {when(entry.local(first))}: every deficiency was cured{until}."
    entry.words["rank_words"] = words
    entry.put(rank_at=rank_at.isoformat())
    entry.move_place(rank_at=rank_at, until=None)
    return NONE


def rank_lapses(entry: "ProcessEntry", happening: "Happening") -> New:
    """Let nobody wait any more for an application whose time for a cure is over; it ranks by its cure (8.4.1.5.1)."""
    del happening
    entry.move_place(until=entry.deadline("deficiency-cure-10d"))
    return NONE


def _lacks(entry: "ProcessEntry", happening: "Happening") -> tuple[Finding, ...]:
    if happening.message is None:
        return ()
    found = lacking(happening.message, entry.kind.id, entry.desk.agreement_of(entry.order))
    return tuple(finding for finding in found if finding.severity is Severity.DEFER)


def _seen(entry: "ProcessEntry", item: Mapping[str, Any]) -> Finding:
    del entry
    letter = f"Item {item['item']}: " if item.get("item") else ""
    return Finding(
        rule="deficiency-detail",
        section="8.4.1.5.1",
        code=Code.FIELD_NEEDED,
        severity=Severity.DEFER,
        path="",
        value=None,
        text=f"{letter}{item['text']}",
        cure=item.get("cure") or "Correct it and send the application again.",
    )


def _finding_fields(item: Mapping[str, Any]) -> dict[str, Any]:
    also = tuple(item.get("also", ()))
    return {"value": None, "path": "", **item, "severity": Severity(item["severity"]), "also": also}


def _key(finding: Finding) -> str:
    return f"{finding.rule} {finding.path or finding.text}"
