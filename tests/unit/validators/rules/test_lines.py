"""The service details of a request."""

import pytest

from tests.rig.court import CONDITIONED_LOOP, DISCONNECT, LOOP, LOOP_WITH_PORT, LOOPS_24, PORT, Court

ROOT = "/LocalServiceRequest"


@pytest.mark.trips("line-quantity")
@pytest.mark.parametrize(
    ("name", "field", "quantity"),
    [(LOOP, "LS/LQTY", "00002"), (LOOPS_24, "LS/LQTY", "00023"), (PORT, "NP/NPQTY", "00004")],
)
def test_a_quantity_that_differs_from_the_lines_is_refused(court: Court, name: str, field: str, quantity: str) -> None:
    """LQTY and NPQTY are counted against the service details."""
    findings = court.findings(name, {field.replace("/", "."): quantity})

    assert [("line-quantity", f"{ROOT}/{field}", quantity)] == [(f.rule, f.path, f.value) for f in findings]


@pytest.mark.trips("line-quantity")
def test_no_lines_at_all_are_refused(court: Court) -> None:
    """A quantity of nothing orders nothing."""
    assert ["line-quantity"] == [f.rule for f in court.findings(LOOP, {"LS.LQTY": "00000"}, drops=["LS[1]"])]


@pytest.mark.passes("line-quantity")
@pytest.mark.parametrize("name", [LOOP, LOOPS_24, PORT])
def test_as_many_lines_as_said_pass(court: Court, name: str) -> None:
    """A range of numbers counts as one service detail."""
    assert () == court.findings(name)


@pytest.mark.trips("line-number-unique")
def test_a_line_number_twice_points_to_the_first(court: Court) -> None:
    """5 and 00005 are one number; the later line is told and points to the earlier."""
    findings = court.findings(LOOPS_24, {"LS[7].LNUM": "5"})

    assert [("line-number-unique", f"{ROOT}/LS/DETAILS/DETAIL[7]/LNUM", (f"{ROOT}/LS/DETAILS/DETAIL[5]/LNUM",))] == [
        (f.rule, f.path, f.also) for f in findings
    ]


@pytest.mark.passes("line-number-unique")
def test_line_numbers_of_their_own_pass(court: Court) -> None:
    """Line numbers need not be without gaps."""
    assert () == court.findings(LOOPS_24, {"LS[24].LNUM": "99"})


@pytest.mark.trips("location-number")
def test_a_second_location_is_refused_wherever_it_stands(court: Court) -> None:
    """End user and lines are at location 1."""
    findings = court.findings(LOOP, {"EU.LOCNUM": "002", "LS[1].LOCNUM": "003"})

    assert [f"{ROOT}/EU/LOCNUM", f"{ROOT}/LS/DETAILS/DETAIL/LOCNUM"] == [f.path for f in findings]


@pytest.mark.passes("location-number")
@pytest.mark.parametrize("number", ["1", "01", "001"])
def test_location_one_may_be_written_in_three_ways(court: Court, number: str) -> None:
    """Leading zeros do not matter."""
    assert () == court.findings(LOOP, {"EU.LOCNUM": number, "LS[1].LOCNUM": number})


@pytest.mark.trips("circuit-named")
def test_a_disconnect_without_circuit_is_refused(court: Court) -> None:
    """ECCKT is asked for on the line that lacks it."""
    findings = court.findings(DISCONNECT, drops=["LS.ECCKT"])

    assert [("circuit-named", f"{ROOT}/LS/DETAILS/DETAIL/ECCKT", None)] == [(f.rule, f.path, f.value) for f in findings]


@pytest.mark.trips("circuit-named")
def test_a_disconnect_without_line_form_names_the_account(court: Court) -> None:
    """Without form LS an account number is needed."""
    findings = court.findings(DISCONNECT, drops=["LS", "LSR.AN"])

    assert [("circuit-named", f"{ROOT}/LSR/AN", None)] == [(f.rule, f.path, f.value) for f in findings]


@pytest.mark.passes("circuit-named")
@pytest.mark.parametrize("drops", [[], ["LS"]], ids=["circuit", "account"])
def test_a_circuit_or_an_account_is_enough(court: Court, drops: list[str]) -> None:
    """The circuit on the line, or the account alone, says what ends."""
    assert () == court.findings(DISCONNECT, drops=drops)


@pytest.mark.trips("cfa-or-ccea-required")
def test_a_digital_loop_without_assignment_is_refused(court: Court) -> None:
    """A non-loaded loop says where it is connected."""
    findings = court.findings(CONDITIONED_LOOP, drops=["LS.CFA"])

    assert [("cfa-or-ccea-required", f"{ROOT}/LS/DETAILS/DETAIL/CFA")] == [(f.rule, f.path) for f in findings]


@pytest.mark.passes("cfa-or-ccea-required")
@pytest.mark.parametrize(
    ("name", "sets"), [(LOOP, {}), (CONDITIONED_LOOP, {"LS[1].CCEA": "BLOCK 1 PAIR 2"})], ids=["analog", "CCEA"]
)
def test_an_analog_loop_or_an_equipment_assignment_passes(court: Court, name: str, sets: dict[str, str]) -> None:
    """A plain analog loop needs no assignment; elsewhere CCEA is as good as CFA."""
    assert () == court.findings(name, sets, drops=["LS.CFA"])


@pytest.mark.trips("itp-demarcation-required")
@pytest.mark.parametrize(("name", "form"), [(LOOP, "LS"), (LOOP_WITH_PORT, "LSNP")])
def test_a_loop_without_demarcation_is_refused(court: Court, name: str, form: str) -> None:
    """Without ACTL, APOT and assignments nobody knows where the tie pair ends (9.1.4)."""
    findings = court.findings(name, drops=["LSR.ACTL", "LSR.APOT", f"{form}.CFA"])

    assert [("itp-demarcation-required", "9.1.4")] == [(f.rule, f.section) for f in findings]


@pytest.mark.passes("itp-demarcation-required")
@pytest.mark.parametrize("drops", [["LSR.ACTL", "LSR.APOT"], ["LSR.ACTL", "LS.CFA"], ["LSR.APOT", "LS.CFA"]])
def test_any_statement_of_the_demarcation_is_enough(court: Court, drops: list[str]) -> None:
    """ACTL, APOT, or a CFA on each line states it."""
    assert () == court.findings(LOOP, drops=drops)
