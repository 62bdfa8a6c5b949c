"""The list of rules that CLECs are given."""

from datetime import date

import pytest

from tests.rig.court import Court
from tests.rig.register_entries import entry
from validators.agreement.terms import RuleSetting
from validators.registers.entry import Dossier
from validators.rules.listing import listed_rules

RULE = "desired-due-date-past"


@pytest.mark.upholds("reject-rules-through-cmp")
def test_every_rule_has_version_effective_date_and_citation(court: Court) -> None:
    """A version that change management has approved holds from its day; before that the first one does (12.2.6)."""
    approved = entry("rule-versions", key=RULE, version="2", change_request="CR-26-0007", valid_from="2026-04-01")
    dossier, agreement = Dossier.of(approved), court.judge.agreements["template"]
    book = court.judge.rulebook.rules

    before, after = (
        {rule.id: rule for rule in listed_rules(book, agreement, dossier, day)}
        for day in (date(2026, 3, 31), date(2026, 4, 1))
    )

    assert {rule.id for rule in book} == set(before) == set(after)
    assert [] == [rule.id for rule in before.values() if not (rule.section and rule.version and rule.code)]
    assert ("1", None) == (before[RULE].version, before[RULE].change_request)
    assert ("2", date(2026, 4, 1), "CR-26-0007") == (
        after[RULE].version,
        after[RULE].effective,
        after[RULE].change_request,
    )
    off = agreement.model_copy(update={"rules": {RULE: RuleSetting(severity="off")}})
    assert "off" == {rule.id: rule.severity for rule in listed_rules(book, off, dossier, date.max)}[RULE]
