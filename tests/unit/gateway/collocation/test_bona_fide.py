"""Bona fide requests: what is returned where one was not needed, what is published, and that times are ceilings."""

from dataclasses import replace

import pytest

from tests.rig.counter import Counter
from validators.registers.bona_fide import BONA_FIDE


def _published(counter: Counter) -> list[tuple[str | None, str, str]]:
    entries = counter.shelf.dossier("anybody").entries(BONA_FIDE)
    return [(entry.partner, entry.data.topic, entry.data.disposition) for entry in entries]


@pytest.mark.carries("cal-intervals-are-maxima-bfr", {"clocks.bfr-quote-45d.stops_on": ("cancellation",)})
def test_every_answer_may_come_at_once(counter: Counter) -> None:
    """On the day of receipt the ILEC may acknowledge, analyse and quote; what it owes ends with that."""
    case = counter.applies("bfr", "03-04 09:00").act("03-04 10:00 acknowledged").act("03-04 11:00 determined")
    case.act("03-04 13:00 qualifies").act("03-04 16:00 quote")

    assert ["bfr-decide-60bd", "bfr-half-refund-10bd"] == sorted(case.clocks(running=True))


@pytest.mark.carries("bfr-similar-no-fee", by="steps")
@pytest.mark.parametrize(
    ("granted", "kind", "way"), [("true", "status", "product questionnaire"), ("false", "denial", "Denied before")]
)
def test_what_was_asked_before_needs_no_request_and_no_fee(counter: Counter, granted: str, kind: str, way: str) -> None:
    """All of the fee comes back at once; what was granted may be ordered, what was denied may not."""
    case = counter.applies("bfr", "03-04").act(f"03-05 similar earlier=fiber-meet granted={granted}")

    assert ("CLOSED", (kind, "17.12"), []) == (case.state, case.notices[-1], case.clocks(running=True))
    assert [] == [part for part in (way, "fiber-meet", "1851.86 dollars is returned") if part not in case.told]


@pytest.mark.carries("bfr-publish", by="steps")
def test_what_becomes_of_a_request_is_published_without_its_clec(counter: Counter) -> None:
    """Granted, then deployed in its place; another one denied. Every CLEC may read topic and disposition."""
    granted, denied = counter.applies("bfr", "03-04", partner="bitterroot"), counter.applies("bfr", "03-04")
    before = _published(counter)
    granted.act("03-12 qualifies topic=optical-meet-point")
    denied.act("03-12 not-qualified topic=voice-mail-port")
    between = _published(counter)
    granted.act("03-24 quote").act("04-05 agree")

    assert ([], True) == (before, BONA_FIDE.published)
    assert [(None, "optical-meet-point", "granted"), (None, "voice-mail-port", "denied")] == sorted(
        between, key=lambda one: one[1]
    )
    assert (None, "optical-meet-point", "deployed") in _published(counter)
    assert 2 == len(_published(counter))


def test_a_request_without_a_worded_topic_is_not_published(counter: Counter) -> None:
    """One that qualified before topics were asked for is bought all the same; its own description stays with it."""
    case = counter.applies("bfr", "03-04").act("03-12 qualifies").act("03-24 quote")
    old = {name: fact for name, fact in case.order.facts.items() if name not in ("topic", "entries")}
    counter.shelf.orders[case.order.id] = replace(case.order, facts=old)
    counter.shelf.entered.clear()
    case.act("04-05 agree")

    assert ("ACCEPTED", []) == (case.state, _published(counter))
