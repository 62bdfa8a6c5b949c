"""Who may sign in: people are added, given another password or authenticator, and let go. Each act is audited."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

import argon2

from gateway.clock import Clock
from gateway.ids import Ids
from gateway.record.audit import Act
from gateway.record.people import Attempts, Person
from gateway.record.port import Changes, Record
from gateway.record.rows import Role
from gateway.services.audit import AuditLog
from gateway.services.codes import Codes
from gateway.services.keys import Write
from gateway.services.refusals import AlreadyExists, NotFound, Refused

_LEAST_CHARACTERS = 12
_MOST_CHARACTERS = 200


@dataclass
class WeakPassword(Refused):
    """Raised when a password is too short, too long, or the login itself."""

    text: str

    def __str__(self) -> str:
        """Say it in a sentence."""
        return self.text


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What a person needs for codes, shown this once: `uri` for the authenticator's QR code."""

    person: Person
    uri: str


class People:
    """Looks after those who sign in."""

    def __init__(
        self,
        record: Record,
        clock: Clock,
        ids: Ids,
        audit: AuditLog,
        codes: Codes,
        hasher: argon2.PasswordHasher,
    ) -> None:
        self._record = record
        self._people = record.people
        self._clock = clock
        self._ids = ids
        self._audit = audit
        self._codes = codes
        self._hasher = hasher

    async def all(self) -> Sequence[Person]:
        """Give everybody, by login; those who are let go too."""
        return await self._people.all()

    async def add(self, actor: str, login: str, role: Role, partner_id: str | None, password: str) -> Enrolment:
        """Add a person and give what its authenticator needs.

        Raises:
            AlreadyExists: the login is taken.
            NotFound: there is no such partner.
            WeakPassword: see there.
            ValueError: a CLEC's person without partner, or another one with.
        """
        if role.of_partner != (partner_id is not None):
            raise ValueError("a person of a CLEC's role belongs to a partner, and only such a person does")
        if partner_id is not None and await self._record.partner(partner_id) is None:
            raise NotFound(f"partner {partner_id}")
        if await self._people.by_login(login) is not None:
            raise AlreadyExists(f"person {login}")
        hashed, now = await self._hashed(login, password), self._clock.now()
        person = Person(self._ids.new("prs", now), login, role, partner_id, hashed, 1, now, now)
        await self._write(actor, "person.add", person)
        return Enrolment(person, self._codes.uri(person))

    async def set_password(self, actor: str, login: str, password: str) -> None:
        """Change a password, lift the lock, and end every session of the person.

        Raises:
            NotFound, WeakPassword: see there.
        """
        person = await self._known(login)
        attempts = await self._people.attempts(person.id)
        hashed = await self._hashed(login, password)
        fresh = replace(person, password_hash=hashed, changed_at=self._clock.now())
        await self._write(actor, "person.password", fresh, replace(attempts, failures=0, locked_until=None))

    async def enrol(self, actor: str, login: str) -> Enrolment:
        """Give what another authenticator needs; the one before is good no more, and every session ends.

        Raises:
            NotFound: there is no such person.
        """
        person = await self._known(login)
        anew = replace(person, generation=person.generation + 1, changed_at=self._clock.now())
        await self._write(actor, "person.enrol", anew)
        return Enrolment(anew, self._codes.uri(anew))

    async def end(self, actor: str, login: str) -> None:
        """Let a person in no more, and end its sessions.

        Raises:
            NotFound: there is no such person.
        """
        person = await self._known(login)
        gone = replace(person, ended_at=person.ended_at or self._clock.now())
        await self._write(actor, "person.end", gone)

    async def _hashed(self, login: str, password: str) -> str:
        if not _LEAST_CHARACTERS <= len(password) <= _MOST_CHARACTERS:
            raise WeakPassword(f"a password has {_LEAST_CHARACTERS} to {_MOST_CHARACTERS} characters")
        if password.casefold() == login.casefold():
            raise WeakPassword("the login is no password")
        return await asyncio.to_thread(self._hasher.hash, password)

    async def _known(self, login: str) -> Person:
        person = await self._people.by_login(login)
        if person is None:
            raise NotFound(f"person {login}")
        return person

    async def _write(self, actor: str, action: str, person: Person, attempts: Attempts | None = None) -> None:
        detail = {"login": person.login, "role": person.role.value, "partner": person.partner_id}
        rows = [person] if attempts is None else [person, attempts]
        await self._audit.carry_out(Act(actor, action, person.id, detail), Write(Changes(beside=list(rows))))
