"""How people sign in: a password (argon2id), a code (TOTP), a lock after failures, sessions that end."""

import asyncio
import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import argon2

from gateway.clock import Clock
from gateway.record.audit import Act
from gateway.record.people import Attempts, Person, Session
from gateway.record.port import Changes, Record
from gateway.services.audit import AuditLog
from gateway.services.codes import Codes
from gateway.services.keys import Write
from gateway.services.refusals import Refused


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
    waiting: int = 20
    """Attempts that may wait for their turn; more are refused unheard, so that a flood of them cannot pile up."""


@dataclass
class SignInRefused(Refused):
    """Raised when somebody does not get in. It never says why: a stranger learns neither logins nor locks."""

    def __str__(self) -> str:
        """Say it in a sentence."""
        return "login, password or code is not right, or there were too many attempts; wait a while and try again"


class SignIn:
    """Lets people in, and knows whose session a token is."""

    def __init__(
        self,
        record: Record,
        clock: Clock,
        audit: AuditLog,
        codes: Codes,
        hasher: argon2.PasswordHasher,
        terms: SignInTerms,
    ) -> None:
        self._record = record
        self._people = record.people
        self._clock = clock
        self._audit = audit
        self._codes = codes
        self._terms = terms
        self._hasher = hasher
        self._nobody = ""
        # One attempt at a time: guesses cannot race the lock, and hashing takes no more than one share of memory.
        self._turn = asyncio.Lock()
        self._waiting = 0

    async def sign_in(self, login: str, password: str, code: str) -> str:
        """Let a person in and give the token of its session: it is shown this once, the record keeps its hash.

        Raises:
            SignInRefused: any of the three is wrong, the person is locked out or gone, or too many try at once.
        """
        if self._waiting >= self._terms.waiting:
            raise SignInRefused
        self._waiting += 1
        try:
            async with self._turn:
                return await self._let_in(login, password, code)
        finally:
            self._waiting -= 1

    async def _let_in(self, login: str, password: str, code: str) -> str:
        person, now = await self._people.by_login(login), self._clock.now()
        right = await asyncio.to_thread(self._matches, person, password)
        if person is None or person.ended_at is not None:
            raise SignInRefused
        attempts = await self._people.attempts(person.id)
        if attempts.locked_until is not None and now < attempts.locked_until:
            raise SignInRefused
        step = self._codes.step_of(person, code, now, attempts.last_step)
        if not right or step is None:
            await self._note_failure(person, attempts, now)
            raise SignInRefused
        return await self._begun(person, now, Attempts(person.id, last_step=step))

    async def welcome(self, login: str) -> str:
        """Let somebody in without password or code, and give the token: for the guests of a demonstration alone.

        Raises:
            SignInRefused: there is nobody of that login.
        """
        person = await self._people.by_login(login)
        if person is None or person.ended_at is not None:
            raise SignInRefused
        return await self._begun(person, self._clock.now())

    async def _begun(self, person: Person, now: datetime, *also: Attempts) -> str:
        """Begin a session as of `now`, when the person was looked up: what an operator has changed since ends it."""
        token = secrets.token_urlsafe(32)
        session = Session(_hash(token), person.id, now, now)
        act = Act(person.id, "session.begin", person.id, {"login": person.login})
        await self._audit.carry_out(act, Write(Changes(beside=[*also, session])))
        return token

    async def person_of(self, token: str) -> Person | None:
        """Give whose session a token is, and note that it was seen; None if it has ended or never was."""
        session, now = await self._people.session(_hash(token)), self._clock.now()
        if session is None or session.ended_at is not None:
            return None
        if now - session.seen_at >= self._terms.idle or now - session.began_at >= self._terms.longest:
            return None
        person = await self._people.person(session.person_id)
        if person is None or person.ended_at is not None or session.began_at < person.changed_at:
            return None
        if now - session.seen_at >= self._terms.idle / 30:
            await self._record.commit(Write(Changes(beside=[replace(session, seen_at=now)])))
        return person

    async def sign_out(self, token: str) -> None:
        """End a session; one that has ended, or never was, stays so."""
        session = await self._people.session(_hash(token))
        if session is not None and session.ended_at is None:
            await self._record.commit(Write(Changes(beside=[replace(session, ended_at=self._clock.now())])))

    async def _note_failure(self, person: Person, attempts: Attempts, now: datetime) -> None:
        failures = attempts.failures + 1
        if failures < self._terms.failures:
            await self._record.commit(Write(Changes(beside=[replace(attempts, failures=failures)])))
            return
        locked = replace(attempts, failures=0, locked_until=now + self._terms.locked)
        act = Act("gateway", "person.lock", person.id, {"login": person.login})
        await self._audit.carry_out(act, Write(Changes(beside=[locked])))

    def _matches(self, person: Person | None, password: str) -> bool:
        """Tell whether the password is right; for nobody it takes as long to say no."""
        self._nobody = self._nobody or self._hasher.hash(secrets.token_hex(16))
        hashed = self._nobody if person is None else person.password_hash
        try:
            return self._hasher.verify(hashed, password)
        except (argon2.exceptions.VerificationError, UnicodeEncodeError):
            return False


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
