"""What stands at a place beside the order itself."""

import pytest

from tests.rig.court import LOOP, LOOP_WITH_PORT, MONDAY, PORT, Court
from validators.rules.case import SiteFacts, Standing

CERTIFIED = {"LSR.REMARKS": "CERTIFIED", "LSR.DDD": "03-30-2026"}
DS1 = CERTIFIED | {"LSR.NC": "HC--", "LSR.NCI": "04QB9.11"}
DS3 = CERTIFIED | {"LSR.NC": "HF--", "LSR.NCI": "04QB6.33"}
SUBLOOP = {"LSR.NC": "UA--", "LSR.DDD": "03-30-2026"}
IN_BUILDING = SUBLOOP | {"LSR.REMARKS": "MTE"}


@pytest.mark.parametrize(
    ("rule", "sets", "there", "told"),
    [
        pytest.param("ds1-loop-cap-ten", DS1, 9, False, marks=pytest.mark.passes("ds1-loop-cap-ten")),
        pytest.param("ds1-loop-cap-ten", DS1, 10, True, marks=pytest.mark.trips("ds1-loop-cap-ten")),
        pytest.param("ds1-loop-cap-ten", DS1 | {"LS.LQTY": "00011"}, None, True),
        pytest.param("ds3-loop-cap-one", DS3, 0, False, marks=pytest.mark.passes("ds3-loop-cap-one")),
        pytest.param("ds3-loop-cap-one", DS3, 1, True, marks=pytest.mark.trips("ds3-loop-cap-one")),
        pytest.param("ds3-loop-cap-one", DS3 | {"LS.LQTY": "00002"}, None, True),
    ],
)
def test_a_building_has_its_cap(
    court: Court, rule: str, sets: dict[str, str], there: int | None, *, told: bool
) -> None:
    """Ten DS1 loops or one DS3 loop of a CLEC at a building, with those there; the order alone may exceed it."""
    found = court.on_record(court.message(LOOP, sets), Standing(site=SiteFacts(loops_at_building=there)))

    assert told is (rule in {f.rule for f in found})


@pytest.mark.trips("subloop-fcp-in-place")
@pytest.mark.trips("subloop-mte-preconditions")
def test_a_subloop_waits_for_its_terminal(court: Court) -> None:
    """No order before the field connection point is in place, or before a building's terminal is ready."""
    nothing = Standing(site=SiteFacts(field_connection_point=False, building_terminal=False))

    outside = court.on_record(court.message(LOOP, SUBLOOP), nothing)
    inside = court.on_record(court.message(LOOP, IN_BUILDING), nothing)

    assert (["subloop-fcp-in-place"], ["subloop-mte-preconditions"]) == (
        [f.rule for f in outside],
        [f.rule for f in inside],
    )


@pytest.mark.passes("subloop-fcp-in-place")
@pytest.mark.passes("subloop-mte-preconditions")
def test_a_subloop_with_its_terminal_passes(court: Court) -> None:
    """What is in place, or is not known, stops nothing."""
    there = Standing(site=SiteFacts(field_connection_point=True, building_terminal=True))

    assert [] == court.on_record(court.message(LOOP, SUBLOOP), there)
    assert [] == court.on_record(court.message(LOOP, IN_BUILDING), there)
    assert [] == court.on_record(court.message(LOOP, IN_BUILDING), Standing())


@pytest.mark.trips("lnp-managed-cut-nonpayment")
@pytest.mark.passes("lnp-managed-cut-nonpayment")
def test_unpaid_managed_cuts_stop_new_ones_and_nothing_else(court: Court) -> None:
    """A port without a managed cut is taken whatever is unpaid (10.2.5.4.4)."""
    unpaid = Standing(site=SiteFacts(managed_cuts_unpaid=True))

    assert ["lnp-managed-cut-nonpayment"] == [
        f.rule for f in court.on_record(court.message(PORT, {"LSR.CHC": "Y"}), unpaid)
    ]
    assert [] == court.on_record(court.message(PORT), unpaid)
    assert [] == court.on_record(court.message(LOOP_WITH_PORT), Standing(site=SiteFacts(managed_cuts_unpaid=False)))


@pytest.mark.parametrize(
    ("sets", "site", "fact"),
    [
        (DS1, SiteFacts(), ["loops at the building"]),
        (DS1, SiteFacts(loops_at_building=0), []),
        (SUBLOOP, SiteFacts(), ["field connection point"]),
        (IN_BUILDING, SiteFacts(), ["terminal of the building"]),
        ({}, SiteFacts(), []),
    ],
    ids=["DS1", "counted", "subloop", "in a building", "analog loop"],
)
def test_what_could_not_be_asked_is_named(court: Court, sets: dict[str, str], site: SiteFacts, fact: list[str]) -> None:
    """A rule that lacks a fact of the record is told as not asked, with the fact."""
    judgement = court.judge.judge(court.message(LOOP, sets), "template", MONDAY)

    assert fact == [rule.fact for rule in court.judge.unasked(judgement, Standing(site=site))]


def test_the_payment_of_managed_cuts_is_asked_only_of_managed_cuts(court: Court) -> None:
    """An ordinary port lacks nothing."""
    facts = [
        [
            rule.rule
            for rule in court.judge.unasked(court.judge.judge(court.message(PORT, s), "template", MONDAY), Standing())
        ]
        for s in ({}, {"LSR.CHC": "Y"})
    ]

    assert [[], ["lnp-managed-cut-nonpayment"]] == facts
