"""The catalogue: every obligation of the agreement, with its section and what becomes of it here."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import yaml

from validators.agreement.terms import Agreement
from validators.rules.registry import Rule, RuleBook, Upheld

_BETWEEN_SECTIONS: Final = re.compile(r"[,;]\s*(?![^()]*\))")
_NEED_NO_REASON: Final = frozenset({"enforced", "tracked"})


class Status(StrEnum):
    """What becomes of an entry."""

    ENFORCED = "enforced"
    """A function judges messages by it, the judge upholds it with no finding of its own (`Upheld`), or a term of an
    agreement file that says what messages need or what happens next carries it out.
    """
    TRACKED = "tracked"
    """A clock of an agreement file watches it."""
    CONFIGURED = "configured"
    """A term of an agreement file carries it."""
    MANUAL = "manual"
    """People do it."""
    OUT_OF_SCOPE = "out-of-scope"
    """Nothing here does it."""
    PLANNED = "planned"
    """Not yet built."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One obligation.

    Attributes:
        id: its id, the same in rules, clocks and notices.
        section: sections of the agreement, the governing one first.
        kind: clock, reject, field, notice, …
        applies_to: message families and products.
        automatable: `yes`, `partly` or `no`: whether a gateway can enforce or track it by itself.
        rule: the obligation in words.
        reading: how it is read where the text is unclear; empty where it is clear.
        source: `agreement`, or `fields` for a rule of the industry's forms.
        status: what becomes of it here.
        reason: why; empty where it is enforced or tracked.
    """

    id: str
    section: str
    kind: str
    applies_to: tuple[str, ...]
    automatable: str
    rule: str
    reading: str
    source: str
    status: Status
    reason: str

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections one by one."""
        return tuple(_BETWEEN_SECTIONS.split(self.section))

    @property
    def covered(self) -> bool:
        """Whether a rule enforces it or a clock tracks it."""
        return self.status in (Status.ENFORCED, Status.TRACKED)


class CatalogueError(Exception):
    """Raised when a catalogue file cannot be used; it names file and entry."""


def read_catalogue(folder: Path) -> tuple[Entry, ...]:
    """Read every `*.yaml` of `folder`, in the order of the files' names and the entries in them.

    Raises:
        CatalogueError: an entry lacks a key, has an unknown status, or has the id of another.
    """
    entries: dict[str, Entry] = {}
    for path in sorted(folder.glob("*.yaml")):
        for entry in _read_file(path):
            if entry.id in entries:
                raise CatalogueError(f"{path.name}: the id {entry.id} stands twice")
            entries[entry.id] = entry
    return tuple(entries.values())


def selected(
    entries: Iterable[Entry], applies_to: Collection[str] = (), automatable: Collection[str] = ()
) -> tuple[Entry, ...]:
    """Give the entries that apply to any of `applies_to` and are automatable to any of these degrees; empty is any."""
    return tuple(
        entry
        for entry in entries
        if (not applies_to or not set(applies_to).isdisjoint(entry.applies_to))
        and (not automatable or entry.automatable in automatable)
    )


def gaps(entries: Iterable[Entry], book: RuleBook, agreements: Mapping[str, Agreement]) -> list[str]:
    """Say where the catalogue and what is built contradict each other; nothing where they agree.

    An enforced entry needs its function and a function its entry, with a section of that entry; a tracked entry needs
    its clock in an agreement file and a clock its entry; every other status needs its reason.
    """
    by_id = {entry.id: entry for entry in entries}
    rules = {rule.id: rule for rule in book.rules}
    upheld = {obligation.id: obligation for obligation in book.upheld}
    terms = carried_out(agreements)
    clocks = {clock for agreement in agreements.values() for clock in agreement.clocks}
    built: tuple[Rule[Any] | Upheld, ...] = (*rules.values(), *upheld.values())
    return [
        *_differences("enforced", "function", _with_status(by_id, Status.ENFORCED), {*rules, *upheld, *terms}),
        *_differences("tracked", "clock", _with_status(by_id, Status.TRACKED), clocks),
        *(
            f"{rule.id}: its function cites {rule.section}, its entry {by_id[rule.id].section}"
            for rule in built
            if rule.id in by_id and rule.section not in by_id[rule.id].sections
        ),
        *(
            f"{entry.id}: the status {entry.status} needs a reason"
            for entry in by_id.values()
            if not entry.reason and entry.status not in _NEED_NO_REASON
        ),
    ]


def carried_out(agreements: Mapping[str, Agreement]) -> frozenset[str]:
    """Give the entries that terms of an agreement file carry out: what messages need, and steps of life cycles."""
    found = [agreement.collocation.carries_out for agreement in agreements.values() if agreement.collocation]
    clocks = {clock for agreement in agreements.values() for clock in agreement.clocks}
    return frozenset().union(*found) - clocks


def _with_status(entries: Mapping[str, Entry], status: Status) -> set[str]:
    return {entry.id for entry in entries.values() if entry.status is status}


def _differences(status: str, what: str, listed: set[str], built: set[str]) -> Iterator[str]:
    yield from (f"{name}: the catalogue says {status}, but there is no {what}" for name in sorted(listed - built))
    yield from (
        f"{name}: there is a {what}, but the catalogue does not say {status}" for name in sorted(built - listed)
    )


def _read_file(path: Path) -> Iterator[Entry]:
    # The C loader: the plain one needs ten times as long for these 900 entries.
    items = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    for number, item in enumerate(items, 1):
        try:
            yield _entry(item)
        except KeyError as missing:
            raise CatalogueError(f"{path.name}: entry {number} ({item.get('id', 'no id')}) lacks {missing}") from None
        except ValueError as unknown:
            raise CatalogueError(f"{path.name}: entry {number} ({item.get('id', 'no id')}): {unknown}") from None


def _entry(item: Mapping[str, Any]) -> Entry:
    return Entry(
        id=item["id"],
        section=item["section"],
        kind=item["kind"],
        applies_to=tuple(item["applies_to"]),
        automatable=item["automatable"],
        rule=item["rule"],
        reading=item.get("reading", ""),
        source=item.get("source", "agreement"),
        status=Status(item["status"]),
        reason=item.get("reason", ""),
    )
