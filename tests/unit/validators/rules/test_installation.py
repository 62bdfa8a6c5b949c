"""How a loop or port is installed."""

import pytest

from tests.rig.court import CONDITIONED_LOOP, LOOP, LOOP_WITH_PORT, LOOPS_24, LOOPS_30, PORT, Court
from validators.rules.installation import Option, option_of
from validators.verdict import Severity

LSR = "/LocalServiceRequest/LSR"
COORDINATED = {"LSR.CHC": "Y", "LSR.APPTIME": "0900AM"}
PROJECT = {"LSR.REMARKS": "PROJECT COORDINATED INSTALLATION"}
EEL = {"LSR.REQTYP": "PB", "LSR.NC": "HC--", "LSR.NCI": "04QB9.11"}
LMC = {"LSR.REQTYP": "PB", "LS[1].CFA": "101/T1/1/BOISIDMAF01/BOISIDMAH7Z"}


@pytest.mark.parametrize(
    ("sets", "option"),
    [
        ({}, Option.BASIC),
        ({"LSR.REMARKS": "performance testing please"}, Option.BASIC_PERFORMANCE),
        ({"LSR.REMARKS": "COOPERATIVE TESTING"}, Option.BASIC_COOPERATIVE),
        ({"LSR.CHC": "Y"}, Option.COORDINATED),
        ({"LSR.CHC": "Y", "LSR.REMARKS": "COOPERATIVE TESTING"}, Option.COORDINATED_COOPERATIVE),
        ({"LSR.CHC": "Y"} | PROJECT, Option.PROJECT),
        ({"LSR.REMARKS": "COOPERATIVE TESTING AND PERFORMANCE TESTING"}, None),
        ({"LSR.CHC": "Y", "LSR.REMARKS": "PERFORMANCE TESTING"}, None),
    ],
)
@pytest.mark.upholds("def-project-coordinated")
def test_a_request_shows_its_installation_option(court: Court, sets: dict[str, str], option: Option | None) -> None:
    """The option is read from what implies it; with none of it basic installation is meant (9.2.2.9)."""
    assert option is option_of(court.message(LOOP, sets, ["LSR.APPTIME"]))


@pytest.mark.trips("install-option-required")
def test_options_that_do_not_go_together_are_told(court: Court) -> None:
    """Performance testing with a coordinated installation is none of the six options, and rejects nothing."""
    found = court.findings(LOOP, COORDINATED | {"LSR.REMARKS": "PERFORMANCE TESTING"})

    assert [("install-option-required", Severity.WARN, (f"{LSR}/CHC",))] == [
        (f.rule, f.severity, f.also) for f in found
    ]


@pytest.mark.passes("install-option-required")
def test_no_option_at_all_is_basic_installation(court: Court) -> None:
    """A request that says nothing of its installation is complete."""
    assert () == court.findings(LOOP, drops=["LSR.APPTIME"])


@pytest.mark.trips("quick-loop-exclusions")
@pytest.mark.parametrize(
    ("name", "sets", "also"),
    [
        (LOOP, {}, "ACT"),
        (CONDITIONED_LOOP, {"LSR.ACT": "V", "LSR.AGAUTH": "Y"}, "NC"),
        (LOOP_WITH_PORT, {}, "CHC"),
    ],
    ids=["new loop", "not analog", "coordinated"],
)
def test_quick_loop_is_for_existing_analog_loops_by_basic_installation(
    court: Court, name: str, sets: dict[str, str], also: str
) -> None:
    """What excludes it is named (9.2.2.9.1.3)."""
    found = court.findings(name, {"LSR.REMARKS": "QUICK LOOP"} | sets)

    assert [("quick-loop-exclusions", (f"{LSR}/{also}",))] == [(f.rule, f.also) for f in found]


@pytest.mark.trips("quick-loop-exclusions")
@pytest.mark.parametrize("remark", ["QUICK LOOP WITH COOPERATIVE TESTING", "QUICK LOOP FROM IDLC TO COPPER"])
def test_quick_loop_has_no_testing_and_no_move_to_copper(court: Court, remark: str) -> None:
    """Both are told at the remarks that ask for them."""
    found = court.findings(LOOP, {"LSR.ACT": "V", "LSR.AGAUTH": "Y", "LSR.REMARKS": remark})

    assert [("quick-loop-exclusions", ())] == [(f.rule, f.also) for f in found]


@pytest.mark.passes("quick-loop-exclusions")
def test_quick_loop_for_an_existing_analog_loop_passes(court: Court) -> None:
    """A conversion of an analog loop may be a Quick Loop."""
    assert () == court.findings(LOOP, {"LSR.ACT": "V", "LSR.AGAUTH": "Y", "LSR.REMARKS": "QUICK LOOP"})


@pytest.mark.trips("project-coordinated-eligibility")
def test_a_project_of_few_loops_is_outside_the_parameters(court: Court) -> None:
    """Twenty-four DS0 loops are one too few (9.2.2.9.7)."""
    found = court.findings(LOOPS_24, PROJECT)

    assert [("project-coordinated-eligibility", ("/LocalServiceRequest/LS/LQTY",))] == [(f.rule, f.also) for f in found]
    assert "Outside established parameters for service" in found[0].text


@pytest.mark.passes("project-coordinated-eligibility")
@pytest.mark.parametrize(
    ("name", "sets"),
    [
        (LOOPS_30, {}),
        (LOOPS_24, {"LSR.PROJECT": "GRICB26-0007", "LSR.NOR": "01-02"}),
        (LOOP, {"LSR.NC": "HC--", "LSR.NCI": "04QB9.11", "LSR.DDD": "03-30-2026"}),
    ],
    ids=["thirty", "part of a project", "DS1"],
)
def test_a_project_of_many_loops_or_of_a_ds1_passes(court: Court, name: str, sets: dict[str, str]) -> None:
    """Twenty-five loops, part of several requests, or a high-capacity loop may be a project."""
    assert "project-coordinated-eligibility" not in {f.rule for f in court.findings(name, PROJECT | sets)}


@pytest.mark.trips("project-coordinated-remarks")
def test_a_project_that_the_remarks_do_not_name_is_told(court: Court) -> None:
    """PROJECT with CHC reads as a project coordinated installation; the remarks should say it (9.2.2.9.7.2)."""
    found = court.findings(LOOP, COORDINATED | {"LSR.PROJECT": "GRICB26-0007"})

    assert [("project-coordinated-remarks", Severity.WARN)] == [(f.rule, f.severity) for f in found]


@pytest.mark.passes("project-coordinated-remarks")
def test_a_project_that_the_remarks_name_passes(court: Court) -> None:
    """The remarks designate the project."""
    assert () == court.findings(LOOP, COORDINATED | PROJECT | {"LSR.PROJECT": "GRICB26-0007"})


@pytest.mark.trips("lnp-managed-cut-request")
@pytest.mark.passes("lnp-managed-cut-request")
def test_a_managed_cut_stands_in_the_remarks(court: Court) -> None:
    """CHC on a port is taken as a managed cut, and told that the remarks should say so (10.2.5.4)."""
    found = court.findings(PORT, {"LSR.CHC": "Y"})

    assert [("lnp-managed-cut-request", Severity.WARN)] == [(f.rule, f.severity) for f in found]
    assert () == court.findings(PORT, {"LSR.CHC": "Y", "LSR.REMARKS": "MANAGED CUT AT 11"})


@pytest.mark.parametrize(
    ("rule", "codes"),
    [
        pytest.param("eel-out-of-hours-project", EEL, marks=pytest.mark.trips("eel-out-of-hours-project")),
        pytest.param("lmc-out-of-hours-project", LMC, marks=pytest.mark.trips("lmc-out-of-hours-project")),
    ],
)
@pytest.mark.parametrize(
    ("sets", "field"),
    [
        ({"LSR.APPTIME": "0700PM"}, "REMARKS"),
        ({"LSR.DDD": "03-14-2026", "LSR.APPTIME": "0900AM"}, "REMARKS"),
        ({"LSR.REMARKS": "OUT OF HOURS PROJECT COORDINATED INSTALLATION CERTIFIED", "LSR.APPTIME": ""}, "APPTIME"),
    ],
    ids=["evening", "Saturday", "no time"],
)
def test_a_combination_out_of_hours_gives_its_time_and_says_so(
    court: Court, rule: str, codes: dict[str, str], sets: dict[str, str], field: str
) -> None:
    """Time and remark come together; the date is then negotiated (9.23.3.8.6, 9.25.4.5)."""
    found = next(f for f in court.findings(LOOP, codes | sets) if f.rule == rule)

    assert f"{LSR}/{field}" == found.path


@pytest.mark.parametrize(
    ("rule", "codes"),
    [
        pytest.param("eel-out-of-hours-project", EEL, marks=pytest.mark.passes("eel-out-of-hours-project")),
        pytest.param("lmc-out-of-hours-project", LMC, marks=pytest.mark.passes("lmc-out-of-hours-project")),
    ],
)
@pytest.mark.parametrize("remark", ["CERTIFIED", "CERTIFIED OUT OF HOURS"])
def test_a_combination_in_hours_or_with_time_and_remark_passes(
    court: Court, rule: str, codes: dict[str, str], remark: str
) -> None:
    """Nothing is missing."""
    hour = "0700PM" if "HOURS" in remark else "0900AM"

    findings = court.findings(LOOP, codes | {"LSR.REMARKS": remark, "LSR.APPTIME": hour})

    assert rule not in {f.rule for f in findings}
