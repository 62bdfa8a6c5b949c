"""For how long space is reserved or optioned, and how an option ranks (8.4.1.7.3, 8.4.1.8.5)."""

from datetime import date
from typing import TYPE_CHECKING

from gateway.record.places import HELD, WAITING
from gateway.services.effects.effect import NONE, New

if TYPE_CHECKING:
    from gateway.services.process_entry import Happening, ProcessEntry


def option_place(entry: "ProcessEntry", happening: "Happening") -> New:
    """Rank an option by the instant of its acceptance, the earlier the higher (8.4.1.8.5)."""
    del happening
    entry.move_place(queue="option", status=WAITING, rank_at=entry.at)
    return NONE


def start_term(entry: "ProcessEntry", happening: "Happening") -> New:
    """Hold the space for the years of its category of equipment, from the payment on (8.4.1.7.3, 8.4.1.8.5)."""
    del happening
    terms = entry.terms.reservation if entry.process.id == "reservation" else entry.terms.option
    years = terms.years[entry.facts["category"]]
    ends = _years_later(entry.zone_date(entry.effective_at), years)
    entry.record_instant("term-end", entry.desk.agreement_of(entry.order).calendar.start_of(ends))
    end = entry.desk.agreement_of(entry.order).calendar.end_of(ends)
    entry.put(term_ends=ends.isoformat())
    entry.words["term_ends"] = ends.isoformat()
    if entry.process.id == "reservation":
        entry.move_place(queue="reservation", status=HELD, until=end)
    else:
        entry.move_place(rank_at=entry.at, until=end)
    return NONE


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
