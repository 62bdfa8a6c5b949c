"""Feeds of DC power: where they end, and what is refunded for one that cannot be restored (8.2.1.30, 8.3.1.19)."""

from datetime import date
from decimal import Decimal
from itertools import count, takewhile
from typing import TYPE_CHECKING, Final

from gateway.services.effects.effect import NONE, New, not_by_agreement
from validators.agreement.clocks import months_later
from validators.collocation.figures import cents

if TYPE_CHECKING:
    from gateway.services.process_entry import Happening, ProcessEntry

_TOLD: Final = {
    "fuse-board": "ends on a battery distribution fuse board, is not measured and is billed on the amperes ordered",
    "power-board": "typically ends on a power board, where usage may be measured",
}


def feeds(entry: "ProcessEntry", happening: "Happening") -> New:
    """Put on record the amperes of each feed that a complete application orders."""
    if happening.message is not None:
        ordered = [int(amps) for _, amps in happening.message.values("SPACE.AMPS")]
        entry.put(feeds=ordered)
    return NONE


def feed_ends(entry: "ProcessEntry", happening: "Happening") -> New:
    """Tell on the quotation where each feed ends; refuse a rate that is for feeds of another size (8.2.1.30)."""
    terms = entry.terms.power_feeds
    ordered: list[int] = entry.facts.get("feeds", [])
    ends = {terms.end_of(amps) for amps in ordered}
    for item in happening.values.get("elements", ()):
        element = entry.terms.elements[item["code"]]
        if ordered and element.feeds is not None and element.feeds not in ends:
            sizes = ", ".join(map(str, ordered))
            text = f"{element.id} is for feeds that end on a {element.feeds}, and those ordered have {sizes} amperes"
            raise not_by_agreement(entry, "elements", text, terms.section)
    entry.lines += tuple(f"Feed of {amps} amperes: {_TOLD[terms.end_of(amps)]}" for amps in ordered)
    return NONE


def maintenance_refund(entry: "ProcessEntry", happening: "Happening") -> New:
    """State the maintenance charges of a held feed since its reservation, which are refunded (8.3.1.19)."""
    since, today = happening.values["reserved_on"], entry.zone_date(entry.at)
    terms = entry.terms.power_maintenance
    if since > today:
        raise not_by_agreement(entry, "reserved_on", f"{since} is still to come", terms.section)
    months = list(takewhile(lambda begun: begun <= today, (months_later(since, n) for n in count())))
    monthly = sum((_monthly(entry, begun) for begun in months), Decimal(0))
    refund = cents(monthly, Decimal(happening.values["fuse_sets"]))
    entry.put(refund=str(refund))
    entry.words |= {"refund": str(refund), "months": str(len(months))}
    return NONE


def _monthly(entry: "ProcessEntry", day: date) -> Decimal:
    rate = entry.terms.elements[entry.terms.power_maintenance.element].rate_on(day)
    return rate.recurring if rate is not None and rate.recurring is not None else Decimal(0)
