from datetime import UTC, datetime
from pathlib import Path

import pytest

from gateway.simulation.clec import pons
from gateway.simulation.mix import Mix, MixInvalid, Requests
from tests.rig.court import Court
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.judge import Judge
from validators.rules import rule_book
from validators.schema import Schemas
from validators.verdict import Outcome

_CONFIG = bundled_path("config")
_NOW = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)
_SCHEMAS = Schemas()


def _requests(seed: int = 1) -> Requests:
    mix = Mix.read(_CONFIG / "simulation" / "mix.yaml")
    return Requests(mix, _CONFIG, _SCHEMAS, seed, {"LSR.CCNA": "ABC"})


def test_the_same_seed_orders_the_same() -> None:
    """Kinds, documents and what follows on them are the same; another seed's are not."""

    def run(seed: int) -> list[bytes]:
        requests = _requests(seed)
        return [requests.first(pon, _NOW)[1].body for pon in pons("SIM", "0A1B", 20)]

    assert run(1) == run(1)
    assert run(1) != run(2)


def test_all_but_the_mistakes_are_accepted() -> None:
    """Each kind of the mix is a sound order, save the one that is there to be rejected."""
    judge = Judge(_SCHEMAS, load_agreements(_CONFIG / "agreements"), rule_book())
    court, requests = Court(judge, _SCHEMAS), _requests()
    outcomes: dict[str, set[str]] = {}

    for pon in pons("SIM", "0A1B", 150):
        kind, request = requests.first(pon, _NOW)
        message = judge.read(request.body, "lsr").message
        assert message is not None
        outcomes.setdefault(kind.id, set()).add(court.judged(message, received=_NOW).verdict.outcome)

    assert {Outcome.REJECTED} == outcomes.pop("mistaken-date")
    assert len(outcomes) > 3
    assert all(Outcome.REJECTED not in found for found in outcomes.values()), outcomes


def test_a_desired_due_date_is_no_weekend() -> None:
    """28 days from a Saturday is a Saturday: the order asks for the Monday after."""
    saturday = datetime(2026, 3, 7, 16, 30, tzinfo=UTC)
    asked = {_requests(seed).first("SIM1", saturday)[1].body.split(b"<DDD>")[1][:10] for seed in range(20)}

    assert b"04-06-2026" in asked
    assert b"04-04-2026" not in asked


def test_a_mix_that_cannot_be_read_is_told_with_its_place(tmp_path: Path) -> None:
    """Each wrong place is named."""
    path = tmp_path / "mix.yaml"
    path.write_text(
        "kinds: [{id: x, weight: 0, order: a, days: 1}]\nthen: {sent_again: 1, new_date: 1, cancelled: 1}\n"
    )

    with pytest.raises(MixInvalid, match=r"kinds\.0\.weight"):
        Mix.read(path)
