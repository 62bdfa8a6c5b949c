"""People who sign in, and their sessions."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from gateway.record.audit import Reads
from gateway.record.rows import Role
from gateway.record.tables import metadata
from gateway.record.types import Choice, Instant


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs in with a password and a code."""

    id: str
    login: str
    role: Role
    partner_id: str | None
    password_hash: str
    """argon2id, with its parameters and salt."""
    generation: int
    """Of the secret of the codes; rises when the person enrols anew."""
    created_at: datetime
    changed_at: datetime
    """When password or codes were last given: sessions that began before are over."""
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attempts:
    """How a person's attempts went; apart from the person, so that an attempt cannot undo what an operator changes."""

    id: str
    """The person's."""
    failures: int = 0
    """Refused ones in a row."""
    locked_until: datetime | None = None
    last_step: int = 0
    """Time step of the last code that was taken: no code is good twice."""


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in, until it ends."""

    id: str
    """SHA-256 of the token that the browser holds."""
    person_id: str
    began_at: datetime
    seen_at: datetime
    ended_at: datetime | None = None


people = sa.Table(
    "people",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("login", sa.Text, nullable=False, unique=True),
    sa.Column("role", Choice(Role), nullable=False),
    sa.Column("partner_id", sa.Text),
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("generation", sa.BigInteger, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
)

attempts = sa.Table(
    "sign_in_attempts",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("failures", sa.BigInteger, nullable=False),
    sa.Column("locked_until", Instant),
    sa.Column("last_step", sa.BigInteger, nullable=False),
)

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("person_id", sa.Text, nullable=False),
    sa.Column("began_at", Instant, nullable=False),
    sa.Column("seen_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
)


class PeopleRecord:
    """Reads who may sign in, and who has."""

    def __init__(self, record: Reads) -> None:
        self._record = record

    async def person(self, person_id: str) -> Person | None:
        """Give somebody by id."""
        return await self._one(people.c.id == person_id)

    async def by_login(self, login: str) -> Person | None:
        """Give somebody by login."""
        return await self._one(people.c.login == login)

    async def session(self, session_id: str) -> Session | None:
        """Give a session, ended ones too."""
        found: list[Session] = await self._record.read(Session, sa.select(sessions).where(sessions.c.id == session_id))
        return found[0] if found else None

    async def attempts(self, person_id: str) -> Attempts:
        """Give how a person's attempts went so far."""
        found: list[Attempts] = await self._record.read(Attempts, sa.select(attempts).where(attempts.c.id == person_id))
        return found[0] if found else Attempts(person_id)

    async def all(self) -> list[Person]:
        """Give everybody, by login."""
        found: list[Person] = await self._record.read(Person, sa.select(people).order_by(people.c.login))
        return found

    async def _one(self, condition: sa.ColumnElement[bool]) -> Person | None:
        found: list[Person] = await self._record.read(Person, sa.select(people).where(condition))
        return found[0] if found else None
