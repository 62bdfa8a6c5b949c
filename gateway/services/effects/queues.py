"""Places in the queues of a Premises: taken, kept, offered and left (8.2.1.10.1, 8.4.1.8.7)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from gateway.record.places import HELD, LEFT, OFFERED, WAITING, Place
from gateway.record.rows import Order
from gateway.services.effects.effect import NONE, New
from validators.agreement.collocation_terms import CollocationTerms

if TYPE_CHECKING:
    from gateway.services.process_entry import Happening, ProcessEntry

FALLS: Final = "falls-with-parent"
"""The fact of kinds whose requests fall with the one that they rest on."""
ASKS_ENFORCEMENT: Final = "asks_enforcement"
"""What the place of a denied request says once its CLEC has asked that options be enforced."""


def hold_space(entry: "ProcessEntry", happening: "Happening") -> New:
    """Hold the space for the application while its quotation is worked out and stands (8.4.2.2, 8.4.3.2)."""
    del happening
    entry.move_place(status=HELD, queue="application")
    return NONE


def take_alternate(entry: "ProcessEntry", happening: "Happening") -> New:
    """Go on as the alternate kind that the application names (8.2.1.10)."""
    del happening
    alternate = entry.facts["alternate"]
    entry.set(product=alternate, facts={"kind": alternate, "first_choice": entry.kind.id})
    return NONE


def join_denial_queue(entry: "ProcessEntry", happening: "Happening") -> New:
    """Stand in the Space Denial Queue of the Premises, by the rank of the application (8.2.1.10.1)."""
    del happening
    entry.move_place(queue="denied", status=WAITING)
    return NONE


def tell_options(entry: "ProcessEntry", happening: "Happening") -> New:
    """Tell who is denied space what space is optioned there, and that it may ask for enforcement (8.4.1.8.7.1)."""
    del happening
    order = entry.order
    options = [place for place in entry.places.values() if place.waits_in("option", order)]
    told = ", ".join(_size(place) for place in options if place.partner_id != order.partner_id)
    if told:
        entry.words["option_words"] = f"Optioned there: {told}; send ENFORCE-OPTIONS if it would serve."
    return NONE


def ask_enforcement(entry: "ProcessEntry", happening: "Happening") -> New:
    """Note at its place that the CLEC asks for the enforcement of options, which begins only then (8.4.1.8.7.1)."""
    del happening
    own = entry.places.get(entry.order.id)
    if own is not None:
        entry.move_place(facts={**own.facts, ASKS_ENFORCEMENT: True})
    return NONE


def _size(place: Place) -> str:
    feet, bays = place.facts.get("square_feet"), place.facts.get("bays")
    return f"{feet} square feet" if feet is not None else f"{bays} bays"


def leave_denial_queue(entry: "ProcessEntry", happening: "Happening") -> New:
    """Go back from the Space Denial Queue to the applications, by the same rank (8.2.1.11)."""
    del happening
    entry.move_place(queue="application", status=WAITING)
    return NONE


def keep_queue_place(entry: "ProcessEntry", happening: "Happening") -> New:
    """Stay in the Space Denial Queue by the same rank; the space that was offered goes on (8.2.1.10.1)."""
    del happening
    entry.move_place(queue="denied", status=WAITING)
    return NONE


def offer(entry: "ProcessEntry", happening: "Happening") -> New:
    """Note that the CLEC was told of space, and of which; the next in the queue may then be told (8.2.1.10.1)."""
    own = entry.places.get(entry.order.id)
    told_of = happening.values.get("space")
    if own is not None:
        entry.move_place(status=OFFERED, facts={**own.facts, "told_of": told_of} if told_of else own.facts)
    return NONE


def leave_queues(entry: "ProcessEntry", happening: "Happening") -> New:
    """Leave every queue of the Premises."""
    del happening
    entry.move_place(status=LEFT)
    return NONE


def reserve_space(entry: "ProcessEntry", happening: "Happening") -> New:
    """Hold the space for the job (8.4.2.3, 8.4.3.3)."""
    del happening
    entry.move_place(status=HELD)
    return NONE


def cancel_dependents(entry: "ProcessEntry", happening: "Happening") -> New:
    """Name the splitter and CLEC-to-CLEC requests that rest on this one, so that they fall with it (8.2.1.15.2)."""
    del happening
    entry.dependents = dependents_of(entry.order, entry.terms, entry.places.values())
    return NONE


def dependents_of(order: Order, terms: CollocationTerms, places: Iterable[Place]) -> tuple[str, ...]:
    """Give the ids of the requests that fall with an order: those of its CLEC that name it, of kinds that fall so."""
    return tuple(
        place.id
        for place in places
        if place.facts.get("rests_on") == order.pon
        and place.partner_id == order.partner_id
        and place.status != LEFT
        and FALLS in terms.kinds[place.kind].facts
    )
