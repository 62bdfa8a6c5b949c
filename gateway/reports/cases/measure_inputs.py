"""The inputs of measure cases as they stand in a case file, and the records made of them."""

from collections.abc import Mapping
from datetime import UTC, date, timedelta
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, AliasChoices, AwareDatetime, BeforeValidator, ConfigDict, Field, model_validator

from gateway.reports.measures.application import application_at
from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.cp2_collocations import CollocationJob
from gateway.reports.measures.ga1_availability import Maintenance
from gateway.reports.measures.ga7_outage_resolution import ReleaseOutage
from gateway.reports.measures.intervals import Interval
from gateway.reports.measures.month import Month
from gateway.reports.measures.op8_lnp_triggers import NumberPort
from gateway.reports.measures.po2_flow_through import SubmittedLsr
from gateway.reports.measures.po3_reject_interval import RejectedLsr
from gateway.reports.measures.po5_foc_on_time import UpTime
from gateway.reports.measures.records import Channel, ConfirmedRequest, DueDateChange, Mover, RequestForm, ServiceOrder
from gateway.reports.measures.terms import ProductTerms
from gateway.reports.measures.weekly_hours import Span, WeeklyHours
from validators.agreement.calendar import BusinessCalendar
from validators.agreement.strict import Strict


def _wall_clock(value: object) -> object:
    """Read `HH:MM` up to 24:00 as time since midnight; the YAML of hand-written cases may have made a number of it."""
    if isinstance(value, int):
        return timedelta(minutes=value)
    hours, _, minutes = str(value).partition(":")
    if not (hours.isdigit() and minutes.isdigit() and int(minutes) < 60):
        raise ValueError('a time of day is written as in "17:00"')
    return timedelta(hours=int(hours), minutes=int(minutes))


Instant = Annotated[AwareDatetime, AfterValidator(lambda instant: instant.astimezone(UTC))]
MonthText = Annotated[Month, BeforeValidator(lambda value: Month.parse(str(value)))]
WallClock = Annotated[timedelta, BeforeValidator(_wall_clock), Field(ge=timedelta(), le=timedelta(hours=24))]
Schedule = dict[Annotated[int, Field(ge=0, le=6)], tuple[tuple[WallClock, WallClock], ...]]


class CaseInput(Strict):
    """An input of a case; ids may be written as numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, coerce_numbers_to_str=True)


class DownTime(CaseInput):
    """Maintenance, and when it was announced."""

    start: Instant = Field(alias="from")
    stop: Instant = Field(alias="to")
    notified: Instant | None = None

    def interval(self) -> Interval:
        """Give it as a span."""
        return Interval(self.start, self.stop)


class ApplicationInput(CaseInput):
    """One request."""

    product: str
    received_at: Instant
    flow_through: bool = False
    designed: bool = False


class FocOrder(CaseInput):
    """A request with its FOC."""

    id: str = "order"
    lsr: str | None = None
    clec: str = ""
    request: RequestForm = RequestForm.LSR
    channel: Channel = Channel.ELECTRONIC
    product: str | None = None
    qty: int | None = None
    flow_through: bool = False
    manual_touch: bool = False
    foc_mechanical: bool = True
    designed: bool = False
    received_at: Instant | None = None
    foc_at: Instant | None = None
    project: bool = False
    foc_arrangement: Literal["standard", "clec_requested"] = "standard"
    related: str | None = None
    original: bool = True

    def record(self) -> ConfirmedRequest:
        """Give the request; a record called `01#dup` is a second one of LSR `01`."""
        return ConfirmedRequest(
            record_id=self.id,
            lsr_number=self.lsr or self.id.partition("#")[0],
            clec=self.clec,
            form=self.request,
            channel=self.channel,
            product=self.product,
            quantity=self.qty,
            received_at=self.received_at,
            foc_at=self.foc_at,
            flow_through=self.flow_through and self.foc_mechanical and not self.manual_touch,
            designed=self.designed,
            related=self.related,
            project=self.project,
            clec_foc_arrangement=self.foc_arrangement == "clec_requested",
            original_foc=self.original,
        )


class _UpTimeInput(CaseInput):
    schedule: Schedule | None = Field(default=None, validation_alias=AliasChoices("schedule", "up_time"))
    """Published hours of the gateway: PO-5A's clock runs in them."""
    down: tuple[DownTime, ...] = ()

    def up_time(self, calendar: BusinessCalendar) -> UpTime | None:
        """Give the gateway's published up time, if the case has it."""
        if self.schedule is None:
            return None
        return UpTime(weekly_hours(self.schedule, calendar), tuple(span.interval() for span in self.down))


class FocInput(_UpTimeInput):
    """One FOC."""

    order: FocOrder


class Po5Input(_UpTimeInput):
    """The FOCs of a month."""

    submeasure: str
    period: MonthText
    standard: float | None = None
    orders: tuple[FocOrder, ...]


def _change(value: Any) -> Any:
    """Read `[customer, 2026-10-16]` as who moved the due date, and where to."""
    return {"by": value[0], "to": value[1]} if isinstance(value, list) and len(value) == 2 else value


class ChangeInput(CaseInput):
    """One change of a due date."""

    by: Mover
    to: date


class OrderInput(CaseInput):
    """A service order. Its application date may be given, or follow from the receipt of its request."""

    id: str = "order"
    clec: str = ""
    order_type: str = "N"
    application_date: date | None = None
    received_at: Instant | None = None
    product: str | None = None
    flow_through: bool = False
    original_due: date | None = None
    requested_due: date | None = None
    changes: tuple[Annotated[ChangeInput, BeforeValidator(_change)], ...] = ()
    completed: date | None = None
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

    last_day: date
    orders: tuple[OrderInput, ...]


class CollocationInput(CaseInput):
    """One collocation."""

    id: str | None = None
    clec: str = ""
    type: str
    received: date
    quote: date
    accepted: date | None = None
    forecast: date | None = None
    equipment: date | None = None
    major_days: int | None = Field(
        default=None, validation_alias=AliasChoices("major_days", "major_infrastructure_days", "major_infrastructure")
    )
    negotiated_rfs: date | None = None
    rescheduled_rfs: date | None = None
    ready: date | None = None
    done: Mapping[str, date | None] = Field(default_factory=dict)
    payments_made: bool = True
    cancelled: bool = False

    def record(self, number: int) -> CollocationJob:
        """Give the collocation; without an id it is called by its number in the case."""
        values = {name: value for name, value in self if name not in {"id", "received"}}
        return CollocationJob(record_id=self.id or str(number), complete_received=self.received, **values)


class CollocationCase(CaseInput):
    """One collocation."""

    application: CollocationInput


class CollocationsInput(CaseInput):
    """The collocations that became ready in a month."""

    period: MonthText
    applications: tuple[CollocationInput, ...]


class AvailabilityInput(CaseInput):
    """One interface in a period."""

    start: Instant = Field(alias="from")
    stop: Instant = Field(alias="to")
    schedule: Schedule
    down: tuple[DownTime, ...] = ()
    outages: tuple[tuple[Instant, Instant], ...] = ()

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.stop <= self.start:
            raise ValueError("the period ends before it begins")
        return self

    def maintenance(self) -> tuple[Maintenance, ...]:
        """Give the maintenance with its announcement."""
        return tuple(Maintenance(span.interval(), span.notified) for span in self.down)


class OutageInput(CaseInput):
    """An outage after a release."""

    id: str
    release: Instant
    detected: Instant
    resolved: Instant | None = None
    first_lost: Instant | None = None
    duplicate_of: str | None = None
    migrated: bool = True
    acknowledged: bool = True

    def record(self) -> ReleaseOutage:
        """Give the outage."""
        return ReleaseOutage(
            self.id,
            released_at=self.release,
            detected_at=self.detected,
            resolved_at=self.resolved,
            first_lost_at=self.first_lost,
            duplicate_of=self.duplicate_of,
            migrated=self.migrated,
            acknowledged=self.acknowledged,
        )


class OutagesInput(CaseInput):
    """The outages resolved in a month."""

    period: MonthText
    outages: tuple[OutageInput, ...]


class LsrInput(CaseInput):
    """An LSR on its way to the order processor."""

    id: str
    lsr: str | None = None
    clec: str = ""
    channel: Channel = Channel.ELECTRONIC
    flowed: bool
    eligible: bool
    rejected: bool = False
    clec_error: bool = False

    def record(self) -> SubmittedLsr:
        """Give the LSR."""
        values = {name: value for name, value in self if name not in {"id", "lsr"}}
        return SubmittedLsr(record_id=self.id, lsr_number=self.lsr or self.id.partition("#")[0], **values)


class LsrsInput(CaseInput):
    """The LSRs of a month."""

    lsrs: tuple[LsrInput, ...]


class RejectInput(CaseInput):
    """A rejected LSR."""

    id: str
    lsr: str | None = None
    clec: str = ""
    received_at: Instant | None = None
    rejected_at: Instant | None = None
    manual: bool = True
    reason: str | None = None

    def record(self) -> RejectedLsr:
        """Give the reject."""
        number = self.lsr or self.id.partition("#")[0]
        return RejectedLsr(
            self.id, number, self.clec, self.received_at, self.rejected_at, by_a_person=self.manual, reason=self.reason
        )


class RejectsInput(CaseInput):
    """The rejects of a month."""

    submeasure: Literal["PO-3X", "PO-3C"]
    period: MonthText | None = None
    schedule: Schedule | None = None
    rejects: tuple[RejectInput, ...]


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


def weekly_hours(schedule: Schedule, calendar: BusinessCalendar) -> WeeklyHours:
    """Give the hours of a schedule."""
    hours: dict[int, tuple[Span, ...]] = dict(schedule)
    return WeeklyHours(calendar, hours)


def product_of(code: str | None, basis: MeasureBasis) -> ProductTerms:
    """Give the terms of a product code.

    Raises:
        ValueError: Exhibit B has no such product here.
    """
    product = basis.terms.products.get(code or "")
    if product is None:
        raise ValueError(f"no product is called {code!r}; known are {', '.join(basis.terms.products)}")
    return product
