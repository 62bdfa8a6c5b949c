"""Numbers and words that an agreement file gives to a rule on ASRs."""

from validators.agreement.terms import Agreement


def number(agreement: Agreement, rule_id: str, name: str) -> int | None:
    """Give a whole number of a rule's parameters; None where the agreement gives none, and the rule is not asked."""
    value = agreement.setting(rule_id).params.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def words(agreement: Agreement, rule_id: str, name: str) -> frozenset[str]:
    """Give a list of words of a rule's parameters; empty where the agreement gives none."""
    value = agreement.setting(rule_id).params.get(name)
    if isinstance(value, str):
        return frozenset({value})
    return frozenset(str(one) for one in value) if isinstance(value, tuple) else frozenset()
