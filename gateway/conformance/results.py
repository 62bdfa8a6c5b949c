"""What became of scenarios: each thing that was expected, with what came instead."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from gateway.conformance.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was expected, and what came."""

    what: str
    expected: str
    got: str
    good: bool


@dataclass(frozen=True, slots=True)
class StepResult:
    """One step as it was played.

    Attributes:
        number: counted from 1.
        line: its line in the file.
        title: what happened in it.
        at: when, in the agreement's local time.
        checks: what was expected.
    """

    number: int
    line: int
    title: str
    at: str
    checks: Sequence[Check]

    @property
    def good(self) -> bool:
        """Whether everything came as expected."""
        return all(check.good for check in self.checks)


class Status(StrEnum):
    """What became of a scenario."""

    PASSED = "passed"
    FAILED = "failed"
    """Something came otherwise than expected."""
    SKIPPED = "skipped"
    """The gateway offers no way to play it."""
    BROKEN = "broken"
    """It could not be played to its end: the gateway did not answer, or failed."""


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """One scenario as it was played.

    Attributes:
        file: its file.
        scenario: what it says.
        status: what became of it.
        steps: those that were played; after one that is not good, none.
        seconds: real time that it took.
        why: why it was skipped or broke.
    """

    file: Path
    scenario: Scenario
    status: Status
    steps: Sequence[StepResult] = ()
    seconds: float = 0.0
    why: str = ""

    @property
    def failed_step(self) -> StepResult | None:
        """The step that ended it."""
        return next((step for step in self.steps if not step.good), None)

    @property
    def checks(self) -> int:
        """How many things were looked at."""
        return sum(len(step.checks) for step in self.steps)


@dataclass(frozen=True, slots=True)
class Run:
    """All scenarios of a run."""

    target: str
    results: Sequence[ScenarioResult] = field(default_factory=list)
    seconds: float = 0.0

    def count(self, status: Status) -> int:
        """Give how many ended so."""
        return sum(result.status is status for result in self.results)

    @property
    def good(self) -> bool:
        """Whether every scenario passed; a skipped one has shown nothing."""
        return all(result.status is Status.PASSED for result in self.results)
