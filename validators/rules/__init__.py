"""The rules: one module a family of them, each rule a pure function with its catalogue id and section."""

from validators.rules import (
    addresses,
    appointments,
    asr,
    assignments,
    certifications,
    collocation_applicants,
    combinations,
    credit_holds,
    dependent_fields,
    due_dates,
    eligibility,
    execution,
    facilities,
    fields_not_allowed,
    installation,
    lines,
    listings,
    needed_fields,
    numbers,
    onboarding,
    partners,
    port_changes,
    products,
    quiet_periods,
    reference_data,
    references,
    requisition,
    sites,
    subloops,
    versions,
    wire_centers,
)
from validators.rules.registry import RuleBook
from validators.rules.upheld import UPHELD
from validators.rules.upheld_access import UPHELD_ACCESS
from validators.rules.upheld_before_order import UPHELD_BEFORE_ORDER
from validators.rules.upheld_in_office import UPHELD_IN_OFFICE
from validators.rules.upheld_in_reports import UPHELD_IN_REPORTS


def rule_book() -> RuleBook:
    """Give the book of all rules that the gateway enforces."""
    return RuleBook(
        content=(
            *partners.RULES,
            *collocation_applicants.RULES,
            *execution.RULES,
            *certifications.RULES,
            *onboarding.RULES,
            *credit_holds.RULES,
            *requisition.RULES,
            *products.RULES,
            *wire_centers.RULES,
            *combinations.RULES,
            *subloops.RULES,
            *due_dates.RULES,
            *quiet_periods.RULES,
            *appointments.RULES,
            *installation.RULES,
            *needed_fields.RULES,
            *fields_not_allowed.RULES,
            *dependent_fields.RULES,
            *addresses.RULES,
            *lines.RULES,
            *assignments.RULES,
            *numbers.RULES,
            *listings.RULES,
            *eligibility.RULES,
            *reference_data.RULES,
            *asr.CONTENT_RULES,
        ),
        record=(
            *versions.RULES,
            *asr.RECORD_RULES,
            *port_changes.RULES,
            *quiet_periods.RECORD_RULES,
            *sites.RULES,
            *facilities.RULES,
            *references.RULES,
        ),
        upheld=(*UPHELD, *UPHELD_IN_OFFICE, *UPHELD_BEFORE_ORDER, *UPHELD_ACCESS, *UPHELD_IN_REPORTS),
    )
