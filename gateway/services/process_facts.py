"""What holds of a request at the moment of an event: what steps have set, clocks, payments, queues."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from gateway.record.places import LEFT, OFFERED, WAITING, Place
from gateway.services.effects.queues import ASKS_ENFORCEMENT
from validators.agreement.clocks import months_later
from validators.collocation.figures import percent_of
from validators.rules.execution import awaits_agreement

if TYPE_CHECKING:
    from gateway.services.process_entry import Happening, ProcessEntry

BY_AMOUNT: Final = frozenset({"paid-enough", "paid-in-full", "early-access-paid"})
"""Facts that follow from the amount that a message or a decision states: nobody knows before whether they will hold."""


def facts_at(entry: "ProcessEntry", happening: "Happening") -> frozenset[str]:
    """Give everything that holds at the moment of an event, what its values would set included."""
    return frozenset(
        {
            *entry.held,
            *_of_clocks(entry, happening.at or entry.at),
            *_of_payments(entry, happening),
            *_of_the_request(entry),
            *_of_the_agreement(entry),
            *_of_queues(entry, happening),
            *_of_the_clec(entry),
            *_of_values(entry, happening),
        }
    )


def _of_clocks(entry: "ProcessEntry", at: datetime) -> Iterator[str]:
    for clock, due in entry.facts.get("deadlines", {}).items():
        yield f"within {clock}" if at <= datetime.fromisoformat(due) else f"after {clock}"


def _of_payments(entry: "ProcessEntry", happening: "Happening") -> Iterator[str]:
    paid = entry.paid + Decimal(str(happening.values.get("amount", 0)))
    needed, quoted = entry.facts.get("required_payment"), entry.facts.get("nonrecurring")
    if needed is not None and paid >= Decimal(needed):
        yield "paid-enough"
    if quoted is None:
        return
    if paid >= Decimal(quoted):
        yield "paid-in-full"
    if needed is not None:
        outstanding = Decimal(quoted) - Decimal(needed)
        early = percent_of(outstanding, entry.terms.early_access.percent_of_outstanding)
        if paid >= Decimal(needed) + early:
            yield "early-access-paid"


def _of_the_request(entry: "ProcessEntry") -> Iterator[str]:
    if entry.facts.get("resubmitted"):
        yield "cured"
    if entry.facts.get("alternate"):
        yield "alternate-named"
    terms = entry.terms.readings
    since = months_later(entry.zone_date(entry.at), -terms.months)
    taken = map(datetime.fromisoformat, entry.facts.get("readings", ()))
    if sum(entry.zone_date(reading) > since for reading in taken) >= terms.most:
        yield "readings-used-up"


def _of_the_agreement(entry: "ProcessEntry") -> Iterator[str]:
    """Give whether the site waits for an agreement in force; from the last day of its interval on it does not."""
    today, due = entry.zone_date(entry.at), entry.order.due_date
    if awaits_agreement(entry.desk.agreement_of(entry.order), entry.dossier, today) and (due is None or today < due):
        yield "agreement-open"


def _of_values(entry: "ProcessEntry", happening: "Happening") -> Iterator[str]:
    """Give the facts that what the event carries sets, and whether its message is for the same kind."""
    if happening.message is not None and happening.message.kind == entry.kind.id:
        yield "same-kind"
    for step in entry.process.steps:
        if step.on == happening.event:
            for name, ask in step.asks.items():
                yield from ask.facts if happening.values.get(name) else ()


def _of_queues(entry: "ProcessEntry", happening: "Happening") -> Iterator[str]:
    """Give what the places of others in the queues of the Premises say."""
    own = entry.places.get(entry.order.id)
    if own is None or _is_next(own, entry, happening):
        yield "first-in-queue"
    if own is None or not any(_asks_before(place, own, entry) for place in entry.places.values()):
        yield "first-for-space"
    others = [place for place in entry.places.values() if place.partner_id != entry.order.partner_id]
    if any(place.waits_in("denied", entry.order) for place in others):
        yield "queue-there"
    if any(place.waits_in("denied", entry.order) and place.facts.get(ASKS_ENFORCEMENT) for place in others):
        yield "enforcement-wanted"
    timely = entry.deadline("res-accept-7d")
    if timely is not None and any(
        place.is_request_at(entry.order) and timely < place.rank_at <= entry.at for place in others
    ):
        yield "rival-there"
    options = [place for place in others if place.waits_in("option", entry.order)]
    if own is not None and not any(own.rank_at < place.rank_at for place in options):
        yield "newest-option"


def _asks_before(place: Place, own: Place, entry: "ProcessEntry") -> bool:
    """Say whether a request for space at the Premises ranks before and waits: for its answer, or denied for space."""
    untold = place.queue == "application" or (place.queue == "denied" and "told_of" not in place.facts)
    waits = untold and (place.status, place.premises) == (WAITING, own.premises)
    asks_for_space = place.kind in entry.desk.agreement_of(entry.order).products_named(("space-kinds",))
    in_time = place.until is None or entry.at <= place.until
    return waits and asks_for_space and in_time and place.before(own)


def _is_next(own: Place, entry: "ProcessEntry", happening: "Happening") -> bool:
    """Say whether all who stand before have been told of the same space, and it is not on offer to enough of them."""
    if happening.values.get("enough_for_all"):
        return True
    space, enough_for = happening.values.get("space"), int(happening.values.get("enough_for") or 1)
    ahead = [place for place in entry.places.values() if place.stands_in("denied", own.premises) and place.before(own)]
    told = [place for place in ahead if space and place.facts.get("told_of") == space]
    on_offer = [place for place in told if place.status == OFFERED]
    return len(told) == len(ahead) and len(on_offer) < enough_for


def _of_the_clec(entry: "ProcessEntry") -> Iterator[str]:
    """Give what the CLEC's other requests say."""
    order, site = entry.order, entry.facts.get("site")
    mine = [place for place in entry.places.values() if place.partner_id == order.partner_id and place.id != order.id]
    if any(place.queue == "option" and place.status != LEFT and _is_there(place, entry) for place in mine):
        yield "option-held"
    if any(
        place.kind == "decommission"
        and place.status != LEFT
        and (place.facts.get("rests_on") == order.pon or (site and place.facts.get("site") == site))
        for place in mine
    ):
        yield "decommission-filed"


def _is_there(place: Place, entry: "ProcessEntry") -> bool:
    return place.premises == entry.facts.get("premises")
