"""The rules: one module a family of them, each rule a pure function with its catalogue id and section."""

from validators.rules import (
    appointments,
    dependent_fields,
    due_dates,
    facilities,
    lines,
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
            *dependent_fields.RULES,
            *lines.RULES,
        ),
        record=(*versions.RULES, *facilities.RULES),
    )
