from collections.abc import Callable

import pytest

from gateway.conformance.in_process import InProcess
from gateway.conformance.play import play
from gateway.conformance.port import GatewayUnderTest
from gateway.conformance.reading import ReadyScenario
from gateway.conformance.results import ScenarioResult, Status
from tests.unit.gateway.conformance.broken_gateways import FAULTS, BrokenGateway
from tests.unit.gateway.conformance.story import STORY
from validators.judge import Judge


async def _played(ready: ReadyScenario, gateway: GatewayUnderTest, judge: Judge) -> ScenarioResult:
    return await play(ready, gateway, judge.agreements["template"].calendar)


def _bad(result: ScenarioResult) -> list[str]:
    step = result.failed_step
    return [] if step is None else [check.what for check in step.checks if not check.good]


async def test_a_gateway_that_does_what_it_must_passes(
    ready: Callable[[str], ReadyScenario], gateway: InProcess, judge: Judge
) -> None:
    """Every step is played, every expectation looked at."""
    result = await _played(ready(STORY), gateway, judge)

    assert Status.PASSED == result.status, (result.why, _bad(result))
    assert [6, 12, 15, 24] == [step.line for step in result.steps]
    assert 16 == result.checks


@pytest.mark.parametrize("name", FAULTS)
async def test_a_broken_gateway_is_caught(
    name: str, ready: Callable[[str], ReadyScenario], gateway: InProcess, judge: Judge
) -> None:
    """Each fault fails the scenario, and the failure names what is at fault."""
    fault = FAULTS[name]

    result = await _played(ready(STORY), BrokenGateway(gateway, fault), judge)

    assert result.status in (Status.FAILED, Status.BROKEN)
    assert fault.caught_by in (*_bad(result), result.why[: len(fault.caught_by)])


async def test_a_notice_that_no_step_expects_fails_at_the_end(
    ready: Callable[[str], ReadyScenario], gateway: InProcess, judge: Judge
) -> None:
    """Silence must be shown: a jeopardy that the scenario does not mention is a failure."""
    text = STORY.replace("      notices: [{kind: jeopardy, section: 9.2.4.4.1}]\n", "")

    result = await _played(ready(text), gateway, judge)

    assert Status.FAILED == result.status
    assert ["notices about SLT26A000001 that no step expects"] == _bad(result)


async def test_after_a_step_that_fails_nothing_is_played(
    ready: Callable[[str], ReadyScenario], gateway: InProcess, judge: Judge
) -> None:
    """What follows would only fail in its wake."""
    result = await _played(ready(STORY.replace("state: ACCEPTED", "state: REJECTED")), gateway, judge)

    assert [1] == [step.number for step in result.steps]
    assert ["state"] == _bad(result)


async def test_an_action_that_expects_nothing_must_succeed(
    ready: Callable[[str], ReadyScenario], gateway: InProcess, judge: Judge
) -> None:
    """A refused message does not pass unnoticed."""
    text = STORY.replace("    expect: {error: duplicate, answer: {findings: [{code: E501}]}}\n", "")

    assert ["answer"] == _bad(await _played(ready(text), gateway, judge))


async def test_time_that_runs_backward_skips_the_scenario(
    ready: Callable[[str], ReadyScenario], gateway: InProcess, judge: Judge
) -> None:
    """No gateway can play it, and the reason is told."""
    result = await _played(ready(STORY.replace("after: 2 hours", "at: 2026-03-01 09:00")), gateway, judge)

    assert Status.SKIPPED == result.status
    assert "cannot go back" in result.why


async def test_an_order_that_was_never_taken_is_told(
    ready: Callable[[str], ReadyScenario], gateway: InProcess, judge: Judge
) -> None:
    """A step that means an order by a PON that nobody sent fails with that PON."""
    result = await _played(ready(STORY.replace("who: ilec\n", "who: ilec\n    order: NONE1\n")), gateway, judge)

    assert ["order"] == _bad(result)
