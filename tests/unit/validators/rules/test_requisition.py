"""REQTYP, ACT, AFO and the forms that come with them."""

import pytest

from tests.rig.court import CANCEL, DISCONNECT, LOOP, LOOP_WITH_PORT, PORT, SIMPLE_PORT, Court
from validators.verdict import Severity

LSR = "/LocalServiceRequest/LSR"


@pytest.mark.trips("activity-of-requisition")
@pytest.mark.parametrize(("name", "act"), [(LOOP, "S"), (LOOP_WITH_PORT, "N"), (PORT, "D")])
def test_an_activity_that_does_not_go_with_the_service_names_both_fields(court: Court, name: str, act: str) -> None:
    """A wrong pair of REQTYP and ACT is told at ACT and points to REQTYP."""
    found = next(f for f in court.findings(name, {"LSR.ACT": act}) if f.rule == "activity-of-requisition")

    assert (f"{LSR}/ACT", act, (f"{LSR}/REQTYP",)) == (found.path, found.value, found.also)


@pytest.mark.passes("activity-of-requisition")
@pytest.mark.parametrize("name", [LOOP, LOOP_WITH_PORT, PORT, DISCONNECT, SIMPLE_PORT])
def test_activities_of_the_samples_pass(court: Court, name: str) -> None:
    """What the samples order goes with their service."""
    assert () == court.findings(name)


@pytest.mark.trips("form-required")
@pytest.mark.parametrize(
    ("name", "form"), [(LOOP, "LS"), (LOOP, "EU"), (LOOP_WITH_PORT, "LSNP"), (LOOP_WITH_PORT, "EU"), (PORT, "NP")]
)
def test_a_missing_form_is_named_with_what_asks_for_it(court: Court, name: str, form: str) -> None:
    """A form that REQTYP and ACT need is told by name, and points to both."""
    findings = court.findings(name, drops=[form])

    found = next(f for f in findings if f.rule == "form-required")
    assert (f"/LocalServiceRequest/{form}", None, (f"{LSR}/REQTYP", f"{LSR}/ACT")) == (
        found.path,
        found.value,
        found.also,
    )


@pytest.mark.passes("form-required")
def test_a_disconnect_needs_no_end_user_and_no_line_form(court: Court) -> None:
    """A disconnect that names its account is complete with the LSR form alone."""
    assert () == court.findings(DISCONNECT, {"LSR.AFO": "----------"}, drops=["EU", "LS"])


def test_a_cancellation_needs_the_lsr_form_alone(court: Court) -> None:
    """SUP 1 comes without any other form."""
    assert () == court.findings(CANCEL)


@pytest.mark.trips("form-not-allowed")
def test_a_form_of_another_service_is_refused(court: Court) -> None:
    """A number port form on a loop order is told at the form and points to REQTYP."""
    findings = court.findings(LOOP, {"NP.NPQTY": "00001", "NP[1].LNUM": "00001"})

    found = next(f for f in findings if f.rule == "form-not-allowed")
    assert ("/LocalServiceRequest/NP", (f"{LSR}/REQTYP",)) == (found.path, found.also)


@pytest.mark.trips("form-not-allowed")
def test_an_analog_loop_carries_no_listing(court: Court) -> None:
    """A directory listing form does not go with an analog loop, whatever AFO says."""
    findings = court.findings(LOOP, {"DL.LOCNUM": "001", "LSR.AFO": "Y--Y------"})

    found = [f for f in findings if f.severity is Severity.REJECT]
    assert [("form-not-allowed", (f"{LSR}/REQTYP", f"{LSR}/NC"))] == [(f.rule, f.also) for f in found]


@pytest.mark.passes("form-not-allowed")
def test_each_service_has_its_own_form(court: Court) -> None:
    """LS on a loop and NP on a port are at home."""
    assert () == court.findings(LOOP)
    assert () == court.findings(PORT)


@pytest.mark.trips("additional-forms-indicator")
@pytest.mark.parametrize(
    ("name", "afo"), [(LOOP, "----------"), (LOOP, "Y--Y------"), (PORT, "----------")], ids=["no EU", "DL", "port"]
)
def test_afo_against_the_forms_is_refused(court: Court, name: str, afo: str) -> None:
    """AFO that leaves out the EU form, or announces a DL form that is not there, is told."""
    assert ["additional-forms-indicator"] == [f.rule for f in court.findings(name, {"LSR.AFO": afo})]


@pytest.mark.trips("additional-forms-indicator")
def test_a_port_must_say_that_the_end_user_form_comes_along(court: Court) -> None:
    """On a port AFO may not be left out."""
    found = court.findings(PORT, drops=["LSR.AFO"])

    assert [(f"{LSR}/AFO", None)] == [(f.path, f.value) for f in found]


@pytest.mark.passes("additional-forms-indicator")
def test_a_loop_may_leave_afo_out(court: Court) -> None:
    """Where AFO is not sent on a loop, nothing contradicts the forms."""
    assert () == court.findings(LOOP, drops=["LSR.AFO"])


_PUBLISHED = {"A": "NCDTVW", "B": "V", "C": "V", "D": "D", "E": "NCDTVSBWL", "M": "NCDTV"}
"""ACT codes that providers publish for each first character of REQTYP."""
_ACTIVITIES = "NCDTRVWSBYLMZ"


@pytest.mark.parametrize(("requisition", "allowed"), _PUBLISHED.items())
def test_every_published_combination_is_taken_and_others_name_both_fields(
    court: Court, requisition: str, allowed: str
) -> None:
    """What providers publish is never refused for its combination; a refusal names ACT and REQTYP."""
    found = {
        activity: [
            (f.path, f.also)
            for f in court.findings(LOOP, {"LSR.REQTYP": f"{requisition}B", "LSR.ACT": activity})
            if f.rule == "activity-of-requisition"
        ]
        for activity in _ACTIVITIES
    }

    assert {} == {activity: found[activity] for activity in allowed if found[activity]}
    assert {(f"{LSR}/ACT", (f"{LSR}/REQTYP",))} == {one for refused in found.values() for one in refused}
