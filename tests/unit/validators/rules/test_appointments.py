"""The hour of the work."""

import pytest

from tests.rig.court import CONDITIONED_LOOP, LOOP, LOOP_WITH_PORT, Court
from validators.verdict import Severity

LSR = "/LocalServiceRequest/LSR"


@pytest.mark.trips("appointment-time-required")
def test_a_coordinated_installation_names_its_time(court: Court) -> None:
    """CHC without APPTIME or DFDT on a loop is refused by the clause on appointments (9.2.2.9.3)."""
    findings = court.findings(LOOP, {"LSR.CHC": "Y"}, drops=["LSR.APPTIME"])

    assert [("appointment-time-required", "9.2.2.9.3", f"{LSR}/APPTIME", (f"{LSR}/CHC", f"{LSR}/DFDT"))] == [
        (f.rule, f.section, f.path, f.also) for f in findings
    ]


@pytest.mark.passes("appointment-time-required")
@pytest.mark.parametrize("sets", [{"LSR.CHC": "Y"}, {"LSR.CHC": "Y", "LSR.APPTIME": "", "LSR.DFDT": "1000AM"}])
def test_an_appointment_or_a_frame_due_time_is_a_time(court: Court, sets: dict[str, str]) -> None:
    """Either of the two is enough; an empty field counts as absent."""
    assert () == court.findings(LOOP, sets)


def test_a_dispatch_alone_needs_no_appointment(court: Court) -> None:
    """DSPTCH without APPTIME is a basic installation."""
    assert () == court.findings(CONDITIONED_LOOP)


@pytest.mark.trips("coordinated-cut-needs-frame-time")
def test_a_coordinated_cut_of_numbers_names_its_frame_due_time(court: Court) -> None:
    """CHC without DFDT on a loop with port is refused, and points to CHC."""
    findings = court.findings(LOOP_WITH_PORT, drops=["LSR.DFDT"])

    assert [("coordinated-cut-needs-frame-time", f"{LSR}/DFDT", (f"{LSR}/CHC",))] == [
        (f.rule, f.path, f.also) for f in findings
    ]


@pytest.mark.passes("coordinated-cut-needs-frame-time")
@pytest.mark.parametrize("drops", [[], ["LSR.DFDT", "LSR.CHC"]])
def test_a_cut_with_its_time_or_without_coordination_passes(court: Court, drops: list[str]) -> None:
    """DFDT is needed for CHC alone."""
    assert () == court.findings(LOOP_WITH_PORT, drops=drops)


@pytest.mark.trips("appointment-time-valid")
@pytest.mark.parametrize(
    ("field", "value"), [("APPTIME", "0100PM-0800AM"), ("APPTIME", "1300PM"), ("APPTIME", "MORNING"), ("DFDT", "10AM")]
)
def test_a_time_that_does_not_exist_or_runs_backward_is_refused(court: Court, field: str, value: str) -> None:
    """A window whose end lies before its begin is told, and so is what is no time."""
    findings = court.findings(LOOP, {f"LSR.{field}": value})

    assert [("appointment-time-valid", f"{LSR}/{field}", value)] == [(f.rule, f.path, f.value) for f in findings]


@pytest.mark.passes("appointment-time-valid")
@pytest.mark.parametrize("value", ["0800AM-1200PM", "1200AM-0100AM", "0500PM"])
def test_windows_and_times_of_the_day_pass(court: Court, value: str) -> None:
    """Noon and midnight are read as on a clock."""
    assert [] == [f for f in court.findings(LOOP, {"LSR.APPTIME": value}) if f.rule != "maintenance-window"]


@pytest.mark.upholds("project-out-of-hours-rates")
@pytest.mark.trips("out-of-hours-coordinated-request")
@pytest.mark.parametrize(
    "sets", [{"LSR.APPTIME": "0600PM-0800PM"}, {"LSR.APPTIME": "", "LSR.DFDT": "0700AM"}, {"LSR.DDD": "03-14-2026"}]
)
def test_an_installation_out_of_hours_is_asked_for_in_the_remarks(court: Court, sets: dict[str, str]) -> None:
    """Evening, early morning and Saturday are out of hours; the remarks must say so (9.2.4.10.3)."""
    findings = court.findings(LOOP, {"LSR.CHC": "Y"} | sets)

    assert [("out-of-hours-coordinated-request", "9.2.4.10.3", f"{LSR}/REMARKS")] == [
        (f.rule, f.section, f.path) for f in findings
    ]


@pytest.mark.passes("out-of-hours-coordinated-request")
@pytest.mark.parametrize(
    "sets",
    [
        {"LSR.APPTIME": "0800AM-0500PM"},
        {"LSR.APPTIME": "0600PM-0800PM", "LSR.REMARKS": "please: out of hours coordinated installation"},
    ],
)
def test_standard_hours_or_the_remark_are_enough(court: Court, sets: dict[str, str]) -> None:
    """The first standard hour needs no remark; another hour has one."""
    assert () == court.findings(LOOP, {"LSR.CHC": "Y"} | sets)


@pytest.mark.trips("maintenance-window")
@pytest.mark.parametrize(
    ("day", "hour"),
    [("03-16-2026", "1000PM"), ("03-17-2026", "0559AM"), ("03-21-2026", "1000PM"), ("03-22-2026", "1200PM")],
)
def test_work_in_a_maintenance_window_is_taken_with_a_warning(court: Court, day: str, hour: str) -> None:
    """Monday night, the small hours of Tuesday, Saturday night and all Sunday (12.3.23.2)."""
    found = court.findings(LOOP, {"LSR.DDD": day, "LSR.APPTIME": "", "LSR.DFDT": hour})
    (warning,) = [finding for finding in found if finding.rule == "maintenance-window"]

    assert ("maintenance-window", Severity.WARN) == (warning.rule, warning.severity)
    assert (f"{LSR}/DFDT", (f"{LSR}/DDD",)) == (warning.path, warning.also)


@pytest.mark.passes("maintenance-window")
@pytest.mark.parametrize(
    ("day", "hour"),
    [("03-16-2026", "0959PM"), ("03-17-2026", "0600AM"), ("03-21-2026", "0959PM"), ("03-23-2026", "0600AM")],
)
def test_just_outside_a_maintenance_window_nothing_is_said(court: Court, day: str, hour: str) -> None:
    """The windows begin at ten in the evening and end at six in the morning."""
    found = court.findings(LOOP, {"LSR.DDD": day, "LSR.APPTIME": "", "LSR.DFDT": hour})
    assert [] == [finding for finding in found if finding.rule == "maintenance-window"]
