"""Plays all stories on one stage and gives what became of each."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from gateway.demo.expectations import Outcome
from gateway.demo.players import Players, StoryBroken
from gateway.demo.processes import ProcessFailed
from gateway.demo.scene import Play, Scene
from gateway.demo.stage import AGREEMENT, stage
from gateway.demo.stories import Story
from gateway.demo.teller import Teller
from gateway.demo.timeline import Chronicle
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.schema import Schemas


def shipped_script() -> Path:
    """Give the script of the back end that the stories are written for."""
    return bundled_path("config") / "demo" / "back-end.yaml"


def shipped_order() -> str:
    """Give the order that the stories start from, as field=value text."""
    return (bundled_path("config") / "demo" / "loop.txt").read_text(encoding="utf-8")


async def play(data: Path, script: Path, teller: Teller, stories: Sequence[Story]) -> list[Outcome]:
    """Play `stories` and give what became of each; the processes have ended when this returns or raises.

    Args:
        data: empty folder for the gateway's data and the logs.
        script: what the back end answers, see `gateway.sandbox.script`.
        teller: tells what happens.
        stories: which, in the order of their time.

    Raises:
        ProcessFailed: gateway or back end did not start, or ended by itself.
    """
    agreement = load_agreements(bundled_path("config") / "agreements")[AGREEMENT]
    begins = datetime.fromisoformat(stories[0].begins).replace(tzinfo=agreement.zone)
    shared = Play(agreement, Chronicle(agreement), shipped_order(), Schemas(agreement.release))
    outcomes = []
    async with stage(data, script, begins, teller.progress) as players:
        for number, story in enumerate(stories, start=1):
            teller.story(f"Story {number} of {len(stories)}: {story.title}", story.about)
            outcomes.append(await _play(story, players, teller, shared))
    return outcomes


async def _play(story: Story, players: Players, teller: Teller, shared: Play) -> Outcome:
    outcome = Outcome(story.title)
    begins = datetime.fromisoformat(story.begins).replace(tzinfo=shared.agreement.zone)
    scene = Scene(players, teller, shared, outcome, begins)
    try:
        await scene.time_is(story.begins)
        await story.play(scene)
    except (StoryBroken, ProcessFailed, LookupError) as broken:
        outcome.broken = f"{broken}" if isinstance(broken, StoryBroken | ProcessFailed) else repr(broken)
    teller.verdict(outcome)
    return outcome
