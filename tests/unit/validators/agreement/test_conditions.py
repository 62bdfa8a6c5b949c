"""Which conditions of the clocks hold for an order."""

from datetime import date

import pytest

from validators.agreement.clock_terms import Condition
from validators.agreement.conditions import conditions_of
from validators.agreement.terms import Agreement

APPLIED = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("product", "facts", "conditions"),
    [
        ("loop-2w-nonloaded", {"quantity": 24}, set()),
        ("loop-2w-nonloaded", {"quantity": 25}, {Condition.INDIVIDUAL_CASE}),
        ("nid", {"quantity": 500}, set()),
        (None, {"quantity": 500}, set()),
        ("loop-ds1", {"quantity": 1, "project": True}, {Condition.PROJECT}),
        ("loop-isdn", {"quantity": 1, "conditioning_approved": True}, {Condition.CONDITIONING_APPROVED}),
        ("loop-isdn", {"quantity": 1, "desired_due_date": date(2026, 12, 15)}, set()),
        ("loop-isdn", {"quantity": 1, "desired_due_date": date(2026, 12, 16)}, {Condition.LATER_DATE_DESIRED}),
        ("loop-ds1", {"quantity": 1, "desired_due_date": date(2027, 12, 16)}, set()),
    ],
)
def test_conditions_follow_from_the_order(
    template: Agreement, product: str | None, facts: dict[str, object], conditions: set[Condition]
) -> None:
    """Quantity, project, approval and desired date say which conditions hold; the fifteenth day is not later."""
    found = conditions_of(
        template,
        template.product(product),
        application_date=APPLIED,
        **facts,  # type: ignore[arg-type] # a table of facts
    )
    assert conditions == found


def test_a_foc_is_mechanical_only_where_flow_through_is_declared_and_no_facility_is_checked(
    template: Agreement,
) -> None:
    """PO-5 note 2: loops with a facility check stay in PO-5B even if nobody touches them."""
    analog, nonloaded = template.products["loop-2w-analog"], template.products["loop-2w-nonloaded"]
    found = [
        conditions_of(template, terms, application_date=APPLIED, quantity=1, flow_through=True)
        for terms in (analog, nonloaded)
    ]
    assert found == [{Condition.MECHANICAL_FOC}, set()]
