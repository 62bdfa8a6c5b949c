"""The book of rules and how an agreement sets them."""

import pytest

from tests.rig.court import LOOP, Court
from validators.agreement.terms import Agreement, RuleSetting
from validators.rules import rule_book
from validators.rules.registry import Kind, RuleBook, Scope
from validators.verdict import Outcome, Severity

LATE = {"LSR.DDD": "02-27-2026"}
RULE = "desired-due-date-past"


def _set(court: Court, rule: str, setting: RuleSetting) -> Agreement:
    return court.judge.agreements["template"].model_copy(update={"rules": {rule: setting}})


def test_an_agreement_may_turn_a_rule_off(court: Court) -> None:
    """A rule that the agreement turns off is not asked."""
    changed = court.under(_set(court, RULE, RuleSetting(severity="off")))

    assert [RULE] == [found.rule for found in court.findings(LOOP, LATE)]
    assert () == changed.findings(LOOP, LATE)


def test_an_agreement_may_soften_a_rule(court: Court) -> None:
    """With the severity of a warning the finding stands and the order is accepted."""
    changed = court.under(_set(court, RULE, RuleSetting(severity=Severity.WARN)))

    verdict = changed.judged(changed.message(LOOP, LATE)).verdict

    assert (Outcome.ACCEPTED, [Severity.WARN]) == (verdict.outcome, [found.severity for found in verdict.findings])


def test_an_agreement_that_sets_an_unknown_rule_is_refused(court: Court) -> None:
    """A misspelt rule id is an error at start, not a rule that silently stays on."""
    with pytest.raises(ValueError, match="no-such-rule"):
        court.under(_set(court, "no-such-rule", RuleSetting(severity="off")))


def test_two_rules_with_one_id_are_refused() -> None:
    """An id names one rule."""
    rules = rule_book().content

    with pytest.raises(ValueError, match=rules[0].id):
        RuleBook((*rules, rules[0]), ())


@pytest.mark.parametrize(
    ("scope", "meets"),
    [
        (Scope(), True),
        (Scope(family="asr"), False),
        (Scope(requisitions=frozenset("AB")), True),
        (Scope(requisitions=frozenset("C")), False),
        (Scope(activities=frozenset("D")), False),
        (Scope(products=frozenset({"loop-ds1"})), False),
        (Scope(forms=frozenset({"LS", "NP"})), True),
        (Scope(forms=frozenset({"NP"})), False),
        (Scope(supplements=frozenset({"1"})), False),
    ],
)
def test_a_rule_meets_only_its_own_messages(scope: Scope, *, meets: bool) -> None:
    """Family, service, activity, product, forms and supplement each narrow the scope."""
    kind = Kind("lsr", "A", "N", "loop-2w-analog", None, ("LSR", "EU", "LS"))

    assert meets is scope.meets(kind)


def test_a_cancellation_is_not_judged_as_an_order(court: Court) -> None:
    """A cancellation with a date long past and without forms only has to come from its own partner."""
    assert () == court.findings(LOOP, LATE | {"LSR.SUP": "1"}, drops=["EU", "LS"])
