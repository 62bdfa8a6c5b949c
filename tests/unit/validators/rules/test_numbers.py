"""The telephone numbers of a request."""

import pytest

from tests.rig.court import DISCONNECT, LOOP, LOOP_WITH_PORT, PORT, Court
from validators.codes import Code

NP = "/LocalServiceRequest/NP/DETAILS"


@pytest.mark.trips("ported-number-unique")
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("208-555-0130", "2085550130"),
        ("208-555-0130-0134", "208-555-0133"),
        ("208-555-0133", "2085550130-0134"),
        ("208-555-0130-0134", "208-555-0134-0139"),
    ],
    ids=["hyphens", "in the range", "range over it", "ranges that meet"],
)
def test_a_number_twice_in_one_request_is_told(court: Court, first: str, second: str) -> None:
    """Hyphens do not make another number, and a range is all the numbers in it."""
    findings = court.findings(PORT, {"NP[1].PORTED NBR": first, "NP[2].PORTED NBR": second})

    assert [("ported-number-unique", Code.NUMBER_REPEATED)] == [(found.rule, found.code) for found in findings]
    assert {f"{NP}/DETAIL[1]/PORTED_NBR", f"{NP}/DETAIL[2]/PORTED_NBR"} == {findings[0].path, *findings[0].also}


@pytest.mark.passes("ported-number-unique")
@pytest.mark.passes("ported-range-order")
@pytest.mark.passes("lnp-excluded-numbers")
@pytest.mark.passes("new-account-number-stays")
def test_numbers_side_by_side_pass(court: Court) -> None:
    """Neighbours are not the same, and the number that stays is none of those that go."""
    sets = {"NP[1].PORTED NBR": "208-555-0130-0134", "NP[2].PORTED NBR": "2085550135"}

    assert () == court.findings(PORT, sets | {"LSR.MI": "B", "LSR.NAN": "2085550136"})


@pytest.mark.trips("ported-range-order")
def test_a_range_that_runs_backward_is_told(court: Court) -> None:
    """The end of a range does not lie before its begin."""
    findings = court.findings(PORT, {"NP[1].PORTED NBR": "208-555-0134-0130"})

    assert [("ported-range-order", "208-555-0134-0130")] == [(found.rule, found.value) for found in findings]


@pytest.mark.trips("lnp-excluded-numbers")
@pytest.mark.parametrize("number", ["500-555-0130", "900-555-0130", "208-950-0130", "208-976-0130"])
def test_a_number_that_the_commission_excludes_is_not_ported(court: Court, number: str) -> None:
    """Area codes 500 and 900 and exchanges 950 and 976 are not ported (10.2.2.6)."""
    findings = court.findings(PORT, {"NP[1].PORTED NBR": number})

    assert [("lnp-excluded-numbers", "10.2.2.6")] == [(found.rule, found.section) for found in findings]


@pytest.mark.trips("new-account-number-stays")
def test_the_number_that_stays_is_not_ported_away(court: Court) -> None:
    """NAN within a ported range is told with the range."""
    sets = {"LSR.MI": "B", "LSR.NAN": "2085550132", "NP[1].PORTED NBR": "208-555-0130-0134"}

    found = next(f for f in court.findings(PORT, sets) if f.rule == "new-account-number-stays")

    assert ("/LocalServiceRequest/LSR/NAN", (f"{NP}/DETAIL[1]/PORTED_NBR",)) == (found.path, found.also)


@pytest.mark.trips("ported-number-required")
def test_a_line_whose_number_moves_names_it(court: Court) -> None:
    """LNA V on form LSNP without a number is told at the line."""
    findings = court.findings(LOOP_WITH_PORT, drops=["LSNP[2].PORTED NBR"])

    assert ["/LocalServiceRequest/LSNP/DETAILS/DETAIL[2]/PORTED_NBR"] == [found.path for found in findings]


@pytest.mark.passes("ported-number-required")
def test_a_line_without_number_beside_others_passes(court: Court) -> None:
    """LNA N brings a line to which no number moves."""
    assert () == court.findings(LOOP_WITH_PORT, {"LSNP[2].LNA": "N"}, ["LSNP[2].PORTED NBR"])


@pytest.mark.trips("disconnect-number-differs")
def test_a_number_is_ported_or_disconnected(court: Court) -> None:
    """DISC NBR that is also ported is told with the place where it is ported."""
    findings = court.findings(LOOP_WITH_PORT, {"LSNP[2].DISC NBR": "2085550120"})

    assert [
        (
            "/LocalServiceRequest/LSNP/DETAILS/DETAIL[2]/DISC_NBR",
            ("/LocalServiceRequest/LSNP/DETAILS/DETAIL[1]/PORTED_NBR",),
        )
    ] == [(found.path, found.also) for found in findings]


@pytest.mark.passes("disconnect-number-differs")
def test_other_numbers_may_be_disconnected(court: Court) -> None:
    """A number that stands nowhere else may end with the request, and what is no number is not compared."""
    assert () == court.findings(LOOP, {"LS[1].DISC NBR": "2085550199"})
    assert () == court.findings(DISCONNECT, {"LS[1].DISC NBR": "NONE"})
