"""Plays many requests of several CLECs at a few Premises, so that they meet in queues."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from gateway.record.places import Place, places
from gateway.services.effects.queues import FALLS
from tests.faults.snapshot import read
from tests.lives.requests.invariants import RequestEvidence
from tests.lives.requests.life import PREMISES, RequestLife
from tests.lives.year import play_out
from tests.rig.office import Office

_LIVES_A_CLEC = 60
_REST = timedelta(days=366 * 6)
"""Longer than space is reserved, and than elements of a decommissioned site may be refunded."""
_APPLICATIONS = 0.6
"""The share of collocation applications among the lives; the others are of all kinds alike."""
_RESTING = 0.2
"""The share of lives that rest on an earlier one, and fall with it."""


async def play_requests(
    office: Office, database: str, count: int, seed: int, tell: Callable[[str], None]
) -> RequestEvidence:
    """Play `count` requests that begin within one year, and give what stands on record afterwards."""
    clecs = [f"clec-{number}" for number in range(2 + count // _LIVES_A_CLEC)]
    for clec in clecs:
        await office.partners.add(clec, clec, "template", ccna=["ZQF"], cc=["9Z7A"])
    lives: list[RequestLife] = []
    for number in range(count):
        lives.append(_life(office, number, seed, clecs, lives))
    acts = await play_out(office, lives, tell, _REST)
    tell(f"{acts} acts, {sum(life.refusals for life in lives)} of them refused")
    record = await read(database, office.clock.now())
    rows = await office.record.read(Place, places.select())
    return RequestEvidence(tuple(lives), record, office.desk.agreements["template"], rows)


def _life(office: Office, number: int, seed: int, clecs: list[str], before: list[RequestLife]) -> RequestLife:
    rng = Random(f"{seed}-{number}")  # noqa: S311 - a story, not a secret
    terms = office.desk.agreements["template"].collocation
    assert terms is not None
    if before and rng.random() < _RESTING:
        job = rng.choice(before)
        falling = [kind.id for kind in terms.kinds.values() if FALLS in kind.facts]
        return RequestLife(
            office, rng, job.partner, f"REQ{number:08d}", rng.choice(falling), job.premises, rests_on=job
        )
    of_space = [kind.id for kind in terms.kinds.values() if kind.process == "application"]
    kind = rng.choice(of_space if rng.random() < _APPLICATIONS else sorted(terms.kinds))
    return RequestLife(office, rng, rng.choice(clecs), f"REQ{number:08d}", kind, rng.choice(PREMISES))
