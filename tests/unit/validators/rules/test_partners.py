"""Who may order, and under which codes."""

from typing import Literal

import pytest

from tests.rig.court import LOOP, Court
from validators.agreement.terms import Agreement
from validators.codes import Code
from validators.rules.case import PartnerCodes

Status = Literal["none", "executed", "executed-early-ordering", "approved", "holdover", "test"]


def _with_status(court: Court, status: Status) -> Agreement:
    return court.judge.agreements["template"].model_copy(update={"status": status})


@pytest.mark.trips("partner-agreement-executed")
@pytest.mark.parametrize("status", ["none", "executed"])
def test_no_order_before_the_agreement_admits_it(court: Court, status: Status) -> None:
    """An agreement that is not approved, nor ordered under early, admits no order (3.1)."""
    findings = court.under(_with_status(court, status)).findings(LOOP)

    assert [("partner-agreement-executed", "3.1")] == [(found.rule, found.section) for found in findings]


@pytest.mark.passes("partner-agreement-executed")
@pytest.mark.parametrize("status", ["executed-early-ordering", "approved", "holdover"])
def test_the_end_of_the_term_is_no_ground_of_rejection(court: Court, status: Status) -> None:
    """An agreement in holdover admits orders like one in its term (5.2.2)."""
    assert () == court.under(_with_status(court, status)).findings(LOOP)


@pytest.mark.trips("company-codes-of-partner")
def test_a_stranger_s_codes_are_refused(court: Court) -> None:
    """CCNA and CC of another carrier are each told, with the codes that the partner has."""
    judgement = court.judged(court.message(LOOP), partner=PartnerCodes(ccna=("ABC", "ABD"), cc=("1234",)))

    assert [
        (Code.NOT_OWN_CODE, "/LocalServiceRequest/LSR/CCNA", "ZQF"),
        (Code.NOT_OWN_CODE, "/LocalServiceRequest/LSR/CC", "9Z7A"),
    ] == [(found.code, found.path, found.value) for found in judgement.verdict.findings]
    assert "ABC or ABD" in judgement.verdict.findings[0].cure


@pytest.mark.passes("company-codes-of-partner")
def test_own_codes_pass(court: Court) -> None:
    """A partner that uses its own codes is heard."""
    partner = PartnerCodes.of({"ccna": ["ZQF"], "cc": ["9Z7A"], "acna": ["ZQF"]})

    assert () == court.judged(court.message(LOOP), partner=partner).verdict.findings


def test_codes_that_were_never_given_are_not_checked() -> None:
    """A partner without codes on record may use any."""
    assert PartnerCodes(on_record=True) == PartnerCodes.of({"acna": ["ZQF"]})


@pytest.mark.upholds("onboard-early-ordering-letter")
@pytest.mark.parametrize(
    ("status", "admitted"),
    [("none", False), ("executed", False), ("executed-early-ordering", True), ("approved", True)],
)
def test_before_approval_orders_come_only_under_the_letter(court: Court, status: str, *, admitted: bool) -> None:
    """While approval is pending, an executed agreement admits orders with the early ordering letter alone."""
    template = court.judge.agreements["template"]
    pending = court.under(template.model_copy(update={"status": status, "kind": "agreement"}))

    assert admitted is (pending.findings(LOOP) == ())
