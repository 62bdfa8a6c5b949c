"""Due dates of ASRs, and ASRs among the versions of their PON."""

from datetime import date, datetime

import pytest

from tests.rig.court import (
    MOUNTAIN,
    NEW_YEAR,
    TRANSPORT,
    TRANSPORT_ENDS,
    TRUNKS,
    TRUNKS_CANCELLED,
    TRUNKS_NEW_DATE,
    Court,
)
from tests.unit.validators.rules.asr.dossiers import entered, knowing
from validators.registers.trunks import PLANNING_MEETINGS
from validators.rules.case import EarlierVersion, Standing
from validators.verdict import Outcome

_FIRST = (EarlierVersion("01", "a" * 64, Outcome.ACCEPTED),)


def _found(court: Court, name: str, sets: dict[str, str] | None = None, drops: tuple[str, ...] = ()) -> set[str]:
    return {finding.rule for finding in court.findings(name, sets, drops, received=NEW_YEAR)}


@pytest.mark.trips("asr-due-date-past")
@pytest.mark.passes("asr-due-date-past")
def test_no_date_lies_before_the_request(court: Court) -> None:
    """Neither work nor the end of billing is asked for in the past."""
    assert {"asr-due-date-past"} == _found(court, TRUNKS, {"ADMIN.DDD": "01-01-2027"})
    assert {"asr-due-date-past"} == _found(court, TRANSPORT_ENDS, {"ADMIN.DDD": "01-01-2027"})
    assert set() == _found(court, TRANSPORT_ENDS, {"ADMIN.DDD": "01-04-2027"})


@pytest.mark.trips("lis-expedite-fields")
@pytest.mark.passes("lis-expedite-fields")
@pytest.mark.trips("lis-expedite-charge")
@pytest.mark.passes("lis-expedite-charge")
def test_trunks_before_their_interval_are_an_expedite(court: Court) -> None:
    """15 business days from 4 January end on the 25th; an earlier day is asked for by EXP, and its charge is told."""
    assert {"lis-expedite-fields"} == _found(court, TRUNKS, {"ADMIN.DDD": "01-22-2027"})
    assert {"lis-expedite-charge"} == _found(court, TRUNKS, {"ADMIN.DDD": "01-22-2027", "ADMIN.EXP": "Y"})
    assert set() == _found(court, TRUNKS, {"ADMIN.DDD": "01-25-2027"})


@pytest.mark.trips("asr-expedite-of-transport")
@pytest.mark.passes("asr-expedite-of-transport")
def test_transport_before_its_interval_is_an_expedite(court: Court) -> None:
    """Five business days for one DS1; an order after 15:00 counts from the next day."""
    assert {"asr-expedite-of-transport"} == _found(court, TRANSPORT, {"ADMIN.DDD": "01-08-2027"})
    assert set() == _found(court, TRANSPORT, {"ADMIN.DDD": "01-11-2027"})
    late = datetime(2027, 1, 4, 15, 1, tzinfo=MOUNTAIN)
    found = court.findings(TRANSPORT, {"ADMIN.DDD": "01-11-2027"}, received=late)
    assert ["asr-expedite-of-transport"] == [finding.rule for finding in found]


@pytest.mark.passes("lis-expedite-fields")
def test_first_trunks_at_a_switch_have_no_standard_interval(court: Court) -> None:
    """Their interval is set case by case, so no day is too early, and its clock has twenty business days."""
    met = entered(PLANNING_MEETINGS, "BOISIDXYDS0", held_on=date(2026, 12, 1))
    request = court.request(TRUNKS, {"ADMIN.DDD": "01-08-2027"})
    judged = court.judged(request, received=NEW_YEAR, partner=knowing(met))

    assert () == judged.verdict.findings
    assert judged.facts.new_switch


def _on_record(court: Court, name: str, standing: Standing, sets: dict[str, str] | None = None) -> list[str]:
    return [finding.rule for finding in court.on_record(court.request(name, sets), standing, NEW_YEAR)]


@pytest.mark.trips("asr-supplement-type-required")
@pytest.mark.trips("asr-supplement-without-order")
@pytest.mark.passes("asr-supplement-type-required")
@pytest.mark.passes("asr-supplement-without-order")
def test_versions_follow_one_another(court: Court) -> None:
    """A version is one higher than the last, stands once, and says by SUP how it changes the one before."""
    accepted = Standing(_FIRST, state="ACCEPTED")

    assert ["pon-version-duplicate"] == _on_record(court, TRUNKS, accepted)
    assert "version-order" in _on_record(court, TRUNKS_CANCELLED, accepted)
    assert ["asr-supplement-type-required"] == _on_record(court, TRUNKS, accepted, {"ADMIN.VER": "02"})
    assert "asr-supplement-without-order" in _on_record(court, TRUNKS_NEW_DATE, Standing(), {"ADMIN.VER": "01"})
    assert [] == _on_record(court, TRUNKS, Standing())


@pytest.mark.trips("asr-number-of-order")
@pytest.mark.passes("asr-number-of-order")
def test_the_number_is_that_of_the_order(court: Court) -> None:
    """Another ASR NO warns; the order's own, or one that is not known, does not."""
    standing = Standing(_FIRST, state="CONFIRMED", number="ASR1")

    assert ["asr-number-of-order"] == _on_record(court, TRUNKS_NEW_DATE, standing)
    assert [] == _on_record(court, TRUNKS_NEW_DATE, standing, {"ADMIN.ASR NO": "ASR1"})


@pytest.mark.trips("asr-supplement-phase")
@pytest.mark.passes("asr-supplement-phase")
def test_corrections_come_before_and_changes_after_the_confirmation(court: Court) -> None:
    """The wrong one of SUP 3 and 4 only warns."""
    wrong = [
        (supplement, state)
        for supplement in ("3", "4")
        for state in ("ACCEPTED", "CONFIRMED")
        if "asr-supplement-phase"
        in _on_record(court, TRUNKS_NEW_DATE, Standing(_FIRST, state=state), {"ADMIN.SUP": supplement})
    ]

    assert [("3", "ACCEPTED"), ("4", "CONFIRMED")] == wrong


@pytest.mark.trips("asr-fixed-fields")
@pytest.mark.passes("asr-fixed-fields")
@pytest.mark.parametrize("supplement", ["3", "4"])
def test_customer_service_activity_and_center_stay_for_life(court: Court, supplement: str) -> None:
    """A supplement may change what it orders, and nothing that makes it another request."""
    standing = Standing(_FIRST, state="ACCEPTED", in_force=court.request(TRUNKS))
    changes = {
        ("CCNA", "ZQY"): True,
        ("REQTYP", "SD"): True,
        ("REQTYP", "MB"): False,
        ("ACT", "C"): True,
        ("ICSC", "QX06"): True,
        ("ICSC", "QX05"): False,
        ("QTY", "48"): False,
    }
    sets = {"ADMIN.VER": "02", "ADMIN.SUP": supplement}

    assert changes == {
        (field, value): "asr-fixed-fields" in _on_record(court, TRUNKS, standing, {**sets, f"ADMIN.{field}": value})
        for field, value in changes
    }


@pytest.mark.trips("lis-cancel-window")
@pytest.mark.passes("lis-cancel-window")
def test_trunks_are_cancelled_until_they_are_available(court: Court) -> None:
    """After the notice of completion there is nothing left to cancel."""
    sets = {"ADMIN.VER": "02"}

    assert "lis-cancel-window" not in _on_record(court, TRUNKS_CANCELLED, Standing(_FIRST, state="JEOPARDY"), sets)
    assert "lis-cancel-window" in _on_record(court, TRUNKS_CANCELLED, Standing(_FIRST, state="COMPLETED"), sets)


@pytest.mark.trips("udit-cancel-window")
@pytest.mark.passes("udit-cancel-window")
@pytest.mark.trips("udf-cancel-window")
@pytest.mark.passes("udf-cancel-window")
def test_transport_and_fiber_are_cancelled_up_to_the_due_date(court: Court) -> None:
    """The due date itself is in time; after it, or after completion, there is nothing to cancel."""
    cases = (
        (date(2027, 1, 4), "CONFIRMED", False),
        (date(2027, 1, 3), "JEOPARDY", True),
        (date(2027, 2, 1), "COMPLETED", True),
    )

    for rule, codes in (("udit-cancel-window", {}), ("udf-cancel-window", {"TRANSPORT.NC": "UDF-"})):
        sets = {"ADMIN.SUP": "1", "ADMIN.VER": "02", **codes}
        for due, state, late in cases:
            found = _on_record(court, TRANSPORT, Standing(_FIRST, state=state, due_date=due), sets)
            assert late is (rule in found)


@pytest.mark.trips("asr-supplement-after-close")
@pytest.mark.passes("asr-supplement-after-close")
def test_a_closed_order_is_not_changed(court: Court) -> None:
    """Completed or cancelled, it takes no further version."""
    assert "asr-supplement-after-close" in _on_record(court, TRUNKS_NEW_DATE, Standing(_FIRST, state="COMPLETED"))
    assert "asr-supplement-after-close" not in _on_record(court, TRUNKS_NEW_DATE, Standing(_FIRST, state="CONFIRMED"))


@pytest.mark.trips("asr-due-date-supplement-only")
@pytest.mark.passes("asr-due-date-supplement-only")
def test_a_new_date_changes_nothing_else(court: Court) -> None:
    """SUP 2 leaves everything but the date and what goes with it."""
    standing = Standing(_FIRST, state="CONFIRMED", in_force=court.request(TRUNKS))

    assert [] == _on_record(court, TRUNKS_NEW_DATE, standing)
    assert "asr-due-date-supplement-only" in _on_record(court, TRUNKS_NEW_DATE, standing, {"TRUNKING.TTT": "1"})
