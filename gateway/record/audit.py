"""The audit log: every administrative act, each entry sealed with the one before it."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

import sqlalchemy as sa

from gateway.record.rows import Json
from gateway.record.tables import metadata
from gateway.record.types import Instant, JsonObject

FIRST_SEAL = "0" * 64
"""What the first entry is sealed with."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One administrative act; append-only."""

    seq: int
    """Counts from 1 without a gap."""
    at: datetime
    actor: str
    """Id of the credential that was used, or `cli:` and the machine's user."""
    action: str
    """What was done, e.g. `key.revoke`."""
    subject: str
    """Id of what it was done to."""
    detail: Json
    previous: str
    """The seal of the entry before."""
    seal: str
    """SHA-256 of all the above, hex."""


audit_log = sa.Table(
    "audit_log",
    metadata,
    sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("detail", JsonObject, nullable=False),
    sa.Column("previous", sa.Text, nullable=False),
    sa.Column("seal", sa.Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Act:
    """An administrative act that is to be written down."""

    actor: str
    action: str
    subject: str
    detail: Json


def sealed(act: Act, at: datetime, after: AuditEntry | None) -> AuditEntry:
    """Give the entry of an act that follows the entry `after` (None: it is the first)."""
    seq, previous = (1, FIRST_SEAL) if after is None else (after.seq + 1, after.seal)
    seal = _seal(seq, at, act, previous)
    return AuditEntry(seq, at, act.actor, act.action, act.subject, act.detail, previous, seal)


def first_break(entries: Iterable[AuditEntry], after: AuditEntry | None = None) -> int | None:
    """Give the number of the first entry that was changed, taken out or put in; None if the chain holds."""
    for entry in entries:
        act = Act(entry.actor, entry.action, entry.subject, entry.detail)
        if entry != sealed(act, entry.at, after):
            return entry.seq
        after = entry
    return None


def _seal(seq: int, at: datetime, act: Act, previous: str) -> str:
    told = [seq, at.astimezone(UTC).isoformat(), act.actor, act.action, act.subject, act.detail, previous]
    return hashlib.sha256(json.dumps(told, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


class Reads(Protocol):
    """What the trail needs of the record."""

    async def read(self, build: Any, statement: sa.Select[Any]) -> list[Any]:
        """Give the rows of a statement, each made by `build`."""


class AuditTrail:
    """Reads the audit log."""

    def __init__(self, record: Reads) -> None:
        self._record = record

    async def last(self) -> AuditEntry | None:
        """Give the newest entry."""
        found = await self._record.read(AuditEntry, sa.select(audit_log).order_by(audit_log.c.seq.desc()).limit(1))
        return found[0] if found else None

    async def after(self, seq: int, limit: int) -> Sequence[AuditEntry]:
        """Give entries after a number, oldest first."""
        page = sa.select(audit_log).where(audit_log.c.seq > seq).order_by(audit_log.c.seq).limit(limit)
        return await self._record.read(AuditEntry, page)
