"""A message among the versions of its PON."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from tests.rig.court import CANCEL, LOOP, MOUNTAIN, NEW_DATE, Court
from validators.rules.case import EarlierVersion, Standing
from validators.verdict import Outcome, Severity

LSR = "/LocalServiceRequest/LSR"
WEDNESDAY = datetime(2026, 3, 4, 14, 15, tzinfo=MOUNTAIN)


def _after(*versions: str, outcome: Outcome = Outcome.ACCEPTED, state: str = "CONFIRMED") -> Standing:
    return Standing(
        versions=tuple(EarlierVersion(ver, f"digest of {ver}", outcome) for ver in versions),
        state=state,
        due_date=date(2026, 3, 9),
        desired_due_date=date(2026, 3, 9),
    )


@pytest.mark.trips("pon-version-duplicate")
@pytest.mark.parametrize("ver", ["01", "1"])
def test_other_content_under_a_used_version_is_a_duplicate_and_nothing_else(court: Court, ver: str) -> None:
    """PON and VER name one document for ever; the next free version is told."""
    findings = court.on_record(court.message(LOOP, {"LSR.VER": ver}), _after("01", "02"))

    assert [("pon-version-duplicate", f"{LSR}/VER", (f"{LSR}/PON",))] == [(f.rule, f.path, f.also) for f in findings]
    assert "VER 03" in findings[0].cure


@pytest.mark.passes("pon-version-duplicate")
@pytest.mark.passes("version-order")
@pytest.mark.passes("supplement-without-order")
@pytest.mark.passes("supplement-type-required")
@pytest.mark.passes("supplement-after-close")
@pytest.mark.parametrize("ver", ["00", "01"])
def test_a_first_issue_is_00_or_01(court: Court, ver: str) -> None:
    """Nothing is on record, and the request begins as providers have it begin."""
    assert [] == court.on_record(court.message(LOOP, {"LSR.VER": ver}), Standing())


@pytest.mark.trips("version-order")
@pytest.mark.parametrize(("known", "ver"), [((), "02"), (("01",), "03"), (("01", "02"), "05"), (("01",), "AA")])
def test_a_version_that_does_not_follow_is_refused(court: Court, known: tuple[str, ...], ver: str) -> None:
    """A gap is refused, at the beginning too, and so is a version that is no number."""
    message = court.message(LOOP, {"LSR.VER": ver} | ({"LSR.SUP": "3"} if known else {}))

    assert ["version-order"] == [f.rule for f in court.on_record(message, _after(*known) if known else Standing())]


@pytest.mark.passes("version-order")
def test_the_next_version_follows_even_after_a_reject(court: Court) -> None:
    """A rejected version was received: the one after it is one higher."""
    message = court.message(LOOP, {"LSR.VER": "02", "LSR.SUP": "3"})

    assert [] == court.on_record(message, _after("01", outcome=Outcome.REJECTED, state="REJECTED"))


@pytest.mark.trips("supplement-type-required")
def test_a_version_after_an_accepted_one_says_what_it_does(court: Court) -> None:
    """Without SUP nobody knows what the new version changes."""
    findings = court.on_record(court.message(LOOP, {"LSR.VER": "02"}), _after("01"))

    assert [("supplement-type-required", f"{LSR}/SUP")] == [(f.rule, f.path) for f in findings]


@pytest.mark.passes("supplement-type-required")
def test_after_rejects_alone_a_new_version_may_come_without_sup(court: Court) -> None:
    """A rejected request is cured by a new version; the clause asks for nothing more (9.2.4.3.1.2.2)."""
    standing = _after("01", outcome=Outcome.REJECTED, state="REJECTED")

    assert [] == court.on_record(court.message(LOOP, {"LSR.VER": "02"}), standing)


@pytest.mark.trips("supplement-without-order")
def test_a_supplement_to_nothing_is_refused(court: Court) -> None:
    """SUP on a first issue supplements nothing."""
    findings = court.on_record(court.message(LOOP, {"LSR.SUP": "3"}), Standing())

    assert [("supplement-without-order", f"{LSR}/SUP", "3")] == [(f.rule, f.path, f.value) for f in findings]


@pytest.mark.trips("cancel-window-une")
@pytest.mark.parametrize("state", ["COMPLETED", "BILLED", "CANCELLED"])
def test_nothing_is_left_to_cancel_after_completion(court: Court, state: str) -> None:
    """After completion a cancellation is refused: a new request with ACT D is needed (9.1.12)."""
    findings = court.on_record(court.message(CANCEL), _after("01", state=state))

    assert [("cancel-window-une", "9.1.12")] == [(f.rule, f.section) for f in findings]
    assert "ACT D" in findings[0].cure


@pytest.mark.passes("cancel-window-une")
@pytest.mark.parametrize("state", ["ACCEPTED", "CONFIRMED", "JEOPARDY", "PENDING_FACILITIES"])
def test_a_pending_order_may_be_cancelled(court: Court, state: str) -> None:
    """Until its service is available an order can be cancelled."""
    assert [] == court.on_record(court.message(CANCEL), _after("01", state=state))


@pytest.mark.trips("supplement-after-close")
@pytest.mark.parametrize("desired", ["03-12-2026", "03-04-2026"], ids=["a lawful date", "too early a date"])
@pytest.mark.parametrize(
    ("state", "possible"), [("COMPLETED", "ACT C"), ("BILLED", "ACT D ends"), ("CANCELLED", "nothing came of")]
)
def test_a_closed_order_takes_no_supplement(court: Court, state: str, possible: str, desired: str) -> None:
    """What is over is not changed any more; the state and what is still possible are told, and nothing else."""
    findings = court.on_record(court.message(NEW_DATE, {"LSR.DDD": desired}), _after("01", state=state), WEDNESDAY)

    assert ["supplement-after-close"] == [f.rule for f in findings]
    assert state.lower() in findings[0].text
    assert possible in findings[0].cure


@pytest.mark.passes("supplement-after-close")
def test_a_confirmed_order_takes_a_supplement(court: Court) -> None:
    """The sample supplement moves a confirmed order to a later date."""
    assert [] == court.on_record(court.message(NEW_DATE), _after("01"), WEDNESDAY)


@pytest.mark.trips("due-date-supplement-only")
def test_a_supplement_of_the_date_changes_nothing_else(court: Court) -> None:
    """Every field that differs is told with what it was: changed, added and left out."""
    standing = replace(_after("01"), in_force=court.message(LOOP))
    message = court.message(NEW_DATE, {"EU.LCON": "A STRANGER", "LSR.ALT IMPCON": "B STRANGER"}, ["LS.NIDR"])

    findings = court.on_record(message, standing, WEDNESDAY)

    assert {
        (f"{LSR}/ALT_IMPCON", "B STRANGER"),
        ("/LocalServiceRequest/EU/LCON", "A STRANGER"),
        ("/LocalServiceRequest/LS/DETAILS/DETAIL/NIDR", None),
    } == {(f.path, f.value) for f in findings}
    assert {"due-date-supplement-only"} == {f.rule for f in findings}


@pytest.mark.passes("due-date-supplement-only")
def test_the_date_and_what_goes_with_it_may_change(court: Court) -> None:
    """Due date, appointment, expedite and remarks go together."""
    standing = replace(_after("01"), in_force=court.message(LOOP))
    message = court.message(NEW_DATE, {"LSR.APPTIME": "0100PM-0500PM", "LSR.REMARKS": "END USER ASKS", "LSR.EXP": "Y"})

    assert [] == court.on_record(message, standing, WEDNESDAY)


@pytest.mark.trips("expedite-what-counts")
def test_moving_a_pending_order_forward_needs_the_expedite(court: Court) -> None:
    """A date before the one that is set is an expedite, and the earliest plain date is told (9.1.12)."""
    findings = court.on_record(court.message(NEW_DATE, {"LSR.DDD": "03-06-2026"}), _after("01"), WEDNESDAY)

    assert [("expedite-what-counts", "9.1.12", "03-06-2026")] == [(f.rule, f.section, f.value) for f in findings]
    assert "03-09-2026" in findings[0].cure


@pytest.mark.trips("expedite-what-counts")
def test_a_version_that_cures_a_reject_counts_from_its_own_receipt(court: Court) -> None:
    """After a reject no date is set: the interval runs from the new version (9.2.4.3.1.2.2)."""
    message = court.message(LOOP, {"LSR.VER": "02", "LSR.SUP": "3"})

    findings = court.on_record(message, _after("01", state="REJECTED"), WEDNESDAY)

    assert [("expedite-what-counts", "03-09-2026")] == [(f.rule, f.value) for f in findings]
    assert "03-11-2026" in findings[0].cure


@pytest.mark.passes("expedite-what-counts")
def test_another_change_may_keep_the_date_that_is_set(court: Court) -> None:
    """Whether a change makes an expedite necessary is not for the gateway to say while the date stays."""
    message = court.message(LOOP, {"LSR.VER": "02", "LSR.SUP": "3", "EU.LCON": "A NEIGHBOUR"})

    assert [] == court.on_record(message, _after("01"), WEDNESDAY)


@pytest.mark.passes("expedite-what-counts")
@pytest.mark.parametrize(
    "sets", [{"LSR.DDD": "03-10-2026"}, {"LSR.DDD": "03-06-2026", "LSR.EXP": "Y"}], ids=["later", "expedited"]
)
def test_a_later_date_or_an_expedite_moves_a_pending_order(court: Court, sets: dict[str, str]) -> None:
    """Later than the date that is set is lawful inside the interval too."""
    assert [] == court.on_record(court.message(NEW_DATE, sets), _after("01"), WEDNESDAY)


@pytest.mark.trips("lsr-number-of-order")
def test_a_first_issue_has_no_number_of_the_ilec(court: Court) -> None:
    """LSR NO on a first issue is told, and rejects nothing: PON names the order."""
    findings = court.on_record(court.message(LOOP, {"LSR.LSR NO": "LSR900000001"}), Standing())

    assert [("lsr-number-of-order", Severity.WARN, f"{LSR}/LSR_NO")] == [(f.rule, f.severity, f.path) for f in findings]


@pytest.mark.trips("lsr-number-of-order")
@pytest.mark.passes("lsr-number-of-order")
@pytest.mark.parametrize(("number", "told"), [("LSR900000001", False), (None, False), ("LSR26000007", True)])
def test_the_number_on_a_supplement_is_that_of_its_order(court: Court, number: str | None, *, told: bool) -> None:
    """Another number than the order's is told; where the order's is not known, none is."""
    findings = court.on_record(court.message(NEW_DATE), replace(_after("01"), number=number), WEDNESDAY)
    court.on_record(court.message(NEW_DATE), _after("01"), WEDNESDAY)
    court.on_record(court.message(NEW_DATE), replace(_after("01"), number="LSR26000007"), WEDNESDAY)

    assert told is any(found.rule == "lsr-number-of-order" for found in findings)


@pytest.mark.passes("due-date-supplement-only")
def test_a_number_written_with_hyphens_is_not_changed(court: Court) -> None:
    """SUP 2 may write a telephone number in the other way."""
    before = court.message(NEW_DATE, {"LSR.VER": "01"}, ["LSR.SUP"])
    message = court.message(NEW_DATE, {"LSR.TEL NO (INIT)": "208-555-0101"})

    assert [] == court.on_record(message, replace(_after("01"), in_force=before), WEDNESDAY)
