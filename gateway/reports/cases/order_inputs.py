"""The inputs of cases about orders: due dates, completions, pending orders, jeopardies, triggers."""

from datetime import date
from typing import Annotated, Any

from pydantic import AliasChoices, BeforeValidator, Field

from gateway.reports.cases.case_values import CaseInput, Day, Instant, MonthText, product_of
from gateway.reports.measures.application import application_at
from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.op8_lnp_triggers import NumberPort
from gateway.reports.measures.records import DueDateChange, Mover, ServiceOrder


def _change(value: Any) -> Any:
    """Read `[customer, 2026-10-16]` as who moved the due date, and where to."""
    return {"by": value[0], "to": value[1]} if isinstance(value, list) and len(value) == 2 else value


class ChangeInput(CaseInput):
    """One change of a due date."""

    by: Mover
    to: Day


class OrderInput(CaseInput):
    """A service order. Its application date may be given, or follow from the receipt of its request."""

    id: str = "order"
    clec: str = ""
    order_type: str = "N"
    application_date: Day | None = None
    received_at: Instant | None = None
    product: str | None = None
    flow_through: bool = False
    original_due: Day | None = None
    requested_due: Day | None = None
    changes: tuple[Annotated[ChangeInput, BeforeValidator(_change)], ...] = ()
    completed: Day | None = None
    miss_reason: str | None = None
    delay_reason: str | None = None
    jeopardy_at: Instant | None = None
    official: bool = False
    cancelled: bool = False

    def record(self, basis: MeasureBasis) -> ServiceOrder:
        """Give the order.

        Raises:
            ValueError: the receipt is given, but not the product that its cut-off depends on.
        """
        return ServiceOrder(
            record_id=self.id,
            clec=self.clec,
            order_type=self.order_type,
            application_date=self.application_date or self._applied(basis),
            original_due=self.original_due,
            changes=tuple(DueDateChange(change.by, change.to) for change in self.changes),
            completed=self.completed,
            requested_due=self.requested_due,
            miss_reason=self.miss_reason,
            delay_reason=self.delay_reason,
            jeopardy_at=self.jeopardy_at,
            official_company_service=self.official,
            cancelled=self.cancelled,
        )

    def _applied(self, basis: MeasureBasis) -> date | None:
        if self.received_at is None:
            return None
        product = product_of(self.product, basis)
        applied = application_at(self.received_at, product, basis, flow_through=self.flow_through)
        return basis.calendar.local_date(applied)


class DueDateInput(CaseInput):
    """The due-date history of one order."""

    order: OrderInput


class OrdersInput(CaseInput):
    """Orders completed in a month, if one is named."""

    period: MonthText | None = None
    standard_interval_days: int | None = None
    orders: tuple[OrderInput, ...]


class PopulationInput(CaseInput):
    """Orders completed in a month."""

    period: MonthText
    standard_interval_days: int | None = None
    orders: tuple[OrderInput, ...]


class PendingInput(CaseInput):
    """Orders at the end of a day."""

    last_day: Day
    orders: tuple[OrderInput, ...]


class PortInput(CaseInput):
    """A number portability activation."""

    id: str
    clec: str = ""
    trigger_set_at: Instant | None = None
    frame_due_at: Instant | None = Field(
        default=None, validation_alias=AliasChoices("frame_due_at", "scheduled_start_at")
    )
    exclude: str | None = None

    def record(self) -> NumberPort:
        """Give the activation."""
        return NumberPort(self.id, self.clec, self.frame_due_at, self.trigger_set_at, self.exclude)


class PortsInput(CaseInput):
    """The activations of a month."""

    ports: tuple[PortInput, ...]
