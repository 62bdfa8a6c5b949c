"""Rules on who may apply for collocation and for what: the questionnaire, posted sites, adjacent space."""

from datetime import date

import pytest

from tests.rig.court import Court
from validators.agreement.terms import Agreement
from validators.registers.entry import Dossier, Entry
from validators.registers.onboarding import STEPS, STEPS_DONE, StepDone
from validators.registers.premises import PREMISES, PremisesStanding
from validators.rules.case import PartnerCodes

CAGE = "collocation/caged"
_RULES = ("order-implementation-first", "inv-eligible", "kind-adjacent-needs-exhaust")


def _done(*steps: str) -> Dossier:
    day = date(2020, 1, 1)
    entries = [
        Entry(f"reg-{step}", STEPS_DONE.id, "clec", step, StepDone(states=("ID",), kind="template"), "3.2", day)
        for step in steps
    ]
    return Dossier.of(*entries)


def _listed(*, full: bool, premises: str = "BOISIDMA") -> Dossier:
    standing = PremisesStanding(full=full)
    return Dossier.of(Entry("reg-1", PREMISES.id, None, premises, standing, "8.2.1.13", date(2020, 1, 1)))


def _found(
    court: Court, dossier: Dossier, sets: dict[str, str] | None = None, agreement: Agreement | None = None
) -> list[str]:
    known = PartnerCodes(on_record=True, dossier=dossier)
    judging = court if agreement is None else court.under(agreement)
    found = judging.judged(court.request(CAGE, sets or {}), partner=known).verdict.findings
    return [f"{one.severity} {one.rule} {one.section}" for one in found if one.rule in _RULES]


@pytest.fixture
def tracked(court: Court) -> Agreement:
    """An agreement under which the steps of a partner are tracked."""
    return court.judge.agreements["idaho-2021"].model_copy(update={"id": "template"})


_NEEDED = [
    step.id
    for step in STEPS.values()
    if step.blocks == "orders" or (step.blocks == "products" and "collocation" in step.products)
]


@pytest.mark.trips("order-implementation-first")
@pytest.mark.passes("order-implementation-first")
def test_an_application_comes_after_the_questionnaire(court: Court, tracked: Agreement) -> None:
    """What the questionnaire asks of collocation is among the steps before it; each that is missing is told."""
    missing = "reject order-implementation-first 8.4.1.1"

    assert [] == _found(court, _done("agreement", *_NEEDED), agreement=tracked)
    assert [missing] == _found(
        court, _done("agreement", *(step for step in _NEEDED if step != "trunk-ordering")), agreement=tracked
    )
    assert [missing] * len(_NEEDED) == _found(court, _done("agreement"), agreement=tracked)


def test_implementation_is_not_asked_for_before_the_agreement_or_of_other_requests(
    court: Court, tracked: Agreement
) -> None:
    """Collocation may be ordered before execution (8.4.1.1.1), and a forecast is no application."""
    assert [] == _found(court, _done(), agreement=tracked)
    assert [] == _found(court, _done("agreement"), {"COLLO.KIND": "FORECAST"}, tracked)
    assert [] == _found(court, _done("agreement"))


_POSTED = {"COLLO.KIND": "AVAILABLE-INVENTORY"}


@pytest.mark.trips("inv-eligible")
@pytest.mark.passes("inv-eligible")
def test_a_posted_site_needs_an_agreement(court: Court, tracked: Agreement) -> None:
    """Other space may be applied for without one, a posted site only under it or with the early ordering letter."""
    refused = "reject inv-eligible 8.2.1.33"

    assert [refused] == _found(court, _done(), _POSTED, tracked)
    assert [] == _found(court, _done("agreement", *_NEEDED), _POSTED, tracked)
    assert [] == _found(court, _done(), agreement=tracked)


@pytest.mark.parametrize(("status", "refused"), [("none", 1), ("executed", 1), ("executed-early-ordering", 0)])
def test_the_early_ordering_letter_opens_the_posted_inventory(court: Court, status: str, refused: int) -> None:
    """An executed agreement that is pending approval does not."""
    pending = court.judge.agreements["template"].model_copy(update={"status": status, "kind": "agreement"})

    assert refused == len(_found(court, Dossier.of(), _POSTED, pending))


@pytest.mark.trips("kind-adjacent-needs-exhaust")
@pytest.mark.passes("kind-adjacent-needs-exhaust")
@pytest.mark.parametrize("kind", ["ADJACENT", "ADJACENT-NEW"])
def test_adjacent_space_at_premises_that_are_not_full_is_warned_of(court: Court, kind: str) -> None:
    """Where operators keep the list; a Premises that is full, and a list that nobody keeps, bring no warning."""
    asked, warned = {"COLLO.KIND": kind}, ["warn kind-adjacent-needs-exhaust 8.1.1.6"]

    assert warned == _found(court, _listed(full=True, premises="NAMPIDMA"), asked)
    assert warned == _found(court, _listed(full=False), asked)
    assert [] == _found(court, _listed(full=True), asked)
    assert [] == _found(court, Dossier.of(), asked)
    assert [] == _found(court, _listed(full=False))
