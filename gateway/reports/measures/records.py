"""What the log must hold of a request or an order for the measures to be computed (chapter by chapter of Exhibit B).

Instants are aware and in UTC; dates are dates of the exhibit's zone. A value that the log lacks is None: the measure
then leaves the record out and says why.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class RequestForm(StrEnum):
    """What a request came as."""

    LSR = "LSR"
    ASR = "ASR"


class Channel(StrEnum):
    """The way a request came in."""

    ELECTRONIC = "electronic"
    FAX = "fax"


class Mover(StrEnum):
    """Who changed a due date."""

    CUSTOMER = "customer"
    ILEC = "ilec"


@dataclass(frozen=True, slots=True)
class ConfirmedRequest:
    """A request and its FOC (PO-5)."""

    record_id: str
    lsr_number: str
    """What a second record of the same request shares with the first."""
    clec: str
    form: RequestForm
    channel: Channel
    product: str | None
    quantity: int | None
    received_at: datetime | None
    foc_at: datetime | None
    flow_through: bool = False
    """No person touched the request on its way, and the FOC went out mechanically."""
    designed: bool = False
    related: str | None = None
    """What the related requests of one CLEC share; their quantities are added up."""
    project: bool = False
    clec_foc_arrangement: bool = False
    original_foc: bool = True


@dataclass(frozen=True, slots=True)
class DueDateChange:
    """One change of an order's due date, in the order of time."""

    by: Mover
    new_date: date


@dataclass(frozen=True, slots=True)
class ServiceOrder:
    """An order from application to completion (OP-3, OP-4, OP-15, PO-9)."""

    record_id: str
    clec: str
    order_type: str
    """N new, T to, C change; D disconnect, F from, R record."""
    application_date: date | None
    original_due: date | None
    """The date on the original FOC."""
    changes: tuple[DueDateChange, ...] = ()
    completed: date | None = None
    requested_due: date | None = None
    miss_reason: str | None = None
    delay_reason: str | None = None
    jeopardy_at: datetime | None = None
    official_company_service: bool = False
    cancelled: bool = False
