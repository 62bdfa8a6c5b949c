"""The matters that follow from a partner's entries: what opens each, and what has happened in it since."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from validators.agreement.calendar import BusinessCalendar
from validators.agreement.matter_terms import Entered, MatterTerm
from validators.registers.entry import Dossier, Entry
from validators.registers.known import REGISTERS


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened in a matter: its name, the entry that says so, and when it counts from (aware)."""

    name: str
    entry: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter as a partner's entries have it.

    Attributes:
        entry: id of the entry that opened it.
        about: the key of that entry; empty for a matter of the partner as a whole.
        counts_from: the instant from which it counts (aware).
        facts: conditions for its clocks.
        happened: what happened in it, in order.
    """

    term: MatterTerm
    entry: str
    about: str
    counts_from: datetime
    facts: tuple[str, ...]
    happened: tuple[Happened, ...]

    @property
    def reference(self) -> str:
        """What it is called: its kind and the entry that opened it."""
        return f"{self.term.id}/{self.entry}"


def matters_of(dossier: Dossier, terms: Iterable[MatterTerm], calendar: BusinessCalendar) -> Iterator[Matter]:
    """Give every matter that follows from the entries of a partner, ended ones too."""
    for term in terms:
        for opening in _openings(dossier, term):
            counts_from = _instant(opening, term.opens, calendar)
            happened = sorted(_happened(dossier, term, opening, counts_from, calendar), key=lambda one: one.at)
            told = opening.data.model_dump()
            yield Matter(
                term,
                opening.id,
                "" if term.opens.keys else opening.key,
                counts_from,
                tuple(fact for fact in term.facts if told.get(fact.replace("-", "_")) is True),
                tuple(happened),
            )


def misnamed(terms: Mapping[str, MatterTerm]) -> list[str]:
    """Say which registers and members the terms of an agreement name that there are not; nothing where all exist."""
    found = []
    for term in terms.values():
        for entered in (term.opens, *term.happens.values()):
            register = REGISTERS.get(entered.entry_of)
            if register is None:
                found.append(f"{term.id}: there is no register {entered.entry_of!r}")
                continue
            known = {"valid_from", *register.model.model_fields}
            unknown = {entered.counts_from, *entered.where, *filter(None, [entered.about])} - known
            found.extend(f"{term.id}: entries of {register.id} have no {name!r}" for name in sorted(unknown))
    return found


def _entered(dossier: Dossier, entered: Entered) -> list[Entry[Any]]:
    entries = dossier.entries(REGISTERS[entered.entry_of])
    return [entry for entry in entries if entered.fits(entry.key, entry.data.model_dump())]


def _openings(dossier: Dossier, term: MatterTerm) -> Iterator[Entry[Any]]:
    """Give the entries that open a matter; where several are needed, the one that completes them."""
    found = _entered(dossier, term.opens)
    if not term.opens.keys:
        yield from found
        return
    first: dict[str, Entry[Any]] = {}
    for entry in sorted(found, key=lambda one: (one.valid_from, one.id)):
        first.setdefault(entry.key, entry)
    if len(first) == len(set(term.opens.keys)):
        yield max(first.values(), key=lambda one: (one.valid_from, one.id))


def _happened(
    dossier: Dossier, term: MatterTerm, opening: Entry[Any], counts_from: datetime, calendar: BusinessCalendar
) -> Iterator[Happened]:
    for name, entered in term.happens.items():
        for entry in _entered(dossier, entered):
            if entry.id == opening.id or not (entered.keys or term.opens.keys or _same(entered, entry, opening)):
                continue
            at = _instant(entry, entered, calendar)
            # Entries of the same kind follow each other: of two alike only the later one can be an answer.
            follows = entry.id > opening.id if at == counts_from else at > counts_from
            if entered.earlier or follows:
                yield Happened(name, entry.id, at)


def _same(entered: Entered, entry: Entry[Any], opening: Entry[Any]) -> bool:
    """Whether an entry is about what the opening entry is about."""
    if entered.about is None:
        return entry.key == opening.key
    return str(getattr(entry.data, entered.about) or "").startswith(opening.key)


def _instant(entry: Entry[Any], entered: Entered, calendar: BusinessCalendar) -> datetime:
    told = entry.valid_from if entered.counts_from == "valid_from" else getattr(entry.data, entered.counts_from)
    if isinstance(told, datetime):
        return told
    if isinstance(told, date):
        return calendar.start_of(told)
    raise TypeError(f"{entered.counts_from} of {entry.register} is no day and no instant")
