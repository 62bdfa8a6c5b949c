"""The inputs of payment cases as they stand in a case file, and the samples and months made of them."""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import AliasChoices, BeforeValidator, Field, model_validator

from gateway.reports.cases.case_values import CaseInput, Day, MonthText
from gateway.reports.plan.conformance import Conformance, MonthResult
from gateway.reports.plan.correction import RevealedBy
from gateway.reports.plan.readings import PlanReadings
from gateway.reports.plan.samples import Better, MeanSample, Sample, ShareSample, mean_sample
from gateway.reports.plan.terms import Level
from gateway.reports.terms_source import Exact


def _written(value: object) -> object:
    """Take dollars as they are written, not as the nearest binary number."""
    return repr(value) if isinstance(value, float) else value


Dollars = Annotated[Decimal, BeforeValidator(_written)]
Count = Annotated[int, Field(ge=0)]


class BenchmarkVolume(CaseInput):
    """One month: how many, and how many missed (a percentage) or how long on average (a mean)."""

    volume: Count
    misses: Count | None = None
    result: Exact | None = Field(
        default=None, validation_alias=AliasChoices("result", "average", "mean", "clec_result", "clec_mean")
    )
    aggregate_volume: Count | None = None
    aggregate_misses: Count | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.misses is not None and self.misses > self.volume:
            raise ValueError("there are more misses than orders")
        if (self.aggregate_volume is None) != (self.aggregate_misses is None):
            raise ValueError("the aggregate needs both its volume and its misses")
        return self

    def sample(self, kind: Literal["proportion", "mean"], better: Better | None) -> Sample:
        """Give the month as a sample.

        Raises:
            ValueError: what the kind needs is missing.
        """
        if kind == "proportion":
            if self.misses is None:
                raise ValueError("a percentage needs its misses")
            return ShareSample(self.volume, self.misses, better or Better.LARGER)
        if self.result is None and self.volume:
            raise ValueError("a mean needs its result")
        return MeanSample(self.volume, self.result or Fraction(0), better=better or Better.SMALLER)

    def aggregate(self, better: Better | None) -> ShareSample | None:
        """Give the result of all CLECs together, if the case has it."""
        if self.aggregate_volume is None or self.aggregate_misses is None:
            return None
        return ShareSample(self.aggregate_volume, self.aggregate_misses, better or Better.LARGER)


class BenchmarkInput(BenchmarkVolume):
    """One month against its benchmark."""

    kind: Literal["proportion", "mean"]
    benchmark: Annotated[Exact, Field(gt=0)]
    better: Better | None = None


class SeriesInput(CaseInput):
    """Months against their benchmark, end to end."""

    kind: Literal["proportion", "mean"]
    benchmark: Annotated[Exact, Field(gt=0)]
    better: Better | None = None
    months: tuple[BenchmarkVolume, ...]


class ParityInput(CaseInput):
    """One month against retail."""

    kind: Literal["proportion", "mean"]
    clec_n: Count | None = None
    clec_misses: Count | None = None
    clec_mean: Exact | None = None
    clec_values: tuple[Exact, ...] = Field(default=(), validation_alias=AliasChoices("clec_values", "clec"))
    retail_n: Count | None = None
    retail_misses: Count | None = None
    retail_mean: Exact | None = None
    retail_sd: Annotated[Exact, Field(ge=0)] | None = None
    retail_variance: Annotated[Exact, Field(ge=0)] | None = None
    retail_values: tuple[Exact, ...] = Field(default=(), validation_alias=AliasChoices("retail_values", "retail"))
    better: Better | None = None
    measure: str | None = Field(default=None, validation_alias=AliasChoices("measure", "submeasure", "pid"))
    product: str | None = None
    alpha: Exact | None = None
    """Set by the case instead of by measure and product."""
    aggregate_n: Count | None = Field(default=None, validation_alias=AliasChoices("aggregate_n", "aggregate_volume"))
    aggregate_misses: Count | None = None

    def clec_sample(self, readings: PlanReadings) -> Sample:
        """Give the CLEC's sample.

        Raises:
            ValueError: what the kind needs is missing.
        """
        if self.kind == "proportion":
            return _share("clec", self.clec_n, self.clec_misses, self.better)
        return _mean("clec", (self.clec_n, self.clec_mean, None), self.clec_values, self.better, readings)

    def retail_sample(self, readings: PlanReadings) -> Sample:
        """Give the retail sample.

        Raises:
            ValueError: what the kind needs is missing.
        """
        if self.kind == "proportion":
            return _share("retail", self.retail_n, self.retail_misses, self.better)
        variance = self.retail_variance if self.retail_sd is None else self.retail_sd**2
        return _mean("retail", (self.retail_n, self.retail_mean, variance), self.retail_values, self.better, readings)

    def aggregate_sample(self) -> ShareSample | None:
        """Give the result of all CLECs together, if the case has it."""
        if self.aggregate_n is None or self.aggregate_misses is None:
            return None
        return ShareSample(self.aggregate_n, self.aggregate_misses, self.better or Better.LARGER)


def _share(whose: str, count: int | None, misses: int | None, better: Better | None) -> ShareSample:
    if count is None or misses is None or misses > count:
        raise ValueError(f"a percentage needs {whose}_n and no more {whose}_misses than that")
    return ShareSample(count, misses, better or Better.LARGER)


def _mean(
    whose: str,
    written: tuple[int | None, Fraction | None, Fraction | None],
    values: tuple[Fraction, ...],
    better: Better | None,
    readings: PlanReadings,
) -> MeanSample:
    direction = better or Better.SMALLER
    count, average, variance = written
    if values and count in {None, len(values)}:
        return mean_sample(values, readings.variance, direction)
    if values:
        raise ValueError(f"{whose}_n is not the number of {whose}_values")
    if count is None or average is None:
        raise ValueError(f"a mean needs {whose}_values, or {whose}_n and {whose}_mean")
    return MeanSample(count, average, variance, better=direction)


def _verdict(value: object) -> object:
    """Read the words a case uses for a month's result."""
    words = {"pass": "meets", "fail": "fails", "none": "no_volume", None: "no_volume"}
    return words.get(value, value) if isinstance(value, str | None) else value


class ChainMonth(CaseInput):
    """A month as levels and payments need it."""

    result: Annotated[Conformance, BeforeValidator(_verdict)]
    extent: Level = 0
    occurrences: Exact = Fraction(0)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.result is Conformance.FAILS) != (self.extent > 0):
            raise ValueError("a month that fails, and no other, has an extent of 1, 2 or 3")
        return self

    def month(self) -> MonthResult:
        """Give the month."""
        return MonthResult(self.result, self.extent, self.occurrences)


class ChainInput(CaseInput):
    """Months with their extents."""

    months: tuple[ChainMonth, ...]
    states: str | None = None


class RatesInput(CaseInput):
    """Levels and months to look up in Table 4."""

    states: str
    level_month: tuple[tuple[int, Annotated[int, Field(ge=1)]], ...]


class VolumesInput(CaseInput):
    """Volumes to look up in Table 1."""

    volumes: tuple[int, ...]


class Mr8Input(CaseInput):
    """The three amounts of 11.1.1."""

    mr8: Dollars
    op5: Dollars
    mr7: Dollars


class DatesInput(CaseInput):
    """A performance month."""

    month: MonthText
    measure: str | None = Field(default=None, validation_alias=AliasChoices("measure", "pid", "submeasure"))
    product: str | None = None


class LateReportInput(CaseInput):
    """A report that was late."""

    due: Day
    posted: Day


class InterestInput(CaseInput):
    """An amount paid late."""

    amount: Dollars
    annual_rate: Exact
    due: Day
    paid: Day


class CorrectionInput(CaseInput):
    """A report that was wrong."""

    revealed_by: RevealedBy
    paid: Dollars
    correct: Dollars
    report_due: Day
    resolved: Day
    payment_due: Day | None = None
    audit_began: Day | None = None
    months_in_a_row: int = Field(
        default=0, validation_alias=AliasChoices("months_in_a_row", "consecutive_months", "consecutive")
    )
    times_this_year: int = Field(
        default=0, validation_alias=AliasChoices("times_this_year", "times_in_year", "adjustments_this_year")
    )


class CapPaymentInput(CaseInput):
    """All payments of the state for one performance month."""

    month: MonthText
    paid_in: MonthText
    amount: Dollars


class CapInput(CaseInput):
    """Payments of some months against the annual cap."""

    state: str | None = None
    payments: tuple[CapPaymentInput, ...]
