"""Whom scenarios need at a gateway."""

from typing import Any

from gateway.conformance.casting import Actor, cast_of
from gateway.conformance.scenario import Scenario


def scenario(**told: Any) -> Scenario:
    """Give a scenario of one step."""
    step = {"who": "clec", "send": {"text": "LSR.PON=ABC"}}
    given = {"scenario": "A story of some length", "requirements": ["9.2.4.4.1"], "steps": [step]}
    return Scenario.model_validate({**given, "start": "2026-03-02T09:30:00-07:00", **told})


def test_one_clec_plays_the_usual_partner_of_all() -> None:
    """It has the codes of each scenario; under another agreement it has another key."""
    cast = cast_of(
        [
            scenario(),
            scenario(partner={"ccna": "ZQX", "cc": "X9Z1"}, others={"bitterroot": {"ccna": "BTR", "cc": "8B8B"}}),
            scenario(agreement="idaho-2021"),
        ]
    )

    assert 0 == cast.apart
    assert {
        "": Actor("template", ("ZQF", "ZQX"), ("9Z7A", "X9Z1")),
        "bitterroot": Actor("template", ("BTR",), ("8B8B",)),
        "idaho-2021": Actor("idaho-2021"),
    } == cast.named


def test_collocation_takes_clecs_of_its_own() -> None:
    """One for each party of each scenario, but for a partner that has an id."""
    cast = cast_of(
        [
            scenario(family="collocation", others={"second": {}}),
            scenario(family="collocation", partner={"id": "teton"}, others={"second": {}}),
        ]
    )

    assert (["teton"], 3) == (list(cast.named), cast.apart)


def test_who_is_new_in_one_scenario_is_new() -> None:
    """Nothing is done for it that a scenario finds missing."""
    cast = cast_of([scenario(partner={"id": "jerome", "onboarded": False})])

    assert not cast.named["jerome"].onboarded
