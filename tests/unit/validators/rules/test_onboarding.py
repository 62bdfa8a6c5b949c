"""What a CLEC must have done before it orders, where the agreement tracks it."""

from typing import Any

import pytest

from tests.rig.court import DISCONNECT, LOOP, NEW_DATE, PORT, Court
from tests.rig.register_entries import entry, partner_with, steps_done
from validators.registers.entry import Entry
from validators.registers.onboarding import STEPS
from validators.rules.case import PartnerCodes
from validators.rules.onboarding import RULES

OURS = frozenset(rule.id for rule in RULES)
EEL = {"LSR.REQTYP": "PB", "LSR.NC": "HC--", "LSR.REMARKS": "CERTIFIED"}
LMC = {"LSR.REQTYP": "PB", "LSR.NC": "LX--"}


def told(
    court: Court,
    partner: PartnerCodes,
    name: str = LOOP,
    sets: dict[str, str] | None = None,
    agreement: str = "idaho-2021",
) -> list[str]:
    """Give the rules of onboarding that find something in a message."""
    judged = court.judged(court.message(name, sets), agreement=agreement, partner=partner)
    return [finding.rule for finding in judged.verdict.findings if finding.rule in OURS]


@pytest.mark.trips("onboard-state-certification")
@pytest.mark.trips("onboard-customer-questionnaire")
@pytest.mark.trips("questionnaire-first-part-before-orders")
@pytest.mark.trips("new-product-needs-questionnaire-and-amendment")
@pytest.mark.passes("onboard-state-certification")
@pytest.mark.passes("onboard-customer-questionnaire")
@pytest.mark.passes("questionnaire-first-part-before-orders")
@pytest.mark.passes("new-product-needs-questionnaire-and-amendment")
def test_a_new_partner_is_told_every_step_that_is_missing(court: Court) -> None:
    """Seven parts of the questionnaire for a loop, the certification, the product; none once all is on record."""
    rules = told(court, partner_with())

    assert 7 == rules.count("questionnaire-first-part-before-orders")
    assert {
        "onboard-state-certification",
        "onboard-customer-questionnaire",
        "questionnaire-first-part-before-orders",
        "new-product-needs-questionnaire-and-amendment",
    } == set(rules)
    assert [] == told(court, partner_with(*steps_done()))


@pytest.mark.parametrize(
    ("step", "name", "sets", "rule"),
    [
        pytest.param("npac-certification", PORT, {}, "lnp-npac-certification",
                     marks=[pytest.mark.trips("lnp-npac-certification")]),
        pytest.param("npac-certification", LOOP, {}, None),
        pytest.param("design-layout", LOOP, {}, "questionnaire-first-part-before-orders"),
        pytest.param("design-layout", PORT, {}, None, marks=[pytest.mark.passes("lnp-npac-certification")]),
        pytest.param("trunk-ordering", LOOP, {}, None),
        pytest.param("eel-questionnaire", LOOP, EEL, "combo-onboarding-questionnaire",
                     marks=[pytest.mark.trips("combo-onboarding-questionnaire"),
                            pytest.mark.passes("combo-onboarding-ban")]),
        pytest.param("eel-ban", LOOP, EEL, "combo-onboarding-ban",
                     marks=[pytest.mark.trips("combo-onboarding-ban"), pytest.mark.passes("combo-onboarding-go")]),
        pytest.param("eel-go", LOOP, EEL, "combo-onboarding-go",
                     marks=[pytest.mark.trips("combo-onboarding-go"),
                            pytest.mark.passes("combo-onboarding-questionnaire")]),
        pytest.param("eel-go", LOOP, LMC, None, marks=pytest.mark.passes("lmc-onboarding")),
        pytest.param("lmc-go", LOOP, LMC, "lmc-onboarding", marks=pytest.mark.trips("lmc-onboarding")),
    ],
)  # fmt: skip
def test_a_missing_step_blocks_the_orders_that_wait_for_it(
    court: Court, step: str, name: str, sets: dict[str, str], rule: str | None
) -> None:
    """And no others; the reject names the step with its section."""
    partner = partner_with(*steps_done(step))
    judged = court.judged(court.message(name, sets), agreement="idaho-2021", partner=partner)
    found = [finding for finding in judged.verdict.findings if finding.rule in OURS]

    assert ([] if rule is None else [rule]) == [finding.rule for finding in found]
    assert [] == [f.text for f in found if f"{STEPS[step].name} ({STEPS[step].section})" not in f.text]


def test_a_certification_counts_for_its_states(court: Court) -> None:
    """Washington's certification does not open Idaho."""
    elsewhere = entry("onboarding", key="state-certification", states=["WA"])

    assert ["onboard-state-certification"] == told(court, partner_with(elsewhere, *steps_done("state-certification")))


@pytest.mark.parametrize("products", [["loop-2w-analog"], ["all"]])
def test_a_product_is_open_by_its_name_or_with_all_of_them(court: Court, products: list[str]) -> None:
    """Another product's entry opens nothing."""
    *steps, _ = steps_done()
    enabled: list[Entry[Any]] = [entry("products-enabled", key=product) for product in products]

    assert [] == told(court, partner_with(*steps, *enabled))
    assert ["new-product-needs-questionnaire-and-amendment"] == told(
        court, partner_with(*steps, entry("products-enabled", key="lnp"))
    )


def test_supplements_and_disconnects_wait_for_no_product(court: Court) -> None:
    """What is there may be given up and re-dated."""
    assert [] == told(court, partner_with(), NEW_DATE)
    *steps, _ = steps_done()
    assert [] == told(court, partner_with(*steps), DISCONNECT)


def test_nothing_is_asked_where_it_is_assumed_or_nobody_knows_the_sender(court: Court) -> None:
    """The template assumes all to be done; a document that is judged by itself has no sender."""
    assert [] == told(court, partner_with(), agreement="template")
    assert [] == told(court, PartnerCodes())


@pytest.mark.trips("onboard-ready-to-order")
@pytest.mark.passes("onboard-ready-to-order")
@pytest.mark.parametrize("name", [LOOP, DISCONNECT, NEW_DATE])
def test_nothing_is_taken_from_a_partner_that_is_not_active(court: Court, name: str) -> None:
    """Whatever it sends, and under whichever agreement."""
    assert ["onboard-ready-to-order"] == told(court, partner_with(active=False), name, agreement="template")
    assert [] == told(court, partner_with(), name, agreement="template")


@pytest.mark.upholds("onboard-checklist")
@pytest.mark.upholds("onboard-agreement-path")
@pytest.mark.upholds("questionnaire-data-kept")
@pytest.mark.upholds("insurance-evidence-first")
@pytest.mark.upholds("test-results-address-field")
@pytest.mark.upholds("eel-contact-points")
@pytest.mark.upholds("customer-of-record-agent")
@pytest.mark.upholds("implementation-starts-with-questionnaire")
@pytest.mark.upholds("repair-center-contacts")
@pytest.mark.upholds("lis-poc")
def test_steps_that_only_inform_are_kept_and_block_nothing(court: Court) -> None:
    """They stand on the checklist, each with the entry of the catalogue that asks for it."""
    informing = [step for step in STEPS.values() if step.blocks == "nothing"]

    assert {
        *(
            "onboard-checklist",
            "onboard-agreement-path",
            "questionnaire-remainder-two-weeks",
            "questionnaire-data-kept",
        ),
        *("insurance-evidence-first", "test-results-address-field", "eel-contact-points", "customer-of-record-agent"),
        *("implementation-starts-with-questionnaire", "repair-center-contacts", "lis-poc"),
    } == {step.entry for step in informing}
    assert [] == told(court, partner_with(*steps_done(*(step.id for step in informing))))
    kind = entry("onboarding", key="agreement", kind="opt-in", reference="expires 2027-01-01")
    assert "opt-in" == kind.data.kind
