"""The next version of a request that is on record: what its form begins with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gateway.portal.forms.typed import Typed, field_name
from gateway.record.rows import Family, Order, Submission
from validators.fields import FieldCatalogue
from validators.judge import Judge
from validators.messages.lsr import CANCEL
from validators.rules.case import CLOSED_STATES

CORRECTED: Final = "corrected"
"""Chosen in place of a SUP: the next version of a request of which nothing was accepted."""
_LSR: Final[Mapping[str, str]] = {
    "2": "SUP 2: another desired due date, and nothing else",
    "3": "SUP 3: any other change",
}
_SUPPLEMENTS: Final[Mapping[Family, Mapping[str, str]]] = {
    Family.LSR: _LSR,
    Family.ASR: {
        "2": "SUP 2: another desired due date, and nothing else",
        "3": "SUP 3: any other change, after the confirmation (FOC)",
        "4": "SUP 4: a correction, before the confirmation (FOC)",
    },
}
"""How a version may change the one before it, short of cancelling it."""
_REJECTED: Final = "REJECTED"


def supplements_of(order: Order) -> Sequence[tuple[str, str]]:
    """Give the choices of SUP for an order as it stands; none where no version of it can be taken any more."""
    if order.family not in _SUPPLEMENTS or order.state in CLOSED_STATES:
        return ()
    if order.state == _REJECTED:
        return ((CORRECTED, "The corrected request: nothing was accepted so far, so it has no SUP"),)
    return tuple(_SUPPLEMENTS[order.family].items())


def may_be_cancelled(order: Order) -> bool:
    """Say whether SUP 1 can mean anything for an order: it is pending."""
    return bool(supplements_of(order)) and order.state != _REJECTED


def next_version(versions: Iterable[str]) -> str:
    """Give the VER that follows those that are used, rejected ones among them."""
    return f"{max((int(ver) for ver in versions if ver.isdecimal()), default=0) + 1:02d}"


def with_next_version(catalogue: FieldCatalogue, typed: Typed) -> Typed:
    """Give a request with the VER that follows its own."""
    name = field_name(typed.head, 0, "VER")
    return typed.filled_in(catalogue, {name: next_version((typed.value(name),))})


@dataclass(frozen=True, slots=True)
class Stamp:
    """What makes a version another one.

    Attributes:
        supplement: SUP; empty for the corrected version of a rejected request.
        sent: D/TSENT.
    """

    ver: str
    supplement: str
    sent: str


def following(
    judge: Judge, catalogue: FieldCatalogue, order: Order, versions: Sequence[Submission], stamp: Stamp
) -> Typed | None:
    """Give the version in force, or the last one if none was accepted, as the next; None if it cannot be read."""
    basis = next((one for one in versions if one.id == order.submission_id), versions[-1])
    if order.state == _REJECTED:
        basis = versions[-1]
    reading = judge.read(basis.body, order.family.message)
    if reading.message is None:
        return None
    typed = Typed.of_message(reading.message)
    stamped = {"VER": stamp.ver, "SUP": stamp.supplement, "D_TSENT": stamp.sent}
    return typed.filled_in(catalogue, {field_name(typed.head, 0, name): text for name, text in stamped.items()})


def cancelling(ver: str, sent: str) -> Stamp:
    """Give what makes a version the one that cancels."""
    return Stamp(ver, CANCEL, sent)
