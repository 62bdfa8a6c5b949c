"""The dates that a request asks for."""

from datetime import datetime

import pytest

from tests.rig.court import DISCONNECT, LOOP, LOOPS_24, LOOPS_30, MOUNTAIN, NEW_DATE, PORT, SIMPLE_PORT, Court
from validators.verdict import Severity

DDD = "/LocalServiceRequest/LSR/DDD"


@pytest.mark.trips("date-exists")
@pytest.mark.parametrize(("field", "day"), [("DDD", "02-30-2026"), ("DDD", "02-29-2027"), ("DATED", "2026-04-31")])
def test_a_day_that_the_calendar_lacks_is_refused(court: Court, field: str, day: str) -> None:
    """30 February, and 29 February of a common year, are told as such."""
    findings = court.findings(LOOP, {f"LSR.{field}": day, "LSR.AGAUTH": "Y"})

    assert [("date-exists", f"/LocalServiceRequest/LSR/{field}", day)] == [(f.rule, f.path, f.value) for f in findings]


@pytest.mark.passes("date-exists")
@pytest.mark.parametrize("day", ["02-29-2028", "2028-02-29"])
def test_a_leap_day_is_a_day(court: Court, day: str) -> None:
    """29 February 2028 exists, in both ways of writing it."""
    assert () == court.findings(LOOP, {"LSR.DDD": day})


@pytest.mark.trips("desired-due-date-past")
def test_a_past_date_names_the_earliest_lawful_one(court: Court) -> None:
    """A date before the application date is told with the date that could be had."""
    findings = court.findings(LOOP, {"LSR.DDD": "02-27-2026"})

    assert [("desired-due-date-past", DDD, "02-27-2026")] == [(f.rule, f.path, f.value) for f in findings]
    assert "03-09-2026" in findings[0].cure


@pytest.mark.trips("desired-due-date-past")
def test_the_application_date_counts_not_the_day_of_receipt(court: Court) -> None:
    """Received after the cut-off, a disconnect for the same day is a day late."""
    evening = datetime(2026, 3, 2, 19, 30, tzinfo=MOUNTAIN)

    assert ["desired-due-date-past"] == [
        f.rule for f in court.findings(DISCONNECT, {"LSR.DDD": "03-02-2026"}, received=evening)
    ]


@pytest.mark.passes("desired-due-date-past")
def test_a_disconnect_may_end_on_the_day_it_is_asked_for(court: Court) -> None:
    """A disconnect has no interval: its date only ends billing."""
    assert () == court.findings(DISCONNECT, {"LSR.DDD": "03-02-2026"})


@pytest.mark.trips("expedite-request-on-order")
@pytest.mark.parametrize(
    ("name", "desired", "earliest"), [(LOOP, "03-06-2026", "03-09-2026"), (LOOPS_24, "03-10-2026", "03-11-2026")]
)
def test_a_date_shorter_than_the_interval_needs_the_expedite(
    court: Court, name: str, desired: str, earliest: str
) -> None:
    """Without EXP a short date is refused, with the earliest date and the other way out."""
    findings = court.findings(name, {"LSR.DDD": desired})

    assert [("expedite-request-on-order", "9.1.15.1", (DDD.replace("DDD", "EXP"),))] == [
        (f.rule, f.section, f.also) for f in findings
    ]
    assert earliest in findings[0].cure
    assert "EXP" in findings[0].cure


@pytest.mark.passes("expedite-request-on-order")
@pytest.mark.parametrize(
    "sets", [{"LSR.DDD": "03-06-2026", "LSR.EXP": "Y"}, {"LSR.DDD": "03-09-2026"}, {"LSR.DDD": "04-01-2026"}]
)
def test_the_interval_or_an_expedite_is_enough(court: Court, sets: dict[str, str]) -> None:
    """The last day of the interval, any later one, and an expedited one are lawful."""
    assert () == court.findings(LOOP, sets)


def test_an_individual_case_has_no_interval_to_keep(court: Court) -> None:
    """Above the highest standard quantity any future date may be asked for."""
    assert ["individual-case-quantity"] == [f.rule for f in court.findings(LOOPS_30, {"LSR.DDD": "03-03-2026"})]


def test_a_supplement_of_the_date_is_not_measured_from_its_own_receipt(court: Court) -> None:
    """SUP 2 to a date inside the interval may still be later than the date that is set: the record decides."""
    assert () == court.findings(NEW_DATE, {"LSR.DDD": "03-10-2026"})


@pytest.mark.trips("due-date-on-business-day")
@pytest.mark.parametrize(
    ("desired", "off", "lawful"),
    [("03-14-2026", "Saturday", "03-16-2026"), ("05-25-2026", "Memorial Day", "05-26-2026")],
)
def test_a_loop_is_installed_on_a_business_day(court: Court, desired: str, off: str, lawful: str) -> None:
    """A weekend or holiday is told by name, with the next business day."""
    findings = court.findings(LOOP, {"LSR.DDD": desired})

    assert [("due-date-on-business-day", "9.2.4.10.1")] == [(f.rule, f.section) for f in findings]
    assert off in findings[0].text
    assert lawful in findings[0].cure


@pytest.mark.passes("due-date-on-business-day")
def test_a_coordinated_installation_out_of_hours_may_be_on_a_saturday(court: Court) -> None:
    """A Saturday is lawful for an out of hours coordinated installation that is asked for in the remarks."""
    sets = {"LSR.DDD": "03-14-2026", "LSR.CHC": "Y", "LSR.REMARKS": "OUT OF HOURS COORDINATED INSTALLATION"}

    assert () == court.findings(LOOP, sets)


def test_a_port_may_be_on_any_day(court: Court) -> None:
    """A number port asks for any date where its trigger is set by itself (10.2.5.3)."""
    assert () == court.findings(PORT, {"LSR.DDD": "03-14-2026"})


@pytest.mark.trips("port-interval")
@pytest.mark.parametrize(
    ("received", "desired", "earliest"),
    [
        (datetime(2026, 3, 2, 12, 59, tzinfo=MOUNTAIN), "03-02-2026", "03-03-2026"),
        (datetime(2026, 3, 2, 13, 1, tzinfo=MOUNTAIN), "03-03-2026", "03-04-2026"),
        (datetime(2026, 3, 2, 15, 1, tzinfo=MOUNTAIN), "03-03-2026", "03-04-2026"),
        (datetime(2026, 3, 6, 13, 1, tzinfo=MOUNTAIN), "03-09-2026", "03-10-2026"),
    ],
    ids=["in time", "after its own cut-off", "after the ports' cut-off", "Friday afternoon"],
)
def test_a_simple_port_has_one_business_day_from_its_cut_off(
    court: Court, received: datetime, desired: str, earliest: str
) -> None:
    """A date before that is told with the earliest one, and rejects nothing (10.2.5.3)."""
    found = court.findings(SIMPLE_PORT, {"SPSR.DDD": desired}, received=received)

    assert [("port-interval", Severity.WARN)] == [(f.rule, f.severity) for f in found]
    assert earliest in found[0].cure


@pytest.mark.passes("port-interval")
@pytest.mark.parametrize(
    ("name", "sets"),
    [
        (SIMPLE_PORT, {"SPSR.DDD": "03-03-2026"}),
        (PORT, {"LSR.DDD": "03-05-2026"}),
        (PORT, {"LSR.DDD": "03-03-2026", "LSR.EXP": "Y"}),
    ],
    ids=["simple", "three numbers", "expedite"],
)
def test_a_port_within_its_interval_passes(court: Court, name: str, sets: dict[str, str]) -> None:
    """One business day for one number, three for up to five; an expedite asks for less."""
    assert () == court.findings(name, sets)


@pytest.mark.trips("port-interval")
@pytest.mark.parametrize(
    ("sets", "earliest"),
    [({}, "03-05-2026"), ({"NP.NPQTY": "00006"}, "03-06-2026"), ({"HGI[1].HNUM": "001"}, "03-09-2026")],
    ids=["three", "six", "hunting"],
)
def test_the_interval_of_a_port_follows_its_numbers_and_its_kind(
    court: Court, sets: dict[str, str], earliest: str
) -> None:
    """Three business days up to five numbers, four above, five for a port with hunting."""
    found = court.findings(PORT, {"LSR.DDD": "03-03-2026", "LSR.HTQTY": "001"} | sets)

    assert earliest in next(f for f in found if f.rule == "port-interval").cure
