"""How people sign in: a password (argon2id), a code (TOTP, RFC 6238), a lock after failures, sessions that end."""

import asyncio
import hashlib
import hmac
import secrets
from base64 import b32encode
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import argon2
import pyotp

from gateway.clock import Clock
from gateway.ids import Ids
from gateway.record.audit import Act
from gateway.record.people import Person, Session
from gateway.record.port import Changes, Record
from gateway.record.rows import Role
from gateway.services.audit import AuditLog
from gateway.services.keys import Write
from gateway.services.refusals import AlreadyExists, NotFound, Refused

_STEP_SECONDS = 30
_STEPS_EITHER_WAY = 1
_LEAST_CHARACTERS = 12
_MOST_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class SignInTerms:
    """How patient signing in is."""

    failures: int = 5
    """Refused attempts in a row before the lock."""
    locked: timedelta = timedelta(minutes=15)
    idle: timedelta = timedelta(minutes=30)
    """A session ends after so long without a request."""
    longest: timedelta = timedelta(hours=12)
    """A session ends after so long in any case."""


@dataclass
class SignInRefused(Refused):
    """Raised when somebody does not get in. It never says why: a stranger learns neither logins nor locks."""

    def __str__(self) -> str:
        """Say it in a sentence."""
        return "login, password or code is not right, or there were too many attempts; wait a while and try again"


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


class SignIn:
    """Adds people, lets them in, and knows whose session a token is."""

    def __init__(
        self,
        record: Record,
        clock: Clock,
        ids: Ids,
        audit: AuditLog,
        secret: bytes,
        hasher: argon2.PasswordHasher,
        terms: SignInTerms,
    ) -> None:
        self._record = record
        self._people = record.people
        self._clock = clock
        self._ids = ids
        self._audit = audit
        self._secret = secret
        self._terms = terms
        self._hasher = hasher
        self._nobody = self._hasher.hash(secrets.token_hex(16))
        # One attempt at a time: guesses cannot race the lock, and hashing takes no more than one share of memory.
        self._turn = asyncio.Lock()

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
        person = Person(self._ids.new("prs", now), login, role, partner_id, hashed, 1, now)
        await self._write(actor, "person.add", person)
        return Enrolment(person, self._codes(person).provisioning_uri(name=login, issuer_name="OSS gateway"))

    async def set_password(self, actor: str, login: str, password: str) -> None:
        """Change a password, lift the lock, and end every session of the person.

        Raises:
            NotFound, WeakPassword: see there.
        """
        person = await self._known(login)
        fresh = replace(person, password_hash=await self._hashed(login, password), failures=0, locked_until=None)
        await self._write(actor, "person.password", fresh, await self._ended_sessions(person))

    async def end(self, actor: str, login: str) -> None:
        """Let a person in no more, and end its sessions.

        Raises:
            NotFound: there is no such person.
        """
        person = await self._known(login)
        gone = replace(person, ended_at=person.ended_at or self._clock.now())
        await self._write(actor, "person.end", gone, await self._ended_sessions(person))

    async def sign_in(self, login: str, password: str, code: str) -> str:
        """Let a person in and give the token of its session: it is shown this once, the record keeps its hash.

        Raises:
            SignInRefused: any of the three is wrong, or the person is locked out or gone.
        """
        async with self._turn:
            person, now = await self._people.by_login(login), self._clock.now()
            hashed = self._nobody if person is None else person.password_hash
            right = await asyncio.to_thread(self._matches, hashed, password)
            if person is None or person.ended_at is not None or _locked(person, now):
                raise SignInRefused
            step = self._step_of(person, code, now)
            if not right or step is None:
                await self._note_failure(person, now)
                raise SignInRefused
            token = secrets.token_urlsafe(32)
            entered = replace(person, failures=0, locked_until=None, last_step=step)
            session = Session(_hash(token), person.id, now, now)
            await self._audit.carry_out(
                Act(person.id, "session.begin", person.id, {"login": login}), Write(Changes(beside=[entered, session]))
            )
            return token

    async def person_of(self, token: str) -> Person | None:
        """Give whose session a token is, and note that it was seen; None if it has ended or never was."""
        session, now = await self._people.session(_hash(token)), self._clock.now()
        if session is None or session.ended_at is not None:
            return None
        if now - session.seen_at >= self._terms.idle or now - session.began_at >= self._terms.longest:
            return None
        person = await self._people.person(session.person_id)
        if person is None or person.ended_at is not None:
            return None
        if now - session.seen_at >= self._terms.idle / 30:
            await self._record.commit(Write(Changes(beside=[replace(session, seen_at=now)])))
        return person

    async def sign_out(self, token: str) -> None:
        """End a session; one that has ended, or never was, stays so."""
        session = await self._people.session(_hash(token))
        if session is not None and session.ended_at is None:
            await self._record.commit(Write(Changes(beside=[replace(session, ended_at=self._clock.now())])))

    async def _note_failure(self, person: Person, now: datetime) -> None:
        failures = person.failures + 1
        if failures < self._terms.failures:
            await self._record.commit(Write(Changes(beside=[replace(person, failures=failures)])))
            return
        locked = replace(person, failures=0, locked_until=now + self._terms.locked)
        await self._write("gateway", "person.lock", locked)

    def _step_of(self, person: Person, code: str, now: datetime) -> int | None:
        """Give the time step whose code this is: the present one or a neighbour, and later than the last one taken."""
        codes, present = self._codes(person), int(now.timestamp()) // _STEP_SECONDS
        told = code.encode("utf-8", "replace")
        for step in range(present - _STEPS_EITHER_WAY, present + _STEPS_EITHER_WAY + 1):
            if hmac.compare_digest(codes.generate_otp(step).encode(), told) and step > person.last_step:
                return step
        return None

    def _codes(self, person: Person) -> pyotp.TOTP:
        """Give the generator of a person's codes: its secret follows from the gateway's own, so that none is stored."""
        purpose = f"totp\0{person.id}\0{person.generation}".encode()
        return pyotp.TOTP(b32encode(hmac.new(self._secret, purpose, hashlib.sha256).digest()[:20]).decode())

    def _matches(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except (argon2.exceptions.VerificationError, UnicodeEncodeError):
            return False

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

    async def _ended_sessions(self, person: Person) -> list[Session]:
        now = self._clock.now()
        return [replace(session, ended_at=now) for session in await self._people.open_sessions(person.id)]

    async def _write(self, actor: str, action: str, person: Person, ended: list[Session] | None = None) -> None:
        detail = {"login": person.login, "role": person.role.value, "partner": person.partner_id}
        act = Act(actor, action, person.id, detail)
        await self._audit.carry_out(act, Write(Changes(beside=[person, *(ended or [])])))


def _locked(person: Person, now: datetime) -> bool:
    return person.locked_until is not None and now < person.locked_until


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
