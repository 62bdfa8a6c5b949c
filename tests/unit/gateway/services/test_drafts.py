"""Drafts: each its author's alone, so many and no more; and a message tried out leaves no trace."""

from dataclasses import replace

import pytest

from gateway.record.portal import PortalReads
from gateway.record.rows import Family
from gateway.services.drafts import MOST_DRAFTS, MOST_TITLE, Author, Drafts, TooManyDrafts
from gateway.services.refusals import KeyReused, NotFound, Unreadable
from gateway.services.taken import Duplicate, OutOfSequence, Taken
from tests.rig.court import LOOP
from tests.rig.office import OTHER_PARTNER, PARTNER, PAST_DATE, Office

ANN, BEN = Author("prs_ann", PARTNER), Author("prs_ben", PARTNER)


@pytest.fixture
def drafts(office: Office) -> Drafts:
    """Give the drafts of an office."""
    return Drafts(office.record, PortalReads(office.record), office.desk.ids, office.clock)


async def test_a_draft_is_kept_changed_and_forgotten(drafts: Drafts) -> None:
    """What it holds is what was kept last."""
    draft = await drafts.begin(ANN, "x" * 200, {"a": 1})
    kept = await drafts.keep(draft, {"a": 2})

    assert MOST_TITLE == len(draft.title)
    assert [kept] == list(await drafts.all(ANN))
    assert {"a": 2} == (await drafts.one(draft.id, ANN)).fields

    await drafts.forget(kept)

    assert [] == list(await drafts.all(ANN))


async def test_a_draft_of_another_does_not_exist(drafts: Drafts) -> None:
    """Neither for somebody else of the partner nor for the same person with another partner, and nobody deletes it."""
    draft = await drafts.begin(ANN, "mine", {})
    for stranger in (BEN, Author(ANN.person_id, OTHER_PARTNER)):
        with pytest.raises(NotFound):
            await drafts.one(draft.id, stranger)
        assert [] == list(await drafts.all(stranger))

    await drafts.forget(replace(draft, person_id=BEN.person_id))

    assert draft == await drafts.one(draft.id, ANN)


async def test_nobody_keeps_more_drafts_than_that(drafts: Drafts) -> None:
    """The next one is refused until one is deleted; others are not held up."""
    kept = [await drafts.begin(ANN, str(number), {}) for number in range(MOST_DRAFTS)]

    with pytest.raises(TooManyDrafts, match=f"you keep {MOST_DRAFTS} drafts"):
        await drafts.begin(ANN, "one more", {})
    await drafts.begin(BEN, "another's", {})
    await drafts.forget(kept[0])
    await drafts.begin(ANN, "in its place", {})

    assert MOST_DRAFTS == len(await drafts.all(ANN))


async def test_a_message_tried_out_is_judged_as_in_earnest_and_leaves_nothing(office: Office) -> None:
    """Good, bad, unreadable, a duplicate, out of sequence, or under a used key: what would be told, and no trace."""

    async def tried(sets: dict[str, str], key: str | None = None) -> Taken | Duplicate | OutOfSequence:
        return await office.intake.try_out(PARTNER, Family.LSR, office.document(LOOP, sets), idempotency_key=key)

    good, bad = await tried({}), await tried(PAST_DATE)
    with pytest.raises(Unreadable):
        await office.intake.try_out(PARTNER, Family.LSR, b"<no/>")
    assert (Taken, Taken) == (type(good), type(bad))
    assert ("accepted", "rejected") == (good.name, bad.name)
    assert await office.record.order(str(good.order_id)) is None

    order = await office.order_loop()
    await office.submit(office.document(LOOP, {"PON": "SLT26A000002"}), key="k")
    before = await office.happened(order)
    duplicate, leap = await tried({"SC": "XX01"}), await tried({"VER": "07", "SUP": "3"})
    with pytest.raises(KeyReused):
        await tried({"PON": "SLT26A000003"}, key="k")

    assert (Duplicate, OutOfSequence) == (type(duplicate), type(leap))
    assert before == await office.happened(order)
    assert 1 == len(await office.record.submissions(order))
