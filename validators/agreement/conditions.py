"""Which conditions of the agreement's clocks hold for an order, from what the order itself says."""

from datetime import date

from validators.agreement.clock_terms import Condition
from validators.agreement.product_terms import ProductTerms
from validators.agreement.terms import Agreement


def conditions_of(  # noqa: PLR0913 - the facts of an order, each by name
    agreement: Agreement,
    product: ProductTerms | None,
    *,
    application_date: date,
    quantity: int,
    project: bool = False,
    new_switch: bool = False,
    flow_through: bool = False,
    conditioning_approved: bool = False,
    desired_due_date: date | None = None,
) -> frozenset[Condition]:
    """Give the conditions that hold for an order for `quantity` of `product` when it is accepted.

    Conditions that only later events show (customer not ready, readiness reported) are the caller's to add.
    """
    holds = {
        Condition.PROJECT: project,
        Condition.NEW_SWITCH: new_switch,
        Condition.CONDITIONING_APPROVED: conditioning_approved,
        Condition.INDIVIDUAL_CASE: product is not None and product.individual_case(quantity),
        Condition.MECHANICAL_FOC: flow_through and not _facility_check(product),
        Condition.LATER_DATE_DESIRED: _later_desired(agreement, product, application_date, desired_due_date),
    }
    return frozenset(condition for condition, held in holds.items() if held)


def _facility_check(product: ProductTerms | None) -> bool:
    return product is not None and product.foc is not None and product.foc.facility_check


def _later_desired(
    agreement: Agreement, product: ProductTerms | None, application_date: date, desired: date | None
) -> bool:
    terms = product.conditioning if product else None
    if desired is None or terms is None or terms.business_days is None:
        return False
    return desired > agreement.calendar.add_business_days(application_date, terms.business_days)
