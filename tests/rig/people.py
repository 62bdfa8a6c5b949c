"""People with sessions that are open already: a test signs in by password and code only where that is what it tests."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import argon2

from gateway.app.commands import open_partners
from gateway.clock import SystemClock
from gateway.own_secret import own_secret
from gateway.record.people import Person, Session
from gateway.record.port import Changes, Record
from gateway.record.rows import Role
from gateway.services.codes import Codes
from gateway.services.keys import Write
from gateway.settings import Settings

PASSWORD = "correct horse battery"
OTHER_PERSON = "other"
"""Login of the supervisor of another partner."""
SECOND_REPRESENTATIVE = "second-representative"
"""Login of another representative of the ILEC."""
LOGINS: dict[Role, str] = {role: role.value for role in Role if role is not Role.BACKEND}
"""Of the rig's own people, by role."""


def session_of(login: str) -> str:
    """Give what the browser of somebody holds who has signed in."""
    return f"test-session-of-{login}"


def person_of(login: str, role: Role, partner_id: str | None) -> Person:
    """Give somebody whose password is `PASSWORD`, hashed as cheaply as can be."""
    cheap = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    long_ago = datetime(2025, 1, 1, tzinfo=UTC)
    return Person(f"prs_{login}", login, role, partner_id, cheap.hash(PASSWORD), 1, long_ago, long_ago)


async def add_people(record: Record, people: Iterable[Person]) -> None:
    """Put people on record, each signed in since now."""
    now, rows = SystemClock().now(), list[object]()
    for person in people:
        token = hashlib.sha256(session_of(person.login).encode()).hexdigest()
        rows += [person, Session(token, person.id, now, now)]
    await record.commit(Write(Changes(beside=rows)))


async def add_rig_people(data: Path, partner: str, other: str) -> None:
    """Put one person of each role on record, and the supervisor of the other partner."""
    own = [person_of(login, role, partner if role.of_partner else None) for role, login in LOGINS.items()]
    async with open_partners(Settings(data=data)) as (record, _):
        colleague = person_of(SECOND_REPRESENTATIVE, Role.REPRESENTATIVE, None)
        await add_people(record, [*own, colleague, person_of(OTHER_PERSON, Role.CLEC_SUPERVISOR, other)])


def codes_of(data: Path) -> Codes:
    """Give everybody's codes, which follow from the gateway's own secret."""
    return Codes(own_secret(data / "secret.key"))
