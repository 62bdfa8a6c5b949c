"""The agreements that are loaded: their terms room by room, their clocks and products, and what differs between two."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from gateway.doors.problems import Kind, Problem
from gateway.portal.operations.agreement_terms import Term, differences, terms_of
from gateway.portal.pages import Asked, Listing, Page, Shown
from gateway.portal.services import Services
from validators.agreement.clock_terms import ClockTerm, Length
from validators.agreement.terms import Agreement
from validators.agreement.words import counted

_HERE: Final = "/portal/agreements"
_AT_ONCE: Final = 400
"""So many terms of a room stand on one page; of a larger one they are shown by what they are about."""
_FEW: Final = 3
_TERM_COLUMNS: Final = ("Room", "About", "Term", "Value", "Section")
_CLOCK_COLUMNS: Final = (
    "Clock",
    "Duty",
    "Section",
    "Owed by",
    "Owed to",
    "Starts on",
    "Stops on",
    "Length",
    "Counted in",
    "Breach",
)


class AgreementPages:
    """Agreements, read and compared. They come from files: no page changes one."""

    def __init__(self, services: Services) -> None:
        self._agreements = services.desk.agreements
        self._record = services.record

    async def list(self, asked: Asked) -> Shown:
        """Show the agreements."""
        del asked
        users: dict[str, list[str]] = {}
        for partner in await self._record.partners():
            users.setdefault(partner.agreement_id, []).append(partner.id)
        found = [(one, users.get(one.id, [])) for one in self._agreements.values()]
        rows = [(one.id, one.title, one.kind, one.status, one.state, ", ".join(used)) for one, used in found]
        listing = Listing("agreements", ("Id", "Title", "Kind", "Status", "State", "Partners"), rows)
        return Shown("operations/agreements.html", {"agreements": found}, listing=listing)

    async def show(self, asked: Asked) -> Shown:
        """Show one: what it is, its products, its clocks, and the rooms of its terms."""
        agreement = self._of(asked.part("id"))
        terms = list(terms_of(agreement))
        counts: dict[str, int] = {}
        for term in terms:
            counts[term.room] = counts.get(term.room, 0) + 1
        context = {
            "agreement": agreement,
            "rooms": counts,
            "others": [one for one in self._agreements if one != agreement.id],
        }
        listing = Listing(f"agreement-{agreement.id}", _TERM_COLUMNS, [_row(term) for term in terms])
        return Shown("operations/agreement.html", context, zone=agreement.zone.key, listing=listing)

    async def room(self, asked: Asked) -> Shown:
        """Show the terms of one room, each beside its section."""
        agreement, room, about = self._of(asked.part("id")), asked.part("room"), asked.query("about")
        terms = [term for term in terms_of(agreement) if term.room == room]
        shown = [term for term in terms if not about or term.about == about]
        if not shown:
            raise Problem(Kind.NOT_FOUND, f"there are no such terms in {agreement.id}")
        too_many = not about and len(terms) > _AT_ONCE
        context = {
            "agreement": agreement,
            "room": room,
            "about": about,
            "groups": [] if too_many else _grouped(shown),
            "index": [(name, len(found), _section(found)) for name, found in _grouped(terms)] if too_many else [],
        }
        listing = Listing(f"agreement-{agreement.id}-{room}", _TERM_COLUMNS, [_row(term) for term in shown])
        return Shown("operations/terms.html", context, listing=listing)

    async def clocks(self, asked: Asked) -> Shown:
        """Show every timed obligation of an agreement."""
        agreement = self._of(asked.part("id"))
        rows = [_clock_row(term) for term in sorted(agreement.clocks.values(), key=lambda term: term.id)]
        listing = Listing(f"clocks-{agreement.id}", _CLOCK_COLUMNS, rows)
        return Shown("operations/agreement_clocks.html", {"agreement": agreement, "clocks": rows}, listing=listing)

    async def compare(self, asked: Asked) -> Shown:
        """Show what differs between two."""
        known = list(self._agreements)
        first, second = self._of(asked.query("first") or known[0]), self._of(asked.query("second") or known[-1])
        found = differences(first, second)
        by_room = [(room, list(some)) for room, some in groupby(found, key=lambda one: one.term.room)]
        rows = [
            (
                one.kind,
                *one.term.place,
                one.first.value if one.first else None,
                one.second.value if one.second else None,
                one.term.section,
            )
            for one in found
        ]
        columns = ("Difference", "Room", "About", "Term", first.id, second.id, "Section")
        context = {"first": first, "second": second, "by_room": by_room, "known": known}
        listing = Listing(f"compare-{first.id}-{second.id}", columns, rows)
        return Shown("operations/compare.html", context, listing=listing)

    def _of(self, agreement_id: str) -> Agreement:
        agreement = self._agreements.get(agreement_id)
        if agreement is None:
            raise Problem(Kind.NOT_FOUND, f"no agreement {agreement_id[:60]!r} is loaded")
        return agreement

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers. Agreements are part of what the API tells operators of partners."""
        like, one = ("getPartnerFile",), f"{_HERE}/{{id}}"
        return (
            Page("GET", _HERE, "agreements", self.list, like, "Agreements", "Operations"),
            Page("GET", f"{_HERE}/compare", "agreementsCompared", self.compare, like),
            Page("GET", one, "agreement", self.show, like),
            Page("GET", f"{one}/clocks", "agreementClocks", self.clocks, like),
            Page("GET", f"{one}/terms/{{room}}", "agreementTerms", self.room, like),
        )


def _grouped(terms: Sequence[Term]) -> list[tuple[str, list[Term]]]:
    """Give the terms by what they are about, those of the room itself first."""
    own_first = sorted(terms, key=lambda term: term.about != "")
    return [(about, list(found)) for about, found in groupby(own_first, key=lambda term: term.about)]


def _section(terms: Sequence[Term]) -> str:
    """Give the sections of terms, as far as these are few."""
    sections = list(dict.fromkeys(term.section for term in terms if term.section))
    return ", ".join(sections) if len(sections) <= _FEW else f"{len(sections)} sections"


def _row(term: Term) -> tuple[str, ...]:
    return term.room, term.about, term.name, term.value, term.section


def _clock_row(term: ClockTerm) -> tuple[str, ...]:
    return (
        term.id,
        term.name,
        term.section,
        term.owed_by,
        term.owed_to,
        str(term.starts_on),
        ", ".join(map(str, term.stops_on)),
        _length(term),
        term.calendar.value,
        " ".join(term.on_breach.text.split()),
    )


def _length(term: ClockTerm) -> str:
    if isinstance(term.length, Length):
        return counted(term.length.count, term.length.unit)
    return "hours of the product's FOC"
