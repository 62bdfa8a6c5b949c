"""What the back end reports that changes no state: a service order was entered, a service was lost; and who is told."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Final

from gateway.lifecycle.decisions import Complete
from gateway.lifecycle.happenings import Happening, LossKind, ServiceLost, ServiceOrderEntered
from gateway.lifecycle.vocabulary import State
from gateway.notices.happenings import LOSS_SECTION, SERVICE_ORDER_SECTION, loss, service_order
from gateway.record.rows import Json, Notice, Order
from gateway.services.order_entry import OrderEntry
from gateway.services.refusals import StateForbids
from validators.messages.lsr import LOOP_WITH_PORT, PORT
from validators.messages.service_place import ServicePlace
from validators.rules.case import OrderFacts

_DISCONNECT: Final = "D"
LOST: Final = "service.lost"
"""The type of the event that tells of a lost service; it stands in the history of whoever lost it."""
WORKED_ON: Final = frozenset(
    {State.ACCEPTED, State.NEGOTIATING, State.PENDING_FACILITIES, State.CONFIRMED, State.JEOPARDY}
)
"""The states in which a service order is entered."""
IN_SERVICE: Final = frozenset({State.COMPLETED, State.BILLED})
"""The states in which a service can be lost."""
_UNKNOWN: Final = ServicePlace(None, None, None, ())


def happen(entry: OrderEntry, happening: Happening, body: Json) -> Notice:
    """Take a happening on record and give the notice that it brings.

    Raises:
        StateForbids: the version is not in force, or the order does not stand where this can happen.
    """
    if isinstance(happening, ServiceOrderEntered):
        _must_stand(entry, happening.ver, WORKED_ON, "a service order is entered between acceptance and completion")
        entry.note("order.service-order", SERVICE_ORDER_SECTION, {"ver": entry.order.ver, "decision": body})
        return entry.send(service_order(happening))
    return _lose(entry, happening, body)


def is_gone(order: Order) -> bool:
    """Say whether the service of an order was disconnected or lost, so that it cannot be lost any more."""
    return order.activity == _DISCONNECT or bool(order.facts.get("lost"))


def taken_over(facts: OrderFacts) -> Json | None:
    """Give what the carrier that loses a service is told of it once the order is completed (9.2.2.15.4)."""
    if facts.taken_over is None:
        return None
    ported = facts.requisition_type[:1] in (PORT, LOOP_WITH_PORT)
    return {"carrier": facts.losing_carrier, "port": ported, **asdict(facts.taken_over)}


def tell_losing_carrier(entry: OrderEntry, complete: Complete, carriers: Mapping[str, str]) -> None:
    """Tell the carrier from which a completed order took the service over, if it is a partner here (9.2.2.15.4).

    Args:
        entry: the order, completed.
        complete: its completion, which may name the carrier if the request did not, or named another.
        carriers: partner ids by company code.
    """
    lost = entry.order.facts.get("taken_over")
    if lost is None:
        return
    loser = carriers.get(complete.losing_carrier or lost["carrier"] or "")
    if loser is None or loser == entry.order.partner_id:
        return
    service = ServicePlace(lost["name"], lost["address"], lost["account"], tuple(lost["lines"]))
    kind = LossKind.PORT if lost["port"] else LossKind.CONVERSION
    notice = entry.send_to_another(loser, loss(kind, service, complete.completed_on, complete.losing_order_number))
    told = _told(notice, kind, complete.completed_on, complete.losing_order_number)
    entry.note(LOST, LOSS_SECTION, {**told, "service": asdict(service)}, partner_id=loser)


def _lose(entry: OrderEntry, lost: ServiceLost, body: Json) -> Notice:
    _must_stand(entry, lost.ver, IN_SERVICE, "a service can be lost once it was completed")
    if is_gone(entry.order):
        text = f"The service of order {entry.order.id} is disconnected or lost already."
        raise StateForbids(entry.order.id, text, LOSS_SECTION)
    notice = entry.send(loss(lost.kind, _UNKNOWN, lost.lost_on, lost.order_number, lost.remarks))
    entry.set(facts={"lost": True})
    told = _told(notice, lost.kind, lost.lost_on, lost.order_number)
    entry.note(LOST, notice.section, {**told, "ver": entry.order.ver, "decision": body})
    return notice


def _told(notice: Notice, kind: LossKind, lost_on: date, order_number: str | None) -> Json:
    return {
        "notice": notice.id,
        "kind": kind.value,
        "lost_on": lost_on.isoformat(),
        "order_number": order_number,
    }


def _must_stand(entry: OrderEntry, ver: str | None, states: frozenset[State], otherwise: str) -> None:
    order = entry.order
    if ver not in (None, order.ver) or order.state not in states:
        text = f"Version {order.ver} is in force and {order.state}; {otherwise}."
        raise StateForbids(order.id, text, LOSS_SECTION if states is IN_SERVICE else SERVICE_ORDER_SECTION)
