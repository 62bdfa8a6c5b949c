"""The rules as a CLEC may list them: each with version, effective date, and what it rests on (12.2.6)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from validators.agreement.terms import Agreement
from validators.registers.announcements import RULE_VERSIONS
from validators.registers.entry import Dossier
from validators.rules.registry import Rule

FIRST_VERSION: Final = "1"
"""The version of a rule that change management has not changed."""


@dataclass(frozen=True, slots=True)
class ListedRule:
    """A rule as it is now.

    Attributes:
        severity: what it does under this agreement: `reject`, `warn`, `defer`, or `off`.
        version: the version in force.
        effective: the day since which that holds; None for the first one, which holds as long as the agreement.
        change_request: the change request that brought it; None for the first one.
    """

    id: str
    section: str
    code: str
    severity: str
    family: str | None
    version: str
    effective: date | None
    change_request: str | None


def listed_rules(rules: Iterable[Rule[Any]], agreement: Agreement, dossier: Dossier, day: date) -> Iterator[ListedRule]:
    """Give every rule, by its id, as it holds on `day`."""
    for rule in sorted(rules, key=lambda one: one.id):
        version = dossier.last(RULE_VERSIONS, day, rule.id)
        effective = agreement.dates.effective if agreement.dates is not None else None
        yield ListedRule(
            id=rule.id,
            section=rule.section,
            code=rule.code.value,
            severity=str(agreement.setting(rule.id).severity or rule.severity.value),
            family=rule.scope.family,
            version=version.data.version if version else FIRST_VERSION,
            effective=version.valid_from if version else effective,
            change_request=version.data.change_request if version else None,
        )
