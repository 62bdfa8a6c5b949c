"""What happened to an order as people read it: history and notices in one line of time, each with its clause."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from gateway.notices.plain_text import plain_text, title_of
from gateway.portal.rendering import label
from gateway.record.rows import Event, Notice

_LEFT_OUT: Final = frozenset(
    {"digest", "submission", "notice", "kind", "findings", "decision", "request", "from", "to"}
)
"""What nobody reads: it names what stands elsewhere on the page, or is told in other words."""
_ABBREVIATIONS: Final[Mapping[str, str]] = {"ver": "VER", "sup": "SUP", "rcode": "RCODE", "pon": "PON"}


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened.

    Attributes:
        title: what, in a few words.
        section: the clause that it rests on.
        moved: the states before and after, where it changed the state.
        facts: what belongs to it, each with its name.
        findings: what was found wrong, as `Finding.as_json` gives it.
        notice: the notice that went out with it.
        text: that notice as people read it.
    """

    at: datetime
    title: str
    section: str
    moved: tuple[str, str] | None
    facts: Sequence[tuple[str, str | datetime]]
    findings: Sequence[Mapping[str, Any]]
    notice: Notice | None = None
    text: str = ""


def timeline(events: Iterable[Event], notices: Iterable[Notice]) -> Sequence[Happening]:
    """Give what happened, the latest first."""
    issued = {notice.id: notice for notice in notices}
    return [_told(event, issued.get(str(event.data.get("notice")))) for event in events][::-1]


def _told(event: Event, notice: Notice | None) -> Happening:
    data = event.data
    decided = data.get("decision")
    facts = {**(decided if isinstance(decided, dict) else {}), **data}
    before, after = data.get("from"), data.get("to")
    return Happening(
        event.at,
        f"Notice: {title_of(notice.kind)}" if notice else _title(event.type),
        event.section,
        (str(before), str(after)) if before and after and before != after else None,
        tuple(_facts(facts)) if notice is None else (),
        facts.get("findings") or () if notice is None else (),
        notice,
        plain_text(notice.document) if notice else "",
    )


def _title(type_: str) -> str:
    subject, _, happened = type_.partition(".")
    words = label(happened)
    return words if subject == "order" else f"{label(subject)} {words[:1].lower()}{words[1:]}"


def _facts(data: Mapping[str, Any]) -> Iterator[tuple[str, str | datetime]]:
    for name, value in data.items():
        told = _instant(value) if name.endswith("_at") else None
        text = told or _text(value)
        if name not in _LEFT_OUT and text:
            yield _ABBREVIATIONS.get(name) or label(name), text


def _instant(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        return None


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(_text, value)))
    if isinstance(value, dict):
        return "; ".join(f"{label(str(name))}: {text}" for name, inner in value.items() if (text := _text(inner)))
    return "" if value is None else str(value)
