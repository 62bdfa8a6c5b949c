"""The shapes of JSON bodies: what the doors take and give. `/openapi.json` and the XML forms are made from them."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, RootModel

from gateway.lifecycle.wire import DecisionBody
from gateway.lifecycle.wire_dates import WrittenInstant
from gateway.lifecycle.wire_steps import StepDecision
from gateway.record.rows import Event, Notice, OpenClock, Order, WorkItem
from gateway.sandbox.examination import Result
from gateway.sandbox.script import Rule


def _no_truth(value: object) -> object:
    """Pass on what is no truth value; pydantic would take `true` as 1."""
    if isinstance(value, bool):
        raise ValueError("is a whole number")  # noqa: TRY004 - pydantic makes an answer of it
    return value


WholeNumber: TypeAlias = Annotated[int, BeforeValidator(_no_truth)]


class Shape(BaseModel):
    """A JSON object with no other members than those named."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OrderView(Shape):
    """Where an order stands."""

    id: str
    number: str = Field(description="The provider's number (LSR NO, ASR NO).")
    url: str
    family: Literal["lsr", "asr", "collocation", "matter"]
    pon: str
    ver: str = Field(description="Version in force.")
    state: str
    product: str
    activity: str
    revision: int = Field(description="The ETag.")
    received_at: datetime
    application_at: datetime | None
    desired_due_date: date | None
    due_date: date | None
    original_due_date: date | None
    updated_at: datetime
    purged_at: datetime | None = Field(
        default=None, description="When the personal data of end users were purged from what stood of it; none: never."
    )

    @classmethod
    def of(cls, order: Order) -> "OrderView":
        """Show `order`."""
        return cls(
            id=order.id,
            number=order.number,
            url=f"/v1/orders/{order.id}",
            family=order.family.value,
            pon=order.pon,
            ver=order.ver,
            state=order.state,
            product=order.product,
            activity=order.activity,
            revision=order.revision,
            received_at=order.received_at,
            application_at=order.application_at,
            desired_due_date=order.desired_due_date,
            due_date=order.due_date,
            original_due_date=order.original_due_date,
            updated_at=order.updated_at,
            purged_at=order.facts.get("purged_at"),
        )


class OrderPage(Shape):
    """A page of orders; `next` is the address of the following page."""

    orders: list[OrderView]
    next: str | None


class EventView(Shape):
    """One fact of an order's history."""

    id: str
    type: str
    at: datetime
    section: str
    data: dict[str, Any]

    @classmethod
    def of(cls, event: Event) -> "EventView":
        """Show `event`."""
        return cls(id=event.id, type=event.type, at=event.at, section=event.section, data=event.data)


class History(Shape):
    """What happened to an order, oldest first."""

    order: str
    events: list[EventView]


class ClockView(Shape):
    """One timed obligation: who owes, by when, under which section, and how that was reckoned."""

    id: str
    clock: str
    order: str
    section: str
    ver: str
    owed_by: str
    starts_at: datetime
    due_at: datetime = Field(description="Last instant that is in time.")
    state: Literal["open", "stopped"]
    breached_at: datetime | None
    stopped_at: datetime | None
    stopped_by: str | None
    arithmetic: str | None = Field(description="How the end follows from the start, in words.")

    @classmethod
    def of(cls, clock: OpenClock, arithmetic: str | None = None) -> "ClockView":
        """Show `clock`."""
        return cls(
            id=clock.id,
            clock=clock.clock,
            order=clock.order_id,
            section=clock.section,
            ver=clock.ver,
            owed_by=clock.owed_by,
            starts_at=clock.starts_at,
            due_at=clock.due_at,
            state=clock.state.value,
            breached_at=clock.breached_at,
            stopped_at=clock.stopped_at,
            stopped_by=clock.stopped_by,
            arithmetic=arithmetic,
        )


class ClockList(Shape):
    """Clocks by due time."""

    clocks: list[ClockView]


class NoticeView(Shape):
    """One notice. `content` is the same as in the XML document."""

    id: str
    cursor: int
    order: str | None = Field(description="Your order that it is about; none where another carrier's order brought it.")
    kind: str
    ver: str | None
    section: str
    issued_at: datetime
    acknowledged_at: datetime | None
    content: dict[str, Any]

    @classmethod
    def of(cls, notice: Notice) -> "NoticeView":
        """Show `notice`."""
        return cls(
            id=notice.id,
            cursor=notice.cursor,
            order=notice.data.get("order_id"),
            kind=notice.kind,
            ver=notice.ver or None,
            section=notice.section,
            issued_at=notice.issued_at,
            acknowledged_at=notice.acknowledged_at,
            content=notice.data,
        )


class NoticePage(Shape):
    """A page of the mailbox; ask again with `after` = `cursor`. `more` tells whether further notices wait now."""

    notices: list[NoticeView]
    cursor: int
    more: bool


class NoticeAcknowledged(Shape):
    """That a notice was taken."""

    id: str
    acknowledged_at: datetime


class ClaimRequest(Shape):
    """A back end asks for work."""

    family: Literal["lsr", "asr", "collocation"] = "lsr"
    consumer: str = Field("http", pattern=r"^[A-Za-z0-9._-]{1,64}$", description="Name of the worker that claims.")
    limit: int = Field(10, ge=1, le=100)


class ClaimedWork(Shape):
    """One claimed work item; `event` is the CloudEvent that Redis consumers see."""

    id: str
    event: dict[str, Any]


class Claims(Shape):
    """Work handed out. What is not acknowledged or decided in time is handed out again."""

    claims: list[ClaimedWork]


class ClaimAcknowledged(Shape):
    """That a work item is settled."""

    id: str
    state: Literal["settled"]


class DecisionRequest(RootModel[DecisionBody | StepDecision]):
    """A decision; `decision` says which."""


class DecisionTakenView(Shape):
    """What a decision did."""

    order: str
    ver: str
    decision: str
    state: str = Field(description="State of the order after it.")
    revision: int
    notice: str | None = Field(description="Id of the notice that the CLEC gets.")


class DeadView(Shape):
    """A work item that was given up."""

    id: str
    order: str
    stream: str
    reason: str | None
    sends: int

    @classmethod
    def of(cls, item: WorkItem) -> "DeadView":
        """Show a dead work item."""
        return cls(id=item.id, order=item.order_id, stream=item.stream, reason=item.reason, sends=item.sends)


class DeadList(Shape):
    """Work that was given up."""

    dead: list[DeadView]


class ClockMove(Shape):
    """Where the clock by hand is to stand: an instant with offset, or seconds from where it stands."""

    to: WrittenInstant | None = None
    # Bounded before the check for truth values, or the schema would not tell the bounds.
    seconds: Annotated[int, Field(ge=0, le=315_360_000), BeforeValidator(_no_truth)] | None = None


class ClockStands(Shape):
    """The gateway's present time, and how many clocks fired on the way to it."""

    now: datetime
    fired: int


class TestAccount(Shape):
    """One rule of the test environment's back end: the orders that it fits, and what they are answered when."""

    __test__ = False
    pon: str = Field(description="What the PON begins with; empty means any.")
    family: str | None = Field(description="lsr, asr or collocation; none means any.")
    ver: str | None
    first: bool | None = Field(description="True: an order's first version alone; false: later ones alone.")
    field: str | None = Field(description="A field that must have the value `equals`, as EU.SASN.")
    equals: str | None
    about: str
    answers: list[str] = Field(description="Each as: decision, and the time from the receipt of the version.")

    @classmethod
    def of(cls, rule: Rule) -> "TestAccount":
        """Give one rule of the script."""
        told = [f"{answer.decision['decision']} after {answer.after}" for answer in rule.answers]
        return cls(
            pon=rule.pon,
            family=rule.family,
            ver=rule.ver,
            first=rule.first,
            field=rule.field,
            equals=rule.is_,
            about=rule.about,
            answers=told,
        )


class TestAccounts(Shape):
    """What the test environment's back end answers; the first account that fits an order counts."""

    __test__ = False
    accounts: list[TestAccount]


class SuiteCase(Shape):
    """One thing that a suite wants shown."""

    about: str
    account: str = Field(description="What the PON of an order that shows it begins with.")
    pon: str | None = Field(description="The order that shows it; none while none does.")


class SuiteResult(Shape):
    """How far you are with one suite for one product."""

    suite: str
    section: str
    product: str
    passed: bool
    cases: list[SuiteCase]

    @classmethod
    def of(cls, result: Result) -> "SuiteResult":
        """Give one result of the examination."""
        cases = [
            SuiteCase(about=case.about, account=case.account, pon=shown and shown.pon) for case, shown in result.cases
        ]
        suite = result.suite
        return cls(suite=suite.id, section=suite.section, product=result.product, passed=result.passed, cases=cases)


class SuiteResults(Shape):
    """How far you are with certification on a release."""

    release: str
    suites: list[SuiteResult]


class Ready(Shape):
    """Whether the gateway can take orders now."""

    ready: bool
    record: str
    queue: str


class Alive(Shape):
    """A sign of life."""

    status: Literal["ok"] = "ok"
    version: str


class Replayed(Shape):
    """How much work is sent again."""

    sent_again: int
