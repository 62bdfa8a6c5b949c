"""How people sign in."""

import asyncio
import hashlib
import re
import threading
from datetime import timedelta
from typing import Literal

import argon2
import pyotp
import pytest

from gateway.record.people import Person
from gateway.record.rows import Role
from gateway.services.codes import Codes
from gateway.services.people import Enrolment, People, WeakPassword
from gateway.services.refusals import AlreadyExists, NotFound
from gateway.services.sign_in import SignIn, SignInRefused, SignInTerms
from tests.rig.office import PARTNER, Office

CHEAP = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Weak parameters, for tests that hash often."""
PASSWORD = "correct horse battery"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Desk:
    """One person at the door, with an authenticator."""

    def __init__(self, office: Office, people: People, service: SignIn, enrolment: Enrolment) -> None:
        self.office = office
        self.people = people
        self.service = service
        self.enrol(enrolment)

    def enrol(self, enrolment: Enrolment) -> None:
        """Set the authenticator up anew."""
        self._authenticator = pyotp.parse_uri(enrolment.uri)

    def code(self) -> str:
        """Read the code that the authenticator shows now."""
        assert isinstance(self._authenticator, pyotp.TOTP)
        return self._authenticator.at(self.office.clock.now())

    def wrong_code(self) -> str:
        """Give a code that is not good now, nor was or will be just before or after."""
        assert isinstance(self._authenticator, pyotp.TOTP)
        now, step = self.office.clock.now(), timedelta(seconds=30)
        near = {self._authenticator.at(now + offset * step) for offset in (-1, 0, 1)}
        return next(code for code in ("000000", "111111", "222222", "333333") if code not in near)

    async def enters(self, password: str = PASSWORD, code: str | None = None, login: str = "ann") -> str | None:
        """Try to sign in; None if refused. Half a minute goes by, so that the next code is another."""
        try:
            return await self.service.sign_in(login, password, code or self.code())
        except SignInRefused:
            return None
        finally:
            self.office.clock.advance(timedelta(seconds=30))

    async def whose(self, token: str) -> str | None:
        """Give the login of a session's person."""
        person: Person | None = await self.service.person_of(token)
        return None if person is None else person.login


@pytest.fixture
async def desk(office: Office) -> Desk:
    """Give a supervisor of a CLEC who is enrolled."""
    audit, codes = office.partners.audit, Codes(b"s" * 32)
    people = People(office.record, office.clock, office.desk.ids, audit, codes, CHEAP)
    service = SignIn(office.record, office.clock, audit, codes, CHEAP, SignInTerms())
    enrolment = await people.add("cli:x", "ann", Role.CLEC_SUPERVISOR, PARTNER, PASSWORD)
    return Desk(office, people, service, enrolment)


async def test_password_and_code_let_a_person_in(desk: Desk) -> None:
    """Both are needed; the session knows whose it is until it is signed out."""
    refused = [
        await desk.enters("wrong horse battery"),
        await desk.enters("\ud800 horse battery"),
        await desk.enters(code=desk.wrong_code()),
        await desk.enters(code="\ud800"),
    ]
    token = await desk.enters()
    assert token is not None
    before = await desk.whose(token)
    await desk.service.sign_out(token)

    assert [None] * 4 == refused
    assert ("ann", None, None) == (before, await desk.whose(token), await desk.whose("made up"))


async def test_no_code_is_good_twice(desk: Desk) -> None:
    """Whoever looked over the shoulder comes too late."""
    code = desk.code()
    first = await desk.service.sign_in("ann", PASSWORD, code)

    with pytest.raises(SignInRefused):
        await desk.service.sign_in("ann", PASSWORD, code)
    assert "ann" == await desk.whose(first)


async def test_five_failures_lock_a_person_out_for_a_quarter_of_an_hour(desk: Desk) -> None:
    """Even the right password and code are refused then, in the same words; afterwards they are good again."""
    for _ in range(5):
        await desk.enters("wrong horse battery")
    locked = await desk.enters()
    desk.office.clock.advance(15 * MINUTE)
    after = await desk.enters()
    acts = [entry.action for entry in await desk.office.partners.audit.page(0, 100)]

    assert locked is None
    assert after is not None
    assert "person.lock" in acts


async def test_a_success_forgets_failures(desk: Desk) -> None:
    """Four failures, a success, four failures: nobody is locked out."""
    for _ in range(2):
        for _ in range(4):
            await desk.enters("wrong horse battery")
        assert await desk.enters() is not None


async def test_an_idle_session_ends_and_a_used_one_goes_on_until_its_longest(desk: Desk) -> None:
    """Half an hour without a request ends it; twelve hours in any case."""
    idle, used = await desk.enters(), await desk.enters()
    assert idle is not None
    assert used is not None
    seen = []
    for _ in range(26):
        desk.office.clock.advance(29 * MINUTE)
        seen.append(await desk.whose(used))

    assert await desk.whose(idle) is None
    assert ["ann"] * 24 == seen[:24]
    assert [None, None] == seen[24:]


async def test_a_new_password_ends_sessions_and_lifts_the_lock(desk: Desk) -> None:
    """The old password is good no more."""
    token = await desk.enters()
    assert token is not None
    for _ in range(5):
        await desk.enters("wrong horse battery")
    await desk.people.set_password("cli:x", "ann", "another horse battery")

    assert await desk.whose(token) is None
    assert await desk.enters() is None
    assert await desk.enters("another horse battery") is not None


async def test_another_authenticator_ends_sessions_and_the_codes_of_the_one_before(desk: Desk) -> None:
    """Whoever found the lost telephone is out."""
    token = await desk.enters()
    assert token is not None
    old = desk.code()
    desk.enrol(await desk.people.enrol("cli:x", "ann"))

    assert await desk.whose(token) is None
    assert await desk.enters(code=old) is None
    assert await desk.enters() is not None


class Held(argon2.PasswordHasher):
    """A hasher that takes as long to verify as the test wants."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.begun, self.go_on = threading.Event(), threading.Event()

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - the library's own name
        """Say that it has begun, and wait."""
        self.begun.set()
        self.go_on.wait(10)
        return super().verify(hash, password)


@pytest.mark.parametrize("password", [PASSWORD, "wrong horse battery"])
async def test_a_sign_in_under_way_cannot_undo_what_an_operator_changes(desk: Desk, password: str) -> None:
    """An attempt that began with the old password leaves the new one in force, and what it began is no session."""
    held, office = Held(), desk.office
    slow = SignIn(office.record, office.clock, office.partners.audit, Codes(b"s" * 32), held, SignInTerms())
    attempt = asyncio.create_task(slow.sign_in("ann", password, desk.code()))
    await asyncio.to_thread(held.begun.wait, 10)
    office.clock.advance(MINUTE)
    await desk.people.set_password("cli:x", "ann", "another horse battery")
    held.go_on.set()
    (outcome,) = await asyncio.gather(attempt, return_exceptions=True)

    assert await desk.whose(str(outcome)) is None
    assert isinstance(outcome, str) is (password == PASSWORD)
    assert await desk.enters("another horse battery") is not None


async def test_a_flood_of_attempts_does_not_pile_up(desk: Desk) -> None:
    """Twenty wait for their turn; the next is refused unheard, and counts for nothing."""
    tries = [asyncio.create_task(desk.service.sign_in("nobody", PASSWORD, "000000")) for _ in range(20)]
    await asyncio.sleep(0)
    with pytest.raises(SignInRefused):
        await desk.service.sign_in("ann", PASSWORD, desk.code())
    await asyncio.gather(*tries, return_exceptions=True)

    assert await desk.enters() is not None


async def test_who_is_gone_is_out_at_once(desk: Desk) -> None:
    """Session and sign-in alike."""
    token = await desk.enters()
    assert token is not None
    await desk.people.end("cli:x", "ann")

    assert await desk.whose(token) is None
    assert await desk.enters() is None


async def test_a_stranger_learns_nothing(desk: Desk) -> None:
    """An unknown login is refused in the words of a wrong password."""
    said = []
    for login, password in (("nobody", PASSWORD), ("ann", "wrong horse battery")):
        with pytest.raises(SignInRefused) as refused:
            await desk.service.sign_in(login, password, desk.code())
        said.append(str(refused.value))

    assert 1 == len(set(said))


async def test_neither_password_nor_token_nor_secret_is_kept(desk: Desk) -> None:
    """The password is argon2id; the session's token is a hash; the codes' secret follows from the gateway's own."""
    token = await desk.enters()
    person = await desk.office.record.people.by_login("ann")
    assert person is not None
    session = await desk.office.record.people.session(hashlib.sha256(str(token).encode()).hexdigest())
    kept = f"{person} {session} {await desk.office.partners.audit.page(0, 100)}"

    assert session is not None

    assert re.match(r"\$argon2id\$", person.password_hash)
    assert not [secret for secret in (PASSWORD, token, desk._authenticator.secret) if secret and secret in kept]


@pytest.mark.parametrize("password", ["short", "x" * 201, "ann-ann-ann-ann"])
async def test_a_weak_password_is_refused(desk: Desk, password: str) -> None:
    """Too short, too long, or the login."""
    with pytest.raises(WeakPassword):
        await desk.people.add("cli:x", "ann-ann-ann-ann", Role.OPERATIONS, None, password)


async def test_logins_and_partners_are_checked(desk: Desk) -> None:
    """A login is given once; a CLEC's person has a partner, and only such a person does."""
    with pytest.raises(AlreadyExists):
        await desk.people.add("cli:x", "ann", Role.OPERATIONS, None, PASSWORD)
    with pytest.raises(NotFound):
        await desk.people.add("cli:x", "bob", Role.CLEC, "nobody", PASSWORD)
    for role, partner in ((Role.CLEC, None), (Role.AUDITOR, PARTNER)):
        with pytest.raises(ValueError, match="belongs to a partner"):
            await desk.people.add("cli:x", "bob", role, partner, PASSWORD)
    with pytest.raises(NotFound):
        await desk.people.set_password("cli:x", "bob", PASSWORD)
