"""What a measure says of one record and of all together: exact, traceable, each exclusion with its reason."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Excluded:
    """A record that the measure leaves out, and why (excluded data may be asked for: Exhibit K 13.3, 13.5)."""

    record_id: str
    clec: str
    reason: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A record of a percentage measure: it met the standard's limit or not."""

    record_id: str
    clec: str
    met: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """A record of an interval measure with its exact value (the unit is the measure's)."""

    record_id: str
    clec: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class Lasted:
    """A record of a measure of time: so many seconds of it could be used, so many were lost."""

    record_id: str
    clec: str
    usable: int
    lost: int


@dataclass(frozen=True, slots=True)
class Share:
    """The result of a percentage measure, with every record it rests on."""

    met: tuple[str, ...]
    missed: tuple[str, ...]
    excluded: tuple[Excluded, ...]

    @property
    def numerator(self) -> int:
        """Records that met the limit."""
        return len(self.met)

    @property
    def denominator(self) -> int:
        """All records counted."""
        return len(self.met) + len(self.missed)

    @property
    def ratio(self) -> Fraction | None:
        """The exact share, None for an empty population: "n/a", never 0 or 1 (R-ZERO)."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None


@dataclass(frozen=True, slots=True)
class Mean:
    """The result of an interval measure, with every record it rests on."""

    values: tuple[tuple[str, Fraction], ...]
    """Record id and value, in the order of the records."""
    excluded: tuple[Excluded, ...]

    @property
    def total(self) -> Fraction:
        """The sum of the values."""
        return sum((value for _, value in self.values), Fraction())

    @property
    def count(self) -> int:
        """How many records were counted."""
        return len(self.values)

    @property
    def average(self) -> Fraction | None:
        """The exact mean, None for an empty population: "n/a" (R-ZERO)."""
        return self.total / self.count if self.values else None


def share(outcomes: Iterable[Counted | Excluded]) -> Share:
    """Gather the outcomes of single records into one percentage result."""
    met: list[str] = []
    missed: list[str] = []
    excluded: list[Excluded] = []
    for outcome in outcomes:
        if isinstance(outcome, Excluded):
            excluded.append(outcome)
        else:
            (met if outcome.met else missed).append(outcome.record_id)
    return Share(tuple(met), tuple(missed), tuple(excluded))


def share_by_clec(outcomes: Iterable[Counted | Excluded]) -> dict[str, Share]:
    """Gather the outcomes into one result a CLEC; one CLEC's records never stand in another's result."""
    grouped: defaultdict[str, list[Counted | Excluded]] = defaultdict(list)
    for outcome in outcomes:
        grouped[outcome.clec].append(outcome)
    return {clec: share(grouped[clec]) for clec in sorted(grouped)}


def mean(outcomes: Iterable[Measured | Excluded]) -> Mean:
    """Gather the outcomes of single records into one interval result."""
    values: list[tuple[str, Fraction]] = []
    excluded: list[Excluded] = []
    for outcome in outcomes:
        if isinstance(outcome, Excluded):
            excluded.append(outcome)
        else:
            values.append((outcome.record_id, outcome.value))
    return Mean(tuple(values), tuple(excluded))


def meets(result: Fraction | None, standard: Fraction) -> bool | None:
    """Say whether a share reaches its standard, on exact fractions; None where there is no result."""
    return None if result is None else result >= standard
