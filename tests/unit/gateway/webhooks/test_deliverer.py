"""Deliveries of notices: in order, for days, each once, on a clock that is moved by hand."""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from random import SystemRandom

import pytest

from gateway.record.webhooks import DeliveryState
from gateway.services.refusals import NotFound
from gateway.services.webhook_delivery import WebhookTerms
from gateway.services.webhook_endpoints import WebhookEndpoints
from gateway.webhooks.deliverer import Clocks, Courier, Deliverer
from gateway.webhooks.sender import Outcome
from gateway.webhooks.signing import Signer
from tests.rig.office import OTHER_PARTNER, PARTNER, PAST_DATE, Office

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
URL = "https://clec.example/notices"


class Receiver:
    """A CLEC's endpoint: it notes what it takes, and answers as it is told."""

    def __init__(self) -> None:
        self.answers: Callable[[str], int | None] = lambda _: 204
        self.taken: list[str] = []
        self.attempts: list[str] = []
        self.headers: list[Mapping[str, str]] = []
        self.urls: list[str] = []

    async def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """Take a message, or not."""
        message, notice = headers["webhook-id"], json.loads(body)["data"]
        status = self.answers(message)
        self.attempts.append(message)
        self.headers.append(headers)
        self.urls.append(url)
        if status is None:
            return Outcome(None, "no connection", 1)
        if status < 300:
            assert notice["id"] == message
            self.taken.append(message)
        return Outcome(status, None if status < 300 else f"answered {status}", 1)


class Post:
    """Everything around one partner's webhook."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.receiver = Receiver()
        self.endpoints = WebhookEndpoints(office.record, office.clock, office.partners.audit)
        clocks = Clocks(office.clock, office.clock)
        courier = Courier(self.receiver, Signer(b"s" * 32), clocks)  # type: ignore[arg-type] # it sends
        self.deliverer = Deliverer(office.record, office.desk, courier, clocks, WebhookTerms(), SystemRandom())

    async def reject(self, pon: str) -> None:
        """Have an order get one notice: its reject."""
        await self.office.submit(self.office.document(sets={"PON": pon, **PAST_DATE}))

    async def mailbox(self) -> list[str]:
        """Give the ids of the partner's notices, in their order."""
        return [notice.id for notice in (await self.office.mailbox.page(PARTNER, 0, 500)).notices]

    async def pass_time(self, by: timedelta, every: timedelta) -> None:
        """Let time go by, looking now and then as the deliverer does."""
        end = self.office.clock.now() + by
        while self.office.clock.now() < end:
            self.office.clock.advance(every)
            await self.deliverer.step()


@pytest.fixture
async def post(office: Office) -> Post:
    """Give a partner's webhook that was just set."""
    post = Post(office)
    await post.endpoints.put("x", PARTNER, URL)
    return post


async def test_a_notice_is_sent_once_with_its_own_id(post: Post) -> None:
    """It is the notice of the mailbox, under the notice's id; nothing is sent again."""
    await post.reject("A1")
    attempts = [await post.deliverer.step() for _ in range(3)]

    assert [1, 0, 0] == attempts
    assert await post.mailbox() == post.receiver.taken


async def test_a_webhook_begins_with_the_next_notice(office: Office) -> None:
    """What was in the mailbox before stays there; a replay sends it."""
    post = Post(office)
    await post.reject("A1")
    await post.endpoints.put("x", PARTNER, URL)
    await post.reject("A2")
    await post.deliverer.step()
    old, new = await post.mailbox()
    taken = list(post.receiver.taken)
    again = await post.endpoints.replay("x", PARTNER, 0, 2**62, 1000)
    await post.deliverer.step()

    assert [new] == taken
    assert 2 == again
    assert [new, old, new] == post.receiver.taken


async def test_an_endpoint_that_is_down_for_two_days_gets_every_notice_once_and_in_order(post: Post) -> None:
    """Notices of many orders gather meanwhile; within an hour of its return all have come, none twice."""
    post.receiver.answers = lambda _: None
    for number in range(12):
        await post.reject(f"D{number}")
        await post.pass_time(4 * HOUR, 10 * MINUTE)
    tried_while_down = len(post.receiver.attempts)
    post.receiver.answers = lambda _: 200
    await post.pass_time(HOUR, MINUTE)
    await post.pass_time(3 * HOUR, 10 * MINUTE)

    assert 12 == len(post.receiver.taken)
    assert await post.mailbox() == post.receiver.taken
    assert 48 <= tried_while_down <= 120
    assert 12 == await post.office.record.webhooks.count(PARTNER, DeliveryState.DELIVERED)


async def test_a_notice_that_is_refused_holds_up_its_own_order_alone(post: Post) -> None:
    """Other orders' notices go on; those of its order wait behind it, and come in order once it is taken."""
    first = await post.office.order_loop({"PON": "R1"})
    await post.office.decide(first, "confirm", due_date="2026-03-16")
    await post.office.decide(first, "jeopardy", rcode="1D")
    await post.reject("R2")
    foc, jeopardy, other = await post.mailbox()
    post.receiver.answers = lambda message: 400 if message == foc else 200
    await post.pass_time(10 * MINUTE, MINUTE)
    meanwhile = list(post.receiver.taken)
    post.receiver.answers = lambda _: 200
    await post.pass_time(2 * HOUR, MINUTE)

    assert [other] == meanwhile
    assert [other, foc, jeopardy] == post.receiver.taken


async def test_what_is_refused_for_three_days_is_parked_and_shown(post: Post) -> None:
    """The next notice of its order goes out; every attempt stands on record; a replay sends the parked one again."""
    await post.reject("P1")
    (notice,) = await post.mailbox()
    post.receiver.answers = lambda _: 422
    await post.pass_time(71 * HOUR, 10 * MINUTE)
    before = await post.endpoints.deliveries(PARTNER, DeliveryState.PARKED, 0, 10)
    await post.pass_time(3 * HOUR, 10 * MINUTE)
    parked = await post.endpoints.deliveries(PARTNER, DeliveryState.PARKED, 0, 10)
    attempts = await post.endpoints.attempts(PARTNER, notice)
    post.receiver.answers = lambda _: 200
    await post.pass_time(HOUR, MINUTE)
    still = list(post.receiver.taken)
    await post.endpoints.replay("x", PARTNER, 0, 2**62, 1000)
    await post.deliverer.step()

    assert ([], [notice]) == ([one.id for one in before], [one.id for one in parked])
    assert len(attempts) == parked[0].attempts == len(post.receiver.attempts) - 1
    assert {422} == {attempt.status for attempt in attempts}
    assert attempts[-1].at - attempts[0].at >= 72 * HOUR
    assert ([], [notice]) == (still, post.receiver.taken)


async def test_an_endpoint_that_fails_for_three_days_is_given_up_and_the_mailbox_says_so(post: Post) -> None:
    """Nothing is tried any more, until the partner sets it again; then all but the parked notice come in order."""
    await post.reject("G1")
    await post.reject("G2")
    post.receiver.answers = lambda _: 503
    await post.pass_time(74 * HOUR, 10 * MINUTE)
    tried = len(post.receiver.attempts)
    await post.pass_time(24 * HOUR, HOUR)
    first, second, told = (await post.office.mailbox.page(PARTNER, 0, 10)).notices
    standing = await post.endpoints.standing(PARTNER)
    post.receiver.answers = lambda _: 200
    await post.endpoints.put("x", PARTNER, URL)
    await post.deliverer.step()
    await post.deliverer.step()

    assert tried == len(post.receiver.attempts) - 2
    assert (True, "answered 503", 1) == (standing.disabled, standing.progress.reason, standing.parked)
    assert ("status", first.order_id, first.section) == (told.kind, told.order_id, told.section)
    assert first.id in told.data["text"]
    assert [second.id, told.id] == post.receiver.taken


async def test_an_endpoint_that_is_gone_is_given_up_at_once(post: Post) -> None:
    """410 means that nothing more is wanted."""
    await post.reject("G1")
    post.receiver.answers = lambda _: 410
    await post.pass_time(HOUR, MINUTE)

    assert 1 == len(post.receiver.attempts)
    assert (await post.endpoints.standing(PARTNER)).disabled


def test_waits_grow_with_jitter_up_to_an_hour() -> None:
    """The first attempts come within seconds, later ones are never further apart than the longest wait."""
    terms, random = WebhookTerms(), SystemRandom()
    waits = [terms.wait(failures, random) for failures in range(1, 40)]

    assert all(timedelta(seconds=2.5) <= wait <= HOUR for wait in waits)
    assert waits[0] <= timedelta(seconds=5)
    assert all(wait >= HOUR / 2 for wait in waits[12:])
    assert len(set(waits)) == len(waits)


async def test_messages_are_signed_with_both_secrets_for_a_day_after_a_rotation(post: Post) -> None:
    """Two signatures a secret; a day later the old one signs no more."""
    await post.endpoints.rotate("x", PARTNER)
    await post.reject("S1")
    await post.deliverer.step()
    post.office.clock.advance(24 * HOUR)
    await post.reject("S2")
    await post.deliverer.step()

    assert [4, 2] == [len(headers["webhook-signature"].split()) for headers in post.receiver.headers]


async def test_a_removed_webhook_gets_nothing_and_a_new_one_begins_anew(post: Post) -> None:
    """What waited is parked; the new one has another secret and begins with the next notice."""
    post.receiver.answers = lambda _: None
    await post.reject("M1")
    await post.deliverer.step()
    before = await post.endpoints.standing(PARTNER)
    await post.endpoints.remove("x", PARTNER)
    post.receiver.answers = lambda _: 200
    await post.reject("M2")
    await post.pass_time(HOUR, MINUTE)
    with pytest.raises(NotFound):
        await post.endpoints.standing(PARTNER)
    after = await post.endpoints.put("x", PARTNER, "https://clec.example/other")
    await post.reject("M3")
    await post.pass_time(HOUR, MINUTE)

    assert [(await post.mailbox())[2]] == post.receiver.taken
    assert before.endpoint.generation < after.generation
    assert "https://clec.example/other" == post.receiver.urls[-1]


async def test_each_partner_gets_its_own_notices(post: Post) -> None:
    """And sees no attempt of another's."""
    office = post.office
    await post.endpoints.put("x", OTHER_PARTNER, "https://other.example/")
    await office.submit(office.document(sets={"PON": "O1", **PAST_DATE}), partner=OTHER_PARTNER)
    await post.reject("O2")
    await post.deliverer.step()
    (theirs,) = (await office.mailbox.page(OTHER_PARTNER, 0, 10)).notices
    sent = dict(zip(post.receiver.attempts, post.receiver.urls, strict=True))

    assert {theirs.id: "https://other.example/", (await post.mailbox())[0]: URL} == sent
    with pytest.raises(NotFound):
        await post.endpoints.attempts(PARTNER, theirs.id)
