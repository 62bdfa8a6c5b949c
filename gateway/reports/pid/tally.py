"""Adds judged records up to figures, by CLEC and all together, in memory that does not grow with the month."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal

from gateway.reports.measures.outcome import Counted, Excluded, Lasted, Measured
from gateway.reports.pid.judging import Judged

ALL_CLECS: Final = ""
"""Stands for all CLECs together, where one of them would be named."""
SMALL_SAMPLE: Final = 30
"""The single values of so few records are kept, for the permutation test (Exhibit K 4.5)."""

Kind = Literal["share", "mean", "count"]


@dataclass(frozen=True, order=True)
class Line:
    """What one figure is about."""

    measure: str
    product: str
    state: str
    clec: str = ALL_CLECS

    @cached_property
    def id(self) -> str:
        """A name that leads to the figure's records."""
        return f"{self.measure}|{self.product}|{self.state}"


@dataclass(slots=True)
class Sum:
    """What the records of one line add up to. Exact."""

    met: int = 0
    missed: int = 0
    total: Fraction = Fraction(0)
    count: int = 0
    """Records with a value."""
    values: list[Fraction] = field(default_factory=list)
    """The values, as long as there are few."""
    excluded: Counter[str] = field(default_factory=Counter)
    hours: Counter[int] = field(default_factory=Counter)
    """FOCs by begun hours of their clock: 1 stands for up to one hour."""

    def add(self, judged: Judged) -> None:
        """Add one record."""
        match judged.outcome:
            case Counted(met=met):
                self.met += met
                self.missed += not met
            case Measured(value=value):
                self.total += value
                self.count += 1
                if self.count <= SMALL_SAMPLE:
                    self.values.append(value)
            case Lasted(usable=usable, lost=lost):
                self.met += usable
                self.missed += lost
            case Excluded(reason=reason):
                self.excluded[reason] += 1
        if judged.hours is not None:
            self.hours[judged.hours] += 1

    def merge(self, other: "Sum") -> None:
        """Add all of another sum."""
        self.met += other.met
        self.missed += other.missed
        self.total += other.total
        self.count += other.count
        self.values = [*self.values, *other.values] if self.count <= SMALL_SAMPLE else []
        self.excluded += other.excluded
        self.hours += other.hours


class Tally:
    """The sums of a month, by line."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, str, str, str], tuple[Line, Sum]] = {}

    def add(self, judged: Judged, state: str) -> Line:
        """Add one record of a state and give its line."""
        key = (judged.measure, judged.product, state, judged.outcome.clec)
        known = self._lines.get(key)
        if known is None:
            known = self._lines[key] = Line(*key), Sum()
        known[1].add(judged)
        return known[0]

    def join(self, later: "Tally") -> None:
        """Add all of another tally, whose records come after those of this one."""
        for line, sums in later.singles():
            key = (line.measure, line.product, line.state, line.clec)
            self._lines.setdefault(key, (line, Sum()))[1].merge(sums)

    def singles(self) -> Iterable[tuple[Line, Sum]]:
        """Give every line of a CLEC, in the order in which each came first."""
        return self._lines.values()

    def sums(self) -> Mapping[Line, Sum]:
        """Give every line of a CLEC, and with each measure the one of all CLECs together, in their order."""
        together: dict[Line, Sum] = {}
        singles = dict(self.singles())
        for line, single in singles.items():
            everyone = Line(line.measure, line.product, line.state)
            together.setdefault(everyone, Sum()).merge(single)
        both = together | singles
        return {line: both[line] for line in sorted(both)}


def measures_in(lines: Iterable[Line]) -> tuple[str, ...]:
    """Give the submeasures of some lines, each once."""
    return tuple(dict.fromkeys(line.measure for line in lines))
