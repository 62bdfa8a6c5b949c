"""The port of the record: how services read it, and the one way to change it.

A change is a *command*: it names what it needs to see, and then decides, without any I/O, what is to be written. The
record gathers the commands that arrive while the last commit runs, loads what all of them need with a few statements,
lets each decide in the order of arrival (each sees what those before it changed), writes everything in bulk and commits
once. Nothing is answered before that commit. A refusal is an exception raised by `decide`: it is handed to the caller,
and nothing of that command is written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from gateway.record.audit import AuditTrail
from gateway.record.batches import BatchRecord
from gateway.record.people import PeopleRecord
from gateway.record.places import Place, PlacesRecord
from gateway.record.registers import RegisterRecord
from gateway.record.rows import (
    Credential,
    DecisionTaken,
    Event,
    Family,
    Notice,
    OpenClock,
    Order,
    Partner,
    SentWork,
    Submission,
    WorkItem,
)
from gateway.record.webhooks import WebhookRecord

Result_co = TypeVar("Result_co", covariant=True)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class NaturalKey:
    """Names an order by what its partner calls it."""

    partner_id: str
    family: Family
    pon: str


@dataclass(frozen=True, slots=True)
class Needs:
    """What a command must see to decide.

    Orders come with their open clocks and unsettled work; natural keys also with the keys of all their submissions.
    """

    order_ids: frozenset[str] = frozenset()
    natural_keys: frozenset[NaturalKey] = frozenset()
    notice_ids: frozenset[str] = frozenset()
    work_ids: frozenset[str] = frozenset()
    clock_ids: frozenset[str] = frozenset()
    decision_ids: frozenset[str] = frozenset()
    idempotency_keys: frozenset[tuple[str, str]] = frozenset()
    """(partner id, Idempotency-Key) pairs of submissions."""
    premises: frozenset[str] = frozenset()
    """Premises whose places are decided by; no other process decides by them until the commit is done."""
    applicants: frozenset[str] = frozenset()
    """Partners whose places anywhere are decided by."""


@dataclass(frozen=True, slots=True)
class SubmissionKey:
    """An earlier submission as far as a later one needs it."""

    id: str
    order_id: str
    pon: str
    ver: str
    digest: str
    outcome: str
    received_at: datetime
    acknowledgement: Mapping[str, object]


@dataclass(slots=True)
class Changes:
    """What one command writes, lists in their order; an `Order` in `orders` must carry the next revision."""

    partners: list[Partner] = field(default_factory=list)
    credentials: list[Credential] = field(default_factory=list)
    submissions: list[Submission] = field(default_factory=list)
    new_orders: list[Order] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    acknowledged_notices: list[tuple[str, datetime]] = field(default_factory=list)
    new_clocks: list[OpenClock] = field(default_factory=list)
    clocks: list[OpenClock] = field(default_factory=list)
    new_work: list[WorkItem] = field(default_factory=list)
    work: list[WorkItem] = field(default_factory=list)
    decisions: list[DecisionTaken] = field(default_factory=list)
    beside: list[object] = field(default_factory=list)
    """Rows of the tables that stand beside the orders; `beside.py` lists their types."""
    guarded: list[tuple[str, tuple[object, ...]]] = field(default_factory=list)
    """Guarded statements (`marks.py`) by name, each with its values."""


class OnRecord(Protocol):
    """What stands in the record as a command sees it, changes of earlier commands of the same commit included."""

    def order(self, order_id: str) -> Order | None:
        """Give the order if it was asked for and exists."""

    def order_of(self, key: NaturalKey) -> Order | None:
        """Give the order with that natural key."""

    def submissions_of(self, key: NaturalKey) -> Sequence[SubmissionKey]:
        """Give all submissions under that natural key, oldest first."""

    def submission_by_idempotency_key(self, partner_id: str, key: str) -> SubmissionKey | None:
        """Give the submission that was made with that Idempotency-Key."""

    def open_clocks(self, order_id: str) -> Sequence[OpenClock]:
        """Give the open clocks of an order that was asked for, by due time."""

    def clock(self, clock_id: str) -> OpenClock | None:
        """Give one clock, open or not."""

    def notice(self, notice_id: str) -> Notice | None:
        """Give one notice."""

    def work(self, work_id: str) -> WorkItem | None:
        """Give one outbox row."""

    def unsettled_work(self, order_id: str) -> Sequence[WorkItem]:
        """Give the outbox rows of an order that was asked for and that the back end has not confirmed, oldest first."""

    def decision(self, decision_id: str) -> DecisionTaken | None:
        """Give the decision that was taken under that id."""

    def places(self) -> Sequence[Place]:
        """Give the places of all Premises and partners that were asked for."""


class Command(Protocol[Result_co]):
    """One change of the record."""

    @property
    def needs(self) -> Needs:
        """What `decide` must see."""

    def decide(self, on_record: OnRecord) -> tuple[Result_co, Changes]:
        """Give the result and what is to be written; no I/O, no waiting. May run again if another process was faster.

        Raises:
            Exception: the command is refused; the caller of `commit` gets this exception, and nothing is written.
        """


@dataclass(frozen=True, slots=True)
class OrderQuery:
    """A page of a partner's orders; `after` is the id of the last order of the page before.

    Attributes:
        partner_id: whose; None for those of all.
        number: a telephone number of ten digits that a version of the order is about.
        since: orders first received at this instant or later, to the millisecond.
        until: orders first received before this instant.
        newest_first: by falling ids rather than by rising ones.
        hidden_product: orders of this product are left out.
    """

    partner_id: str | None
    pon: str | None = None
    state: str | None = None
    family: Family | None = None
    after: str | None = None
    limit: int = 100
    product: str | None = None
    number: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    newest_first: bool = False
    hidden_product: str | None = None


@dataclass(frozen=True, slots=True)
class WorkCounts:
    """Where the work stands, for metrics and health."""

    pending: int
    sent: int
    dead: int
    oldest_unsettled_at: datetime | None
    oldest_pending_at: datetime | None = None
    """When the oldest row was made that Redis has not got yet: how far the relay lags."""


@dataclass(frozen=True, slots=True)
class ClockCounts:
    """Where the clocks stand at an instant."""

    open: int
    overdue: int
    next_at: datetime | None


class Record(Protocol):
    """The system of record. All methods may raise `RecordUnavailable` when the database cannot be reached."""

    @property
    def audit(self) -> AuditTrail:
        """The audit log of administrative acts."""

    @property
    def webhooks(self) -> WebhookRecord:
        """What stands about webhooks."""

    @property
    def people(self) -> PeopleRecord:
        """Who signs in, and their sessions."""

    @property
    def places(self) -> PlacesRecord:
        """The places in the queues of Premises."""

    @property
    def registers(self) -> RegisterRecord:
        """What operators have entered beside the orders."""

    @property
    def batches(self) -> BatchRecord:
        """The batch files."""

    async def commit(self, command: Command[Result]) -> Result:
        """Carry out `command` durably (group commit) and give its result.

        Raises:
            RecordUnavailable: nothing was written, or it cannot be known; a retry with the same natural key is safe.
            Exception: whatever `decide` raised.
        """

    async def order(self, order_id: str) -> Order | None:
        """Give one order."""

    async def orders(self, query: OrderQuery) -> Sequence[Order]:
        """Give one page of orders, by id, which is by time."""

    async def submissions(self, order_id: str) -> Sequence[Submission]:
        """Give all versions of an order, oldest first, with their bytes."""

    async def events(self, order_id: str) -> Sequence[Event]:
        """Give the history of an order, oldest first, without what concerns another partner than its own."""

    async def events_after(self, seq: int, limit: int) -> Sequence[Event]:
        """Give the event log after `seq`, in its order."""

    async def reported_events(self, partner_id: str, since: datetime, until: datetime) -> Sequence[Event]:
        """Give a partner's completions and losses recorded from `since` until before `until`, oldest first."""

    async def clocks(self, order_id: str) -> Sequence[OpenClock]:
        """Give all clocks of an order, running or stopped, by due time."""

    async def near_clocks(
        self, until: datetime, limit: int, *, hidden_product: str | None = None
    ) -> Sequence[OpenClock]:
        """Give open clocks due by `until`, overdue ones too, earliest first, without the orders of a hidden product."""

    async def due_clock_ids(
        self, now: datetime, limit: int, partner_id: str | None = None
    ) -> Sequence[tuple[str, str]]:
        """Give up to `limit` (clock id, order id) of clocks whose `next_at` is at or before `now`, earliest first.

        With `partner_id` only that partner's.
        """

    async def next_clock_of(self, partner_id: str) -> datetime | None:
        """Give when a partner's next clock must be looked at; None where nothing is left to fire."""

    async def notices(
        self, partner_id: str, after: int, limit: int, *, unacknowledged: bool = False
    ) -> Sequence[Notice]:
        """Give a page of a mailbox by cursor; none appears later under a cursor at or below one already given."""

    async def order_notices(self, order_id: str) -> Sequence[Notice]:
        """Give the notices of an order to its own partner, oldest first."""

    async def notice(self, notice_id: str) -> Notice | None:
        """Give one notice."""

    async def pending_work(self, limit: int) -> Sequence[WorkItem]:
        """Give outbox rows that wait to be sent, oldest first."""

    async def sent_work(self, after: int, limit: int, sent_before: datetime) -> Sequence[SentWork]:
        """Give rows that were sent before an instant and are not settled, by `seq`, after the given one."""

    async def dead_work(self, limit: int) -> Sequence[WorkItem]:
        """Give rows that were given up, oldest first."""

    async def mark_sent(self, sent: Iterable[tuple[str, str]], at: datetime) -> None:
        """Note (work id, stream entry id) pairs as sent; a row that is settled meanwhile stays settled."""

    async def settle(self, work_ids: Iterable[str], at: datetime) -> None:
        """Note that the back end has confirmed these."""

    async def mark_pending(self, work_ids: Iterable[str]) -> None:
        """Have unsettled rows sent again."""

    async def mark_dead(self, dead: Iterable[tuple[str, str]]) -> None:
        """Note (work id, reason) pairs as dead."""

    async def partner(self, partner_id: str) -> Partner | None:
        """Give one trading partner."""

    async def partners(self) -> Sequence[Partner]:
        """Give all trading partners, by id."""

    async def credential(self, key_hash: str) -> Credential | None:
        """Give the credential with that hash, expired and revoked ones too."""

    async def credentials(self) -> Sequence[Credential]:
        """Give all credentials."""

    async def forget_tokens(self, expired_at: datetime) -> int:
        """Delete access tokens that ended at an instant or before, and give how many."""

    async def work_counts(self) -> WorkCounts:
        """Count the work by state."""

    async def clock_counts(self, now: datetime) -> ClockCounts:
        """Count the open clocks and those overdue at `now`."""

    async def undelivered_notices(self) -> int:
        """Count the notices that no CLEC has acknowledged."""

    async def lease(self, name: str, holder: str, now: datetime, until: datetime) -> bool:
        """Take or renew the lease `name`; False while another holder has it and it has not run out."""

    async def ping(self) -> None:
        """Ask the database for a sign of life."""

    async def close(self) -> None:
        """Finish the commit that runs, refuse further ones, close connections."""


class RecordUnavailable(Exception):  # noqa: N818 - the name says what is so, as design.md words it
    """Raised when the database cannot be reached or refuses to write."""
