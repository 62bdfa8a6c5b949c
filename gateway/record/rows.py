"""What stands in the record: one frozen dataclass a table. Instants are aware and in UTC."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from validators.messages.request import MessageFamily

Json = dict[str, Any]


class Family(StrEnum):
    """What an order is: of a message family that the gateway takes, or a matter that no message brought."""

    LSR = "lsr"
    ASR = "asr"
    COLLOCATION = "collocation"
    MATTER = "matter"
    """A duty between the parties that follows from entries of registers. It has clocks, history and notices; there is
    no submission of it, and no work for the back end.
    """

    @property
    def message(self) -> MessageFamily:
        """The family of the messages that bring it.

        Raises:
            KeyError: it is a matter, which no message brings.
        """
        return _MESSAGES[self]


_MESSAGES: Final[dict[Family, MessageFamily]] = {
    Family.LSR: "lsr",
    Family.ASR: "asr",
    Family.COLLOCATION: "collocation",
}
WORKED: Final = (Family.LSR, Family.ASR, Family.COLLOCATION)
"""The families that messages bring, and that the back end works on."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One message as it came in, kept byte for byte. The natural key (partner, family, PON, VER) is unique for ever."""

    id: str
    partner_id: str
    family: Family
    pon: str
    ver: str
    digest: str
    """SHA-256 of `body`, hex."""
    body: bytes
    received_at: datetime
    order_id: str
    outcome: str
    """`validators.verdict.Outcome` value."""
    findings: tuple[Json, ...]
    acknowledgement: Json
    """What was answered, so that the same bytes again get the same answer again."""
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """Where one order (all versions of one PON) stands."""

    id: str
    partner_id: str
    agreement_id: str
    family: Family
    pon: str
    ver: str
    """Version in force: the last one received."""
    number: str
    """The provider's number for it (LSR NO, ASR NO)."""
    product: str
    activity: str
    state: str
    revision: int
    """Rises by one with each change; it is the ETag and the guard against lost updates."""
    received_at: datetime
    application_at: datetime | None
    desired_due_date: date | None
    due_date: date | None
    original_due_date: date | None
    submission_id: str
    updated_at: datetime
    facts: Json = field(default_factory=dict)
    """What later steps need of the message without reading it again (quantity, CCNA, CC, flow-through, …)."""


@dataclass(frozen=True, slots=True)
class Event:
    """One fact about an order; append-only. `seq` is given by the database."""

    id: str
    order_id: str
    partner_id: str
    type: str
    at: datetime
    section: str
    data: Json
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice in a CLEC's mailbox. `cursor` is given by the database and only rises as seen by a reader."""

    id: str
    order_id: str
    partner_id: str
    kind: str
    ver: str
    section: str
    issued_at: datetime
    document: bytes
    """The notice as XML of the partner's release."""
    data: Json
    """The same content as JSON."""
    acknowledged_at: datetime | None = None
    cursor: int = 0


class ClockState(StrEnum):
    """A clock is open until it is stopped; running out marks the breach and leaves it open until the duty is done."""

    OPEN = "open"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class OpenClock:
    """One running (or ended) timed obligation of one order."""

    id: str
    order_id: str
    partner_id: str
    clock: str
    """Id of the clock term in the agreement, which is its catalogue id."""
    section: str
    ver: str
    owed_by: str
    starts_at: datetime
    due_at: datetime
    """Last instant that is in time; the clock runs out strictly after it."""
    next_at: datetime | None
    """When the clock keeper must look at it next (a warning, or the end); None once nothing is left to fire."""
    state: ClockState
    breached_at: datetime | None = None
    stopped_at: datetime | None = None
    stopped_by: str | None = None
    """The trigger that stopped it."""


class WorkState(StrEnum):
    """Where a work item stands between the record and the back end."""

    PENDING = "pending"
    SENT = "sent"
    SETTLED = "settled"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One outbox row: work for the back end. It stays until the back end has confirmed it, whatever Redis says."""

    id: str
    stream: str
    order_id: str
    partner_id: str
    ver: str
    """Version of the order that it is about."""
    envelope: str
    """A CloudEvent as JSON text, kept as text since it is only passed on; its `id` is this row's id on every send."""
    created_at: datetime
    state: WorkState = WorkState.PENDING
    sent_at: datetime | None = None
    entry_id: str | None = None
    """Id of the entry in the Redis stream when last sent."""
    sends: int = 0
    reason: str | None = None
    """Why it is dead."""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class SentWork:
    """What the sweep needs of an outbox row that was sent: all but its envelope."""

    seq: int
    id: str
    stream: str
    order_id: str
    entry_id: str | None


@dataclass(frozen=True, slots=True)
class DecisionTaken:
    """A decision of the back end that was carried out, so that the same one again gets the same answer again."""

    id: str
    """The sender's idempotency key (HTTP) or CloudEvent source and id (stream)."""
    order_id: str
    digest: str
    answer: Json
    at: datetime


@dataclass(frozen=True, slots=True)
class Partner:
    """A trading partner."""

    id: str
    name: str
    agreement_id: str
    codes: Json
    """`{"ccna": [...], "cc": [...], "acna": [...]}`."""
    created_at: datetime
    active: bool = True


class Role(StrEnum):
    """What a credential may do."""

    CLEC = "clec"
    """A CLEC's system or user: submits and follows its partner's orders."""
    CLEC_SUPERVISOR = "clec-supervisor"
    """A CLEC's user who also looks after its partner's keys."""
    BACKEND = "backend"
    """The ILEC's back end: claims work and decides."""
    REPRESENTATIVE = "representative"
    """An ILEC service representative: reads orders and decides them by hand."""
    OPERATIONS = "operations"
    """An operator of the gateway."""
    AUDITOR = "auditor"
    """Reads what operators read, and changes nothing."""

    @property
    def of_partner(self) -> bool:
        """Whether who has this role acts for one trading partner, and sees nothing of any other."""
        return self in {Role.CLEC, Role.CLEC_SUPERVISOR}


class CredentialKind(StrEnum):
    """How a caller shows who it is."""

    KEY = "key"
    """A bearer key, which also serves as an OAuth client's secret."""
    TOKEN = "token"  # noqa: S105 - a word of the list, not a secret
    """An OAuth access token that was issued for a key."""
    CERTIFICATE = "certificate"
    """A client certificate, known by its fingerprint or its subject."""


@dataclass(frozen=True, slots=True)
class Credential:
    """What a caller shows: only its hash is kept."""

    id: str
    key_hash: str
    role: Role
    partner_id: str | None
    label: str
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    kind: CredentialKind = CredentialKind.KEY
    scopes: tuple[str, ...] = ()
    """What it may be used for, out of what its role may; empty: for all of that."""
    thumbprint: str | None = None
    """SHA-256 of the client certificate that must come with it; None: it is good without one."""
    parent_id: str | None = None
    """The credential that it was issued for: it ends with that one."""

    def valid_at(self, instant: datetime) -> bool:
        """Tell whether it is neither revoked nor expired at `instant`."""
        return self.revoked_at is None and (self.expires_at is None or instant < self.expires_at)
