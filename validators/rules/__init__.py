"""The rules: one module a family of them, each rule a pure function with its catalogue id and section."""

from validators.rules import (
    addresses,
    appointments,
    assignments,
    dependent_fields,
    due_dates,
    facilities,
    fields_not_allowed,
    lines,
    needed_fields,
    numbers,
    partners,
    products,
    requisition,
    versions,
)
from validators.rules.registry import RuleBook


def rule_book() -> RuleBook:
    """Give the book of all rules that the gateway enforces."""
    return RuleBook(
        content=(
            *partners.RULES,
            *requisition.RULES,
            *products.RULES,
            *due_dates.RULES,
            *appointments.RULES,
            *needed_fields.RULES,
            *fields_not_allowed.RULES,
            *dependent_fields.RULES,
            *addresses.RULES,
            *lines.RULES,
            *assignments.RULES,
            *numbers.RULES,
        ),
        record=(*versions.RULES, *facilities.RULES),
    )
