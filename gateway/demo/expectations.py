"""What a story expects and what it got, and what became of each story."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from gateway.demo.timeline import Line


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing that a story expects of what the API says."""

    what: str
    expected: Any
    got: Any

    @property
    def met(self) -> bool:
        """Whether it came so."""
        return bool(self.expected == self.got)


@dataclass(slots=True)
class Outcome:
    """What became of one story.

    Attributes:
        title: its title.
        lines: its timeline.
        expectations: what it expected, and got.
        broken: why it could not go on; None if it was played to its end.
    """

    title: str
    lines: list[Line] = field(default_factory=list)
    expectations: list[Expectation] = field(default_factory=list)
    broken: str | None = None

    @property
    def met(self) -> int:
        """How many expectations were met."""
        return sum(expectation.met for expectation in self.expectations)

    @property
    def good(self) -> bool:
        """Whether it ended as it should: played to its end, with expectations, and all of them met."""
        return self.broken is None and 0 < len(self.expectations) == self.met

    def as_json(self) -> dict[str, Any]:
        """Give it as plain JSON values."""
        return {
            "title": self.title,
            "good": self.good,
            "broken": self.broken,
            "timeline": [{**asdict(line), "at": line.at.isoformat()} for line in self.lines],
            "expectations": [{**asdict(expectation), "met": expectation.met} for expectation in self.expectations],
        }


def results_as_json(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Give all of them with the verdict over the whole."""
    return {"good": all(outcome.good for outcome in outcomes), "stories": [outcome.as_json() for outcome in outcomes]}
