"""Plays many lives in the order of time on one record, and lets time run on until every clock has fired."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from random import Random
from typing import Protocol

from tests.lives.kinds import KINDS, LOSER, LOSING_CODE
from tests.lives.life import Life
from tests.rig.office import OTHER_PARTNER, PARTNER, Office, add_partners

YEAR_BEGINS = datetime(2026, 1, 1, 7, 0, tzinfo=UTC)
_YEAR = timedelta(days=365)
_REST = timedelta(days=400)
"""Longer than any clock runs, so that whatever is silent has run out."""
_TELL_EVERY = 1000


class OneLife(Protocol):
    """A life: its own chance, and what it does next."""

    @property
    def rng(self) -> Random:
        """The chance that it is played by."""

    async def act(self) -> timedelta | None:
        """Do the next thing, and give how long after it the next one comes; None if nothing comes."""


@dataclass(frozen=True, slots=True)
class Played:
    """What was played: every life, how many things were done, and the gateway's time at the end."""

    lives: tuple[Life, ...]
    acts: int
    ended_at: datetime


async def add_carriers(office: Office) -> None:
    """Add those who order, and the one that loses services to them."""
    await add_partners(office)
    await office.partners.add(LOSER, "Payette Bell", "template", ccna=["PYT"], cc=[LOSING_CODE])


async def play(office: Office, count: int, seed: int, tell: Callable[[str], None]) -> Played:
    """Play `count` lives that begin within one year, at all hours; the same seed plays the same lives."""
    lives = tuple(_life(office, number, seed) for number in range(count))
    acts = await play_out(office, lives, tell)
    return Played(lives, acts, office.clock.now())


async def play_out(
    office: Office, lives: Sequence[OneLife], tell: Callable[[str], None], rest: timedelta = _REST
) -> int:
    """Let lives begin within one year and go on in the order of time until nobody moves any; gives how many acts.

    After the last of them time runs on for `rest`.
    """
    agenda: list[tuple[datetime, int]] = []
    for number, life in enumerate(lives):
        heappush(agenda, (YEAR_BEGINS + _YEAR * life.rng.random(), number))
    acts = 0
    latest = YEAR_BEGINS
    while agenda:
        latest, number = heappop(agenda)
        await office.travel.to(latest)
        pause = await lives[number].act()
        if pause is not None:
            heappush(agenda, (latest + pause, number))
        acts += 1
        if acts % _TELL_EVERY == 0:
            tell(f"{latest:%Y-%m-%d}: {acts} acts, {len(agenda)} of {len(lives)} lives to come or under way")
    await office.travel.to(latest + rest)
    return acts


def _life(office: Office, number: int, seed: int) -> Life:
    rng = Random(f"{seed}-{number}")  # noqa: S311 - a story, not a secret
    kind = rng.choices(KINDS, [kind.weight for kind in KINDS])[0]
    partner = rng.choice([PARTNER, OTHER_PARTNER])
    return Life(office, rng, partner, f"LIFE{number:08d}", kind)
