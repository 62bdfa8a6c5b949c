"""Who may order, and under which codes."""

from datetime import date
from typing import Literal

import pytest

from tests.rig.court import LOOP, Court
from validators.agreement.terms import Agreement
from validators.codes import Code
from validators.registers.entry import Dossier, Entry
from validators.registers.onboarding import STEPS_DONE, StepDone
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


CAGE = "collocation/caged"


def _found(court: Court, agreement: Agreement, sets: dict[str, str], partner: PartnerCodes) -> list[str]:
    judged = court.under(agreement).judged(court.request(CAGE, sets), partner=partner)
    return [f"{found.severity} {found.rule}" for found in judged.verdict.findings if found.rule in _EARLY]


_EARLY = ("order-before-execution", "partner-agreement-executed")
_STEP = Entry("reg", STEPS_DONE.id, "clec", "agreement", StepDone(kind="template"), "3.2", date(2020, 1, 1))


@pytest.mark.trips("order-before-execution")
@pytest.mark.passes("order-before-execution")
def test_collocation_may_be_ordered_before_the_agreement_is_executed(court: Court) -> None:
    """It is taken with a warning; what else is asked for by application waits for the agreement (8.4.1.1.1)."""
    none, approved = _with_status(court, "none"), _with_status(court, "approved")
    known = PartnerCodes(on_record=True)

    assert ["warn order-before-execution"] == _found(court, none, {}, known)
    assert [] == _found(court, approved, {}, known)
    assert ["reject partner-agreement-executed"] == _found(court, none, {"COLLO.KIND": "POLE"}, known)


def test_where_steps_are_tracked_the_agreement_is_one_of_them(court: Court) -> None:
    """A partner whose agreement is not on record as done is warned; one with it, or that nobody knows, is not."""
    tracked = court.judge.agreements["idaho-2021"].model_copy(update={"id": "template"})
    without, done = PartnerCodes(on_record=True), PartnerCodes(on_record=True, dossier=Dossier.of(_STEP))

    assert ["warn order-before-execution"] == _found(court, tracked, {}, without)
    assert ([], []) == (_found(court, tracked, {}, done), _found(court, tracked, {}, PartnerCodes()))
