"""What the back end reports of an order that changes no state and ends no clock: frozen values, one class a kind."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class ServiceOrderItem:
    """One entry of a service order: what is put in or taken out, and how often."""

    action: Literal["I", "O", "C"]
    """In, out, or changed."""
    code: str
    quantity: int = 1
    text: str | None = None


@dataclass(frozen=True, slots=True)
class ServiceOrderEntered:
    """The provider has entered a service order for the request (PSON). There may be several.

    Attributes:
        order_number: ORD.
        due_date: the date that stands in it; a commitment is only the FOC's.
        items: the order as it was entered.
    """

    ver: str | None
    order_number: str
    due_date: date | None = None
    items: tuple[ServiceOrderItem, ...] = ()
    remarks: str | None = None


class LossKind(StrEnum):
    """Why a CLEC lost a service."""

    CONVERSION = "conversion"
    """The end user went to another carrier, which took the service over."""
    PORT = "port"
    """The numbers were ported away."""
    WIN_BACK = "win-back"
    """The end user returned to the ILEC (9.2.2.15.1)."""
    DISCONNECT = "disconnect"
    """The provider disconnected it without an order of the CLEC."""


@dataclass(frozen=True, slots=True)
class ServiceLost:
    """The service of a completed order is no longer the CLEC's (9.2.2.15.1, 9.2.2.15.4).

    Attributes:
        lost_on: the day of the change.
        kind: why.
        order_number: the service order that made the change.
        proof_of_authorization: the ILEC has obtained it; without it nothing is disconnected for a win-back.
    """

    ver: str | None
    lost_on: date
    kind: LossKind
    order_number: str | None = None
    proof_of_authorization: bool = False
    remarks: str | None = None


Happening: TypeAlias = ServiceOrderEntered | ServiceLost
