from collections.abc import Callable
from fractions import Fraction
from random import Random

import pytest

from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.month import Month
from gateway.reports.plan.benchmark import benchmark_month
from gateway.reports.plan.chain import payments
from gateway.reports.plan.conformance import Conformance, MonthResult
from gateway.reports.plan.due_dates import due_dates
from gateway.reports.plan.exact_proportion import exact_p_value
from gateway.reports.plan.parity import Comparison, parity_month
from gateway.reports.plan.permutation import permutation_test
from gateway.reports.plan.samples import MeanSample, ShareSample, mean_sample
from gateway.reports.plan.terms import Level, PlanTerms
from tests.oracle import exhibit_k

CHAINS = 1000
EXTENTS: tuple[Level, ...] = (1, 2, 3)


def months(chance: Random) -> list[MonthResult]:
    """Make up to 30 months: runs of failures, passes, and months without volume."""
    made = []
    failing = chance.choice((0.4, 0.7, 0.95))
    for _ in range(chance.randrange(1, 31)):
        draw = chance.random()
        if draw < failing:
            worth = Fraction(chance.randrange(1, 4000), chance.choice((1, 7, 100)))
            made.append(MonthResult(Conformance.FAILS, chance.choice(EXTENTS), worth))
        else:
            made.append(MonthResult(chance.choice((Conformance.MEETS, Conformance.ALLOWANCE, Conformance.NO_VOLUME))))
    return made


def as_words(chain: list[MonthResult]) -> list[tuple[str, int]]:
    """Give what the oracle reads of a month."""
    words = {Conformance.FAILS: "fail", Conformance.NO_VOLUME: "none"}
    return [(words.get(month.conformance, "pass"), month.extent) for month in chain]


@pytest.mark.parametrize("policy", ["at_least", "exact"])
def test_chains_agree_with_the_oracle(plan_under: Callable[..., PlanTerms], policy: str) -> None:
    """1,000 random chains of months have the oracle's levels, escalation months and payments, under either policy."""
    chance = Random(82)  # noqa: S311 - the same chains in every run
    plan = plan_under(level_policy=policy)
    for _ in range(CHAINS):
        chain = months(chance)
        expected = exhibit_k.chain(as_words(chain), at_least=policy == "at_least")
        paid = list(payments(chain, plan))
        assert expected == [(month.level, month.escalation_month) for month in paid], chain
        dollars = [
            exhibit_k.payment(level, column, float(month.occurrences))
            for (level, column), month in zip(expected, chain, strict=True)
        ]
        assert dollars == pytest.approx([float(month.amount) for month in paid], abs=0.0101)


@pytest.mark.parametrize(("states", "table"), [("other", exhibit_k.TABLE_4), ("CO", exhibit_k.COLORADO_TABLE_4)])
def test_table_4_is_the_printed_one(plan: PlanTerms, states: str, table: dict[int, list[float]]) -> None:
    """Every amount of Table 4, months 1 to 12 and beyond, is the one that was written out by hand."""
    for level, amounts in table.items():
        for month in range(1, 20):
            assert amounts[min(month, 12) - 1] == plan.payments[states].amount(level, month)


def test_benchmark_shares_agree_with_the_oracle(plan: PlanTerms) -> None:
    """2,000 random shares against 85, 90 and 95 % fail by the extents and occurrences of the oracle."""
    chance = Random(32)  # noqa: S311 - the same months in every run
    for _ in range(2000):
        count = chance.randrange(1, 400)
        misses = min(count, int(chance.expovariate(8 / count)))
        benchmark = chance.choice((85, 90, 95))
        verdict = benchmark_month(ShareSample(count, misses), Fraction(benchmark, 100), None, plan)
        short = benchmark * count - 100 * (count - misses)
        percent = short / count / benchmark * 100
        expected = exhibit_k.benchmark_extent(round(percent, 9), (5, 15)) if short > 0 else 0
        assert (short <= 0, expected) == (verdict.month.conformance.conforming, verdict.month.extent)
        assert max(0, short / 100) == pytest.approx(float(verdict.month.occurrences))


def test_benchmark_means_agree_with_the_oracle(plan: PlanTerms) -> None:
    """1,000 random averages against 6 and 5.5 days fail by the extents and occurrences of the oracle."""
    chance = Random(25)  # noqa: S311 - the same months in every run
    for _ in range(1000):
        count, total = chance.randrange(1, 60), chance.randrange(1, 700)
        benchmark = chance.choice((Fraction(6), Fraction(11, 2)))
        verdict = benchmark_month(MeanSample(count, Fraction(total, count)), benchmark, None, plan)
        over = total / count / float(benchmark) - 1
        expected = exhibit_k.benchmark_extent(round(over * 100, 9), (25, 50)) if over > 1e-12 else 0
        assert expected == verdict.month.extent
        assert min(count, max(0.0, over * count)) == pytest.approx(float(verdict.month.occurrences))


def test_modified_z_agrees_with_the_oracle(plan: PlanTerms) -> None:
    """1,500 shares of more than 30 have the oracle's z, verdict, and occurrences down to the critical value."""
    chance = Random(44)  # noqa: S311 - the same months in every run
    failed = 0
    for _ in range(1500):
        count, retail = chance.randrange(31, 4000), chance.randrange(500, 20000)
        misses, retail_misses = int(count * chance.random() * 0.3), int(retail * chance.random() * 0.2) + 1
        verdict = parity_month(Comparison(ShareSample(count, misses), ShareSample(retail, retail_misses)), plan)
        share, standard = 1 - misses / count, 1 - retail_misses / retail
        deviation = (standard * (1 - standard)) ** 0.5
        z = exhibit_k.z_score(share, standard, deviation, (count, retail), larger_better=True)
        critical = exhibit_k.critical_z(count)
        assert (z <= critical) is verdict.month.conformance.conforming
        assert z == pytest.approx(float(verdict.test.z or 0))
        if z > critical:
            failed += 1
            worst = standard - critical * deviation * (1 / count + 1 / retail) ** 0.5
            assert exhibit_k.benchmark_extent((standard - share) / deviation, (0.5, 2)) == verdict.month.extent
            assert (worst - share) * count == pytest.approx(float(verdict.month.occurrences))
    assert failed > 200


@pytest.mark.parametrize(("tail", "strict"), [("more_extreme", True), ("as_extreme", False)])
def test_exact_proportions_agree_with_scipy(plan_under: Callable[..., PlanTerms], tail: str, *, strict: bool) -> None:
    """1,000 shares of 30 or fewer have the p-value of scipy's hypergeometric tail, strict or not."""
    chance = Random(45)  # noqa: S311 - the same months in every run
    plan = plan_under(exact_tail=tail)
    for _ in range(1000):
        count, retail = chance.randrange(1, 31), chance.randrange(1, 3000)
        misses, retail_misses = chance.randrange(count + 1), int(retail * chance.random() * 0.3)
        p_value = exact_p_value(
            ShareSample(count, misses), ShareSample(retail, retail_misses), plan.readings.exact_tail
        )
        expected = exhibit_k.exact_p((count, misses), (retail, retail_misses), strict=strict)
        assert expected == pytest.approx(float(p_value), abs=1e-9)


@pytest.mark.parametrize(("ties", "strict"), [("not_counted", True), ("counted", False)])
def test_permutations_agree_with_the_oracle(plan_under: Callable[..., PlanTerms], ties: str, *, strict: bool) -> None:
    """60 pairs of small samples have the share of greater z scores that numpy finds among all arrangements."""
    chance = Random(5)  # noqa: S311 - the same samples in every run
    plan = plan_under(permutation_ties=ties)
    for _ in range(60):
        mine = [chance.randrange(1, 12) for _ in range(chance.randrange(1, 4))]
        retail = [chance.randrange(1, 9) for _ in range(chance.randrange(2, 7))]
        samples = [mean_sample(tuple(map(Fraction, values)), "sample") for values in (mine, retail)]
        made = permutation_test(samples[0], samples[1], plan)
        assert exhibit_k.permutation_p(mine, retail, strict=strict) == pytest.approx(float(made.p_value)), (
            mine,
            retail,
        )


def test_due_dates_agree_with_the_oracle(basis: MeasureBasis, plan: PlanTerms) -> None:
    """Reports and payments of 36 months are due on numpy's last business days."""
    for number in range(36):
        month = Month(2025, 1).later(number)
        due = due_dates(month, basis.calendar, plan)
        late = due_dates(month, basis.calendar, plan, "OP-5")
        ends = [exhibit_k.month_end(month.year, month.number + later) for later in (1, 2, 2, 3)]
        assert ends == [due.report, due.payment, late.report, late.payment]
