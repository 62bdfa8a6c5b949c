"""What a CLEC does before it orders, step by step, and which products are open to it (section 3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final, Literal

from pydantic import Field

from validators.agreement.strict import Strict
from validators.registers.entry import Dossier, Register

Blocks = Literal["orders", "products", "nothing"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Attributes:
        id: its name, the key of its entry.
        entry: the catalogue entry that asks for it.
        section: what it rests on.
        name: what is to be done, in a few words.
        blocks: every order while it is open, the orders of `products`, or none.
        products: product ids that wait for it.
    """

    id: str
    entry: str
    section: str
    name: str
    blocks: Blocks
    products: frozenset[str] = frozenset()


class StepDone(Strict):
    """That a step is done, since the entry's valid_from."""

    states: tuple[str, ...] = Field((), description="States that it holds for, as ID; for the state certification.")
    reference: str | None = Field(None, description="Number or address of what shows it, or the contact that it names.")
    kind: Literal["template", "opt-in", "negotiated", "tariff"] | None = Field(
        None, description="How the agreement came about; an opted-in one keeps the expiry of the original."
    )


class ProductEnabled(Strict):
    """That a product is open to a partner."""

    questionnaire_on: date | None = Field(None, description="Day on which its questionnaire was complete.")
    amendment: str | None = Field(None, description="Amendment of the agreement, where the product needed one.")


STEPS_DONE: Final = Register(
    "onboarding",
    "3.2",
    StepDone,
    "Steps that a partner has done before it orders; `oss-gateway partner steps` lists those that are missing.",
    keyed_by="step",
    concerns="partner",
)
PRODUCTS: Final = Register(
    "products-enabled",
    "3.2.2",
    ProductEnabled,
    "Products that a partner may order: questionnaire complete, agreement amended where that was needed.",
    keyed_by="product id, or all",
    concerns="partner",
)

ALL_PRODUCTS: Final = "all"
REGISTERS: Final = (STEPS_DONE, PRODUCTS)

_LOOPS: Final = frozenset(
    {
        *("loop-2w-analog", "loop-4w-analog", "loop-2w-nonloaded", "loop-4w-nonloaded", "loop-isdn", "loop-xdsl-i"),
        *("loop-ds0", "loop-ds1", "loop-ds3", "loop-lnp"),
    }
)
_TRUNKS: Final = frozenset({"lis"})
_QUESTIONNAIRE: Final = "questionnaire-first-part-before-orders"


def _part(step: str, name: str) -> Step:
    return Step(step, _QUESTIONNAIRE, "3.2", f"questionnaire: {name}", "orders")


def _combination(
    prefix: str, product: str, entries: tuple[str, str, str, str], sections: tuple[str, ...]
) -> list[Step]:
    names = ("product questionnaire", "billing account number", "rates loaded", "notification by the account team")
    ids = ("questionnaire", "ban", "rates", "go")
    return [
        Step(f"{prefix}-{step}", entry, section, f"{product}: {name}", "products", frozenset({product}))
        for step, entry, section, name in zip(ids, entries, sections, names, strict=True)
    ]


_ALL: Final = (
    Step("checklist", "onboard-checklist", "Getting Started V42.0 Step 1", "checklist begun", "nothing"),
    Step(
        "state-certification",
        "onboard-state-certification",
        "Getting Started V42.0 Step 2",
        "certification by the state commission",
        "orders",
    ),
    Step("agreement", "onboard-agreement-path", "Getting Started V42.0 Step 3", "agreement and its origin", "nothing"),
    Step(
        "customer-questionnaire",
        "onboard-customer-questionnaire",
        "Getting Started V42.0 Step 4",
        "customer questionnaire handed in",
        "orders",
    ),
    _part("general-information", "general information, billing and collection"),
    _part("credit-information", "credit information"),
    _part("billing-information", "billing information"),
    _part("summary-billing", "summary billing"),
    _part("outage-contacts", "contacts for OSS and network outages"),
    _part("administration-contacts", "system administration contacts"),
    Step("trunk-ordering", _QUESTIONNAIRE, "3.2", "questionnaire: ordering of LIS trunks and collocation", "products",
         _TRUNKS | {"collocation"}),
    Step("design-layout", _QUESTIONNAIRE, "3.2", "questionnaire: design layout requests", "products", _TRUNKS | _LOOPS),
    Step("questionnaire-rest", "questionnaire-remainder-two-weeks", "3.2.1", "rest of the questionnaire", "nothing"),
    Step("codes-hours-and-contacts", "questionnaire-data-kept", "3.2.1", "codes, hours, holidays, contacts", "nothing"),
    Step("insurance", "insurance-evidence-first", "5.6.2", "evidence of insurance", "nothing"),
    Step("test-results-address", "test-results-address-field", "9.2.2.9.2.2", "address for test results", "nothing"),
    Step("eel-contacts", "eel-contact-points", "9.23.5.7", "contacts for combinations", "nothing"),
    Step("agent", "customer-of-record-agent", "9.24.7.1", "agent that may order for it, if any", "nothing"),
    Step("repair-center", "repair-center-contacts", "12.3.3.3", "repair center and trouble number", "nothing"),
    Step("lis-contacts", "lis-poc", "7.2.2.8.15", "contacts for planning and servicing of trunks", "nothing"),
    Step("interface-questionnaire", "implementation-starts-with-questionnaire", "12.2.7.1",
         "questionnaire of the interface", "nothing"),
    *_combination(
        "eel",
        "eel",
        ("combo-onboarding-questionnaire", "combo-onboarding-ban", "combo-onboarding-rate-load", "combo-onboarding-go"),
        ("9.23.5.1.3", "9.23.5.1.4", "9.23.5.1.5", "9.23.5.1.6"),
    ),
    *_combination(
        "lmc",
        "lmc",
        ("lmc-onboarding",) * 4,
        ("9.25.4.1.1", "9.25.4.1.2", "9.25.4.1.3", "9.25.4.1.4"),
    ),
    Step(
        "npac-certification",
        "lnp-npac-certification",
        "10.2.3.1",
        "NPAC user agreements, SOA and LSMS certified",
        "products",
        frozenset({"lnp", "loop-lnp"}),
    ),
)  # fmt: skip

STEPS: Final = MappingProxyType({step.id: step for step in _ALL})
"""Every step by its id, in the order in which they are taken."""


def missing_steps(dossier: Dossier, state: str, day: date) -> Iterator[Step]:
    """Give the steps that are not on record as done on `day`; a certification counts for the states that it names."""
    for step in STEPS.values():
        done = list(dossier.in_force(STEPS_DONE, day, step.id))
        if step.id == "state-certification":
            done = [entry for entry in done if state in entry.data.states]
        if not done:
            yield step


def product_enabled(dossier: Dossier, product: str, day: date) -> bool:
    """Say whether a product is open to the partner on `day`."""
    return any(True for key in (product, ALL_PRODUCTS) for _ in dossier.in_force(PRODUCTS, day, key))
