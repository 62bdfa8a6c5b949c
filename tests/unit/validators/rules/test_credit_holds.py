"""A partner that does not pay: what stops, from when, and what does not (5.4)."""

from datetime import date, datetime
from typing import Any

import pytest

from tests.rig.court import CANCEL, DISCONNECT, LOOP, MOUNTAIN, NEW_DATE, Court
from tests.rig.register_entries import entry, partner_with
from validators.registers.credit import CreditHold, Dispute, credit_dates, dispute_doubts
from validators.registers.given import EntryInvalid

UNPAID = {"ground": "unpaid", "invoiced_on": "2026-01-05"}
NOTICED = {"notice_delivered_on": "2026-03-02", "notice_by": "certified mail"}


def refused(court: Court, day: tuple[int, int, int], name: str = LOOP, **hold: Any) -> bool:
    """Say whether a message of that day is refused for a hold."""
    received = datetime(*day, 9, 30, tzinfo=MOUNTAIN)
    judged = court.judged(court.message(name), received=received, partner=partner_with(entry("credit-holds", **hold)))
    return "credit-hold-reject" in {finding.rule for finding in judged.verdict.findings}


@pytest.mark.trips("credit-hold-reject")
@pytest.mark.passes("credit-hold-reject")
@pytest.mark.upholds("credit-stop-orders-not-before")
@pytest.mark.upholds("credit-stop-notice-ten-business-days")
def test_a_hold_waits_for_the_days_of_grace_and_for_the_notice(court: Court) -> None:
    """Due 4 February, so not before 7 March; a notice of 2 March runs until 16 March; without one nothing stops."""
    noticed_early = UNPAID | {"notice_delivered_on": "2026-02-02", "notice_by": "e-mail"}

    assert [False, True] == [refused(court, (2026, 3, day), **noticed_early) for day in (6, 7)]
    assert [False, True] == [refused(court, (2026, 3, day), **UNPAID, **NOTICED) for day in (15, 16)]
    assert not refused(court, (2026, 12, 1), **UNPAID)


def test_what_a_hold_does_not_stop(court: Court) -> None:
    """Disconnects, a new date and a cancellation of what is on order are taken."""
    later = (2026, 6, 1)

    assert [True, False, False, False] == [
        refused(court, later, name, **UNPAID, **NOTICED) for name in (LOOP, DISCONNECT, NEW_DATE, CANCEL)
    ]


@pytest.mark.upholds("deposit-thirty-days-or-stop")
def test_a_deposit_has_its_thirty_days_and_needs_the_notice(court: Court) -> None:
    """Demanded on 2 February it is due on 4 March; orders stop after that and after the notice (5.4.5, 5.4.7)."""
    demanded = {"ground": "deposit", "demanded_on": "2026-02-02"}
    noticed = demanded | {"notice_delivered_on": "2026-02-10", "notice_by": "personal delivery"}

    assert [False, True] == [refused(court, (2026, 3, day), **noticed) for day in (4, 5)]
    assert not refused(court, (2026, 6, 1), **demanded)


@pytest.mark.upholds("payment-due-thirty-days")
@pytest.mark.upholds("payment-due-date-roll")
@pytest.mark.parametrize(
    ("invoiced", "due"),
    [
        (date(2026, 1, 5), date(2026, 2, 4)),
        (date(2026, 1, 2), date(2026, 2, 2)),
        (date(2026, 1, 8), date(2026, 2, 6)),
        (date(2026, 4, 25), date(2026, 5, 26)),
        (date(2026, 10, 27), date(2026, 11, 25)),
        (date(2026, 4, 24), date(2026, 5, 26)),
    ],
    ids=["a Wednesday", "from Sunday on", "from Saturday back", "Memorial Day on", "Thanksgiving back",
         "from a Sunday over Memorial Day"],
)  # fmt: skip
def test_a_payment_is_due_after_thirty_days_or_beside_them(court: Court, invoiced: date, due: date) -> None:
    """Sundays and Monday holidays move it on, Saturdays and other holidays back (5.4.1)."""
    agreement = court.judge.agreements["idaho-2021"]
    assert agreement.credit is not None

    assert due == agreement.credit.payment_due(invoiced, agreement.calendar)


@pytest.mark.upholds("credit-disconnect-sixty-days")
@pytest.mark.upholds("credit-disconnect-notice-ten-business-days")
@pytest.mark.upholds("deposit-cap")
def test_the_dates_of_a_hold_are_told_with_what_is_doubtful(court: Court) -> None:
    """Stop and disconnection after 30 and 60 Days, neither without notice; a deposit has its cap (5.4.3, 5.4.7)."""
    agreement = court.judge.agreements["idaho-2021"]
    assert agreement.credit is not None
    bare = credit_dates(CreditHold.model_validate(UNPAID), agreement.credit, agreement.calendar)
    full = credit_dates(CreditHold.model_validate(UNPAID | NOTICED), agreement.credit, agreement.calendar)
    late = {"notice_delivered_on": "2026-04-01", "notice_by": "e-mail"}
    much = CreditHold.model_validate(
        {"ground": "deposit", "demanded_on": "2026-02-02", "amount": 6_000_000, "monthly_charges": 100_000} | NOTICED
    )
    doubts = credit_dates(much, agreement.credit, agreement.calendar).doubts

    assert (date(2026, 2, 4), None, None) == (bare.due, bare.stops, bare.disconnects)
    assert "no written notice" in bare.doubts[0]
    assert (date(2026, 3, 16), date(2026, 4, 6)) == (full.stops, full.disconnects)
    noticed_late = credit_dates(CreditHold.model_validate(UNPAID | late), agreement.credit, agreement.calendar)
    assert date(2026, 4, 15) == noticed_late.disconnects
    assert [True, True] == ["$5,000,000" in doubts[0], "2 months" in doubts[1]]


@pytest.mark.upholds("formal-notice-channel")
@pytest.mark.parametrize(
    "wrong",
    [
        {"notice_delivered_on": "2026-03-02"},
        {"notice_by": "e-mail"},
        {"notice_delivered_on": "2026-03-02", "notice_by": "telephone"},
        {"demanded_on": "2026-03-02"},
    ],
)
def test_a_notice_has_its_day_and_one_of_the_ways_of_the_agreement(wrong: dict[str, str]) -> None:
    """A notice by another way starts nothing: it cannot be entered (5.21.1)."""
    with pytest.raises(EntryInvalid):
        entry("credit-holds", **{**UNPAID, **wrong})


@pytest.mark.upholds("dispute-notice-fifteen-days")
@pytest.mark.upholds("dispute-sixty-days-retroactive")
@pytest.mark.parametrize(
    ("disputed", "sections"),
    [("2026-02-19", []), ("2026-02-20", ["5.4.4"]), ("2026-03-06", ["5.4.4"]), ("2026-03-07", ["5.4.4", "5.4.4.3"])],
)
def test_a_late_dispute_is_shown_to_a_person(court: Court, disputed: str, sections: list[str]) -> None:
    """Fifteen Days after the payment due date, sixty after the invoice; both days are still in time."""
    agreement = court.judge.agreements["idaho-2021"]
    assert agreement.credit is not None
    dispute = Dispute.model_validate(
        {"invoiced_on": "2026-01-05", "disputed_on": disputed, "amount": 10, "reason": "billed twice"}
    )

    doubts = dispute_doubts(dispute, agreement.credit, agreement.calendar)

    assert sections == [doubt.rpartition("(")[2].rstrip(")") for doubt in doubts]
