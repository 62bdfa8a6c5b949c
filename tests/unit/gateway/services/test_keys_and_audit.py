"""Keys over their life, and the audit log that tells of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from gateway.record.audit import Act, AuditEntry, first_break, sealed
from gateway.record.rows import Role
from gateway.services.keys import hash_key
from gateway.services.refusals import NotFound
from tests.rig.court import MONDAY
from tests.rig.office import OTHER_PARTNER, PARTNER, Office

HOUR = timedelta(hours=1)


async def good(office: Office, key: str) -> bool:
    """Tell whether a key is good now."""
    credential = await office.record.credential(hash_key(key))
    return credential is not None and credential.valid_at(office.clock.now())


async def test_a_revoked_key_ends_at_once(office: Office) -> None:
    """It stays in the list as revoked; a second revocation keeps the first instant."""
    issued = await office.partners.keys.issue("x", Role.CLEC, PARTNER, "laptop")
    revoked = await office.partners.keys.revoke("x", issued.credential.id)
    office.clock.advance(HOUR)
    again = await office.partners.keys.revoke("x", issued.credential.id)

    assert not await good(office, issued.key)
    assert MONDAY == revoked.revoked_at == again.revoked_at


async def test_a_rotated_key_stays_good_for_the_overlap(office: Office) -> None:
    """Both are good for the overlap, then the new one alone; role, partner and label go over."""
    keys = office.partners.keys
    old = await keys.issue("x", Role.CLEC_SUPERVISOR, PARTNER, "portal")
    new = await keys.rotate("x", old.credential.id, HOUR)
    both = [await good(office, old.key), await good(office, new.key)]
    office.clock.advance(HOUR)

    assert [True, True] == both
    assert [False, True] == [await good(office, old.key), await good(office, new.key)]
    assert (Role.CLEC_SUPERVISOR, PARTNER, "portal") == (
        new.credential.role,
        new.credential.partner_id,
        new.credential.label,
    )


async def test_a_rotation_never_lengthens_the_old_key(office: Office) -> None:
    """A key that ends in half an hour does so with an overlap of a day; the new one lasts as long as the old did."""
    keys = office.partners.keys
    old = await keys.issue("x", Role.BACKEND, None, "", expires_at=MONDAY + HOUR / 2)
    new = await keys.rotate("x", old.credential.id, 24 * HOUR)
    office.clock.advance(HOUR / 2)

    assert not await good(office, old.key)
    assert MONDAY + HOUR / 2 == new.credential.expires_at


async def test_another_partners_key_is_out_of_reach(office: Office) -> None:
    """A supervisor neither rotates nor revokes it, and its refusal names no partner."""
    issued = await office.partners.keys.issue("x", Role.CLEC, OTHER_PARTNER, "")

    with pytest.raises(NotFound):
        await office.partners.keys.revoke("x", issued.credential.id, within=PARTNER)
    with pytest.raises(NotFound):
        await office.partners.keys.rotate("x", issued.credential.id, HOUR, within=PARTNER)

    assert await good(office, issued.key)


async def test_a_revoked_key_cannot_be_rotated(office: Office) -> None:
    """Only a good key has a successor."""
    issued = await office.partners.keys.issue("x", Role.BACKEND, None, "")
    await office.partners.keys.revoke("x", issued.credential.id)

    with pytest.raises(NotFound):
        await office.partners.keys.rotate("x", issued.credential.id, HOUR)


async def test_every_act_is_written_down_without_the_key(office: Office) -> None:
    """Who, what, to what; no secret and no hash of one."""
    issued = await office.partners.keys.issue("cli:ann", Role.CLEC, PARTNER, "laptop")
    await office.partners.keys.revoke("cli:bob", issued.credential.id)

    entries = list(await office.partners.audit.page(0, 100))[-2:]

    assert [("cli:ann", "key.issue"), ("cli:bob", "key.revoke")] == [(one.actor, one.action) for one in entries]
    assert {issued.credential.id} == {one.subject for one in entries}
    assert issued.key not in repr(entries)
    assert hash_key(issued.key) not in repr(entries)


async def test_what_is_refused_is_not_written_down(office: Office) -> None:
    """The log tells what was done."""
    before = (await office.partners.audit.check()).entries
    with pytest.raises(NotFound):
        await office.partners.keys.revoke("x", "key_none")

    assert before == (await office.partners.audit.check()).entries


async def test_the_log_holds_and_knows_a_seal_that_was_kept(office: Office) -> None:
    """A seal of any entry stands in it; one that is not there means that the end was cut off."""
    kept = (await office.partners.audit.check()).last_seal
    await office.partners.audit.note(Act("x", "test", "y", {"n": 1}))

    assert (None, True) == ((checked := await office.partners.audit.check(kept)).broken_at, checked.holds_expected)
    assert not (await office.partners.audit.check("f" * 64)).holds_expected


def chain(length: int) -> list[AuditEntry]:
    """Make a good log."""
    entries: list[AuditEntry] = []
    for number in range(length):
        act = Act("ann", "key.issue", f"key_{number}", {"label": "ä"})
        entries.append(sealed(act, MONDAY, entries[-1] if entries else None))
    return entries


@pytest.mark.parametrize("change", ["actor", "action", "subject", "at", "detail", "previous", "seal"])
def test_a_changed_entry_breaks_the_chain(change: str) -> None:
    """Whatever of it was changed."""
    entries = chain(5)
    other = {"at": MONDAY + HOUR, "detail": {"label": "b"}}.get(change, "f" * 64)
    entries[2] = replace(entries[2], **{change: other})  # type: ignore[arg-type] # by name

    assert 3 == first_break(entries)


def test_an_entry_taken_out_or_made_up_breaks_the_chain() -> None:
    """The next one does not follow; and one with a seal of its own does not fit what follows."""
    entries = chain(5)
    made_up = sealed(Act("eve", "key.issue", "key_2", {}), MONDAY, entries[1])

    assert None is first_break(entries)
    assert 4 == first_break([*entries[:2], *entries[3:]])
    assert 4 == first_break([*entries[:2], made_up, *entries[3:]])
