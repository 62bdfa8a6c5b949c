"""Orders for unbundled dedicated transport, section 9.6."""

import pytest

from tests.rig.court import NEW_YEAR, REARRANGED, TRANSPORT, TRANSPORT_ENDS, Court
from tests.unit.validators.rules.asr.dossiers import entered, knowing
from validators.registers.buildings import WIRE_CENTERS
from validators.registers.trunks import TIERS
from validators.registers.trunks import TRANSPORT as CIRCUITS
from validators.rules.case import PartnerCodes
from validators.verdict import Severity

_DS3 = {"TRANSPORT.NC": "HF--", "TRANSPORT.NCI": "04QB6.33", "TRANSPORT.SECNCI": "04QB6.33"}


def _found(
    court: Court,
    name: str = TRANSPORT,
    sets: dict[str, str] | None = None,
    drops: tuple[str, ...] = (),
    partner: PartnerCodes | None = None,
    agreement: str = "template",
) -> dict[str, Severity]:
    request = court.request(name, sets, drops)
    judged = court.judged(request, received=NEW_YEAR, partner=partner, agreement=agreement)
    return {finding.rule: finding.severity for finding in judged.verdict.findings}


@pytest.mark.trips("udit-scope")
@pytest.mark.passes("udit-scope")
@pytest.mark.parametrize(
    "sets",
    [
        {"TRANSPORT.SECLOC": "CSPKNWAMAH92"},
        {"TRANSPORT.SECLOC": "CBOISIDMAH92"},
        {"TRANSPORT.SECLOC": "E"},
        {"TRANSPORT.NC": "OB--"},
    ],
    ids=["another state", "one wire center", "an end user", "OC-3"],
)
def test_transport_runs_within_a_state_at_ds0_to_ds3(court: Court, sets: dict[str, str]) -> None:
    """Two wire centers of one state, collocation to collocation, at DS0, DS1 or DS3."""
    assert {"udit-scope": Severity.REJECT} == _found(court, sets=sets)
    assert {} == _found(court)


@pytest.mark.trips("avail-udit")
@pytest.mark.passes("avail-udit")
def test_both_ends_are_listed(court: Court) -> None:
    """Where a list was loaded, an end that is not in it closes the route; nothing is refused without a list."""
    boise = entered(WIRE_CENTERS, "BOISIDMA", listed_as="udit-offered")
    twin_falls = entered(WIRE_CENTERS, "TWFLIDMA", listed_as="udit-offered")

    assert {"avail-udit": Severity.REJECT} == _found(court, partner=knowing(boise), agreement="idaho-2021")
    assert {} == _found(court, partner=knowing(boise, twin_falls), agreement="idaho-2021")
    assert {} == _found(court, agreement="idaho-2021")
    assert {} == _found(court, REARRANGED, partner=knowing(boise), agreement="idaho-2021")


def _tiers(near: int, far: int) -> PartnerCodes:
    return knowing(entered(TIERS, "BOISIDMA", tier=near), entered(TIERS, "TWFLIDMA", tier=far))


@pytest.mark.trips("udit-ds1-tiers")
@pytest.mark.passes("udit-ds1-tiers")
def test_ds1_is_not_unbundled_between_two_of_tier_1(court: Court) -> None:
    """One end of another tier is enough."""
    assert {"udit-ds1-tiers"} == set(_found(court, partner=_tiers(1, 1)))
    assert {} == _found(court, partner=_tiers(1, 2))


@pytest.mark.trips("udit-ds3-tiers")
@pytest.mark.passes("udit-ds3-tiers")
def test_ds3_needs_an_end_of_tier_3(court: Court) -> None:
    """Tiers 1 and 2 alone close a route for DS3."""
    assert {"udit-ds3-tiers"} == set(_found(court, sets=_DS3, partner=_tiers(1, 2)))
    assert {} == _found(court, sets=_DS3, partner=_tiers(1, 3))


def _route(near: int, far: int, level: str, circuits: int) -> PartnerCodes:
    return knowing(
        entered(TIERS, "BOISIDMA", tier=near),
        entered(TIERS, "TWFLIDMA", tier=far),
        entered(CIRCUITS, "BOISIDMA-TWFLIDMA", level=level, circuits=circuits),
    )


@pytest.mark.trips("udit-ds1-cap-ten")
@pytest.mark.passes("udit-ds1-cap-ten")
def test_ten_ds1s_on_a_route_without_ds3(court: Court) -> None:
    """The eleventh is refused where DS3 need not be unbundled; elsewhere they are not counted."""
    assert {"udit-ds1-cap-ten"} == set(_found(court, partner=_route(1, 2, "DS1", 10)))
    assert {} == _found(court, partner=_route(1, 2, "DS1", 9))
    assert {} == _found(court, partner=_route(1, 3, "DS1", 10))


@pytest.mark.trips("udit-ds3-cap-twelve")
@pytest.mark.passes("udit-ds3-cap-twelve")
def test_twelve_ds3s_on_a_route(court: Court) -> None:
    """The thirteenth is refused."""
    assert {"udit-ds3-cap-twelve"} == set(_found(court, sets=_DS3, partner=_route(1, 3, "DS3", 12)))
    assert {} == _found(court, sets=_DS3, partner=_route(1, 3, "DS3", 11))


@pytest.mark.trips("udit-conversion-two-asrs")
@pytest.mark.passes("udit-conversion-two-asrs")
def test_a_conversion_is_two_requests(court: Court) -> None:
    """Each of the two names the other."""
    sets = {"ADMIN.REMARKS": "CONVERSION TO UDIT"}

    assert {"udit-conversion-two-asrs"} == set(_found(court, sets=sets))
    assert {"udit-conversion-two-asrs"} == set(_found(court, TRANSPORT_ENDS, sets))
    assert {} == _found(court, sets={**sets, "ADMIN.RPON": "UDITBT0009"})


@pytest.mark.trips("udit-rearrangement-content")
@pytest.mark.passes("udit-rearrangement-content")
def test_a_rearrangement_says_where_it_ends(court: Court) -> None:
    """Circuit and termination are named."""
    without = ("TRANSPORT.CCEA", "TRANSPORT.NCI")

    assert "udit-rearrangement-content" in _found(court, REARRANGED, drops=without)
    assert {} == _found(court, REARRANGED)


@pytest.mark.trips("udit-rearrangement-uncoordinated")
@pytest.mark.passes("udit-rearrangement-uncoordinated")
def test_a_coordinated_rearrangement_costs(court: Court) -> None:
    """It is taken, and the charge is told."""
    assert {"udit-rearrangement-uncoordinated": Severity.WARN} == _found(court, REARRANGED, {"ADMIN.CCI": "Y"})
    assert {} == _found(court, REARRANGED)
