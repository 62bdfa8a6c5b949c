"""Which obligations scenarios exercise: those that one names, or expects as a clock or a finding."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.conformance.scenario import Scenario
from validators.rules.catalogue import Entry


@dataclass(frozen=True, slots=True)
class Coverage:
    """The entries that a gateway enforces or tracks for one kind of message.

    Attributes:
        applies_to: the kind, as the catalogue names it (LSR, ASR, COLLOCATION, …).
        exercised: those that at least one scenario exercises.
        waiting: those that none does.
    """

    applies_to: str
    exercised: Sequence[Entry]
    waiting: Sequence[Entry]


def exercised_by(scenario: Scenario) -> frozenset[str]:
    """Give the requirements that a scenario names, and the ids of the clocks and findings that it expects."""
    ids = set(scenario.requirements)
    for step in scenario.steps:
        ids.update(clock.id for clock in step.expect.clocks)
        if step.expect.answer is not None:
            ids.update(finding.rule for finding in step.expect.answer.findings or () if finding.rule)
        for notice in step.expect.notices or ():
            ids.update(_rules_in(notice.fields))
    return frozenset(ids)


def coverage_of(scenarios: Iterable[Scenario], catalogue: Iterable[Entry]) -> tuple[Coverage, ...]:
    """Give the coverage of each kind of message, by name; an entry that applies to several counts for each."""
    exercised = frozenset[str]().union(*map(exercised_by, scenarios))
    by_kind: dict[str, list[Entry]] = {}
    for entry in catalogue:
        for kind in entry.applies_to if entry.covered else ():
            by_kind.setdefault(kind, []).append(entry)
    return tuple(
        Coverage(
            kind,
            [entry for entry in entries if entry.id in exercised],
            [entry for entry in entries if entry.id not in exercised],
        )
        for kind, entries in sorted(by_kind.items())
    )


def _rules_in(fields: Mapping[str, Any]) -> Iterable[str]:
    findings = fields.get("findings")
    for finding in findings if isinstance(findings, list | tuple) else ():
        if isinstance(finding, Mapping) and isinstance(finding.get("rule"), str):
            yield finding["rule"]
