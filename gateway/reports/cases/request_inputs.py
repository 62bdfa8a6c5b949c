"""The inputs of cases about requests: application dates, FOCs, flow-through, rejects."""

from typing import Literal

from pydantic import AliasChoices, Field

from gateway.reports.cases.case_values import CaseInput, Instant, MonthText, weekly_hours
from gateway.reports.cases.gateway_inputs import DownTime
from gateway.reports.measures.po2_flow_through import SubmittedLsr
from gateway.reports.measures.po3_reject_interval import RejectedLsr
from gateway.reports.measures.po5_foc_on_time import UpTime
from gateway.reports.measures.records import Channel, ConfirmedRequest, RequestForm
from gateway.reports.measures.schedule import Schedule
from validators.agreement.calendar import BusinessCalendar


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
