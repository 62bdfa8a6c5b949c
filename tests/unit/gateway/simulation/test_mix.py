from datetime import UTC, datetime
from pathlib import Path
from typing import Any

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
_ALL = ("lsr", "asr", "collocation")


def _requests(seed: int = 1, families: tuple[str, ...] = _ALL) -> Requests:
    mix = Mix.read(_CONFIG / "simulation" / "mix.yaml")
    return Requests(mix.of_families(families), _CONFIG, _SCHEMAS, seed, {"CCNA": "ABC"})


def test_the_same_seed_orders_the_same() -> None:
    """Kinds, documents and what follows on them are the same; another seed's are not."""

    def run(seed: int) -> list[bytes]:
        requests = _requests(seed)
        return [requests.first(pon, _NOW)[1].body for pon in pons("SIM", "0A1B", 20)]

    assert run(1) == run(1)
    assert run(1) != run(2)


def test_all_but_the_mistakes_are_accepted() -> None:
    """Each kind of the mix is a sound order, save the one to be rejected and the one that lacks something."""
    judge = Judge(_SCHEMAS, load_agreements(_CONFIG / "agreements"), rule_book())
    court, mix = Court(judge, _SCHEMAS), Mix.read(_CONFIG / "simulation" / "mix.yaml")
    outcomes: dict[str, Outcome] = {}

    for kind in mix.kinds:
        alone = mix.model_copy(update={"kinds": (kind,)})
        _, request = Requests(alone, _CONFIG, _SCHEMAS, 1, {}).first("SIM0A1B00001", _NOW)
        message = judge.read(request.body, request.family).message
        assert message is not None
        outcomes[kind.id] = court.judged(message, received=_NOW).verdict.outcome

    assert Outcome.REJECTED == outcomes.pop("mistaken-date")
    assert Outcome.DEFERRED == outcomes.pop("collocation-incomplete")
    assert set(_ALL) == {kind.family for kind in mix.kinds}
    assert {Outcome.ACCEPTED} == set(outcomes.values()), outcomes


def test_a_desired_due_date_is_no_weekend() -> None:
    """28 days from a Saturday is a Saturday: the order asks for the Monday after."""
    saturday = datetime(2026, 3, 7, 16, 30, tzinfo=UTC)
    asked = {_requests(seed, ("lsr",)).first("SIM1", saturday)[1].body.split(b"<DDD>")[1][:10] for seed in range(20)}

    assert b"04-06-2026" in asked
    assert b"04-04-2026" not in asked


def _notice(kind: str, **content: str) -> dict[str, Any]:
    return {"kind": kind, "ver": "01", "content": {"pon": "SIM1", **content}}


def test_a_quotation_is_accepted_with_the_payment_that_it_asks_for() -> None:
    """Under the same PON and the next VER, signed."""
    reply = _requests().reply(_notice("quotation", required_payment="12000.00"), "collocation")

    assert reply is not None
    values = [b"<PON>SIM1<", b"<VER>02<", b"<MSG>ACCEPTANCE<", b"<AMOUNT>12000.00<"]
    assert [True] * 4 == [value in reply.body for value in values]


def test_a_deficiency_is_cured_by_the_whole_application() -> None:
    """With the partner's own codes, and what was missing."""
    reply = _requests().reply(_notice("deficiency"), "collocation")

    assert reply is not None
    assert (True, True) == (b"<BILLCON>" in reply.body, b"<CCNA>ABC<" in reply.body)


@pytest.mark.parametrize(
    ("notice", "family"),
    [
        (_notice("foc"), "lsr"),
        (_notice("quotation"), "lsr"),
        (_notice("status", text="Ready date. The ready date is 2026-08-01."), "collocation"),
    ],
)
def test_most_notices_are_only_read(notice: dict[str, Any], family: str) -> None:
    """Another kind, another family, or another text."""
    assert _requests().reply(notice, family) is None


def test_the_families_of_a_mix_can_be_chosen() -> None:
    """A CLEC that orders no collocation sends none; a mix without the family is refused."""
    sent = {_requests(seed, ("asr",)).first("SIM1", _NOW)[1].family for seed in range(10)}

    assert {"asr"} == sent
    with pytest.raises(MixInvalid, match="no order of the families"):
        Mix.read(_CONFIG / "simulation" / "mix.yaml").of_families(())


def test_a_mix_that_cannot_be_read_is_told_with_its_place(tmp_path: Path) -> None:
    """Each wrong place is named."""
    path = tmp_path / "mix.yaml"
    path.write_text(
        "kinds: [{id: x, weight: 0, order: a, days: 1}]\nthen: {sent_again: 1, new_date: 1, cancelled: 1}\n"
    )

    with pytest.raises(MixInvalid, match=r"kinds\.0\.weight"):
        Mix.read(path)
