from collections.abc import Callable
from decimal import Decimal

import pytest

from gateway.reports.measures.month import Month
from gateway.reports.plan.annual_cap import CappedPayment, cap_standing
from gateway.reports.plan.terms import PlanTerms

MILLION = Decimal(1_000_000)


def paid(*months: tuple[int, int, int]) -> list[CappedPayment]:
    """Make payments of so many millions for performance months, paid two months later."""
    return [CappedPayment(Month(year, month), Month(year, month).later(2), MILLION * n) for year, month, n in months]


def test_idaho_pays_at_most_40_million_a_year(plan: PlanTerms) -> None:
    """The month whose payments cross the cap is named: who bears it is for people (10.1)."""
    standing = cap_standing(paid((2026, 1, 12), (2026, 5, 12), (2026, 8, 16), (2026, 12, 1)), plan)
    assert (40 * MILLION, Month(2026, 12)) == (standing.cap, standing.crossing)


def test_the_cap_itself_is_not_crossed(plan: PlanTerms) -> None:
    """Exactly 40 million in a year are within the cap, and the next year begins anew."""
    standing = cap_standing(paid((2026, 1, 12), (2026, 5, 12), (2026, 9, 16), (2027, 1, 1)), plan)
    assert standing.crossing is None
    assert {2026: 40 * MILLION, 2027: MILLION} == standing.by_year


@pytest.mark.parametrize(("by", "year"), [("performance_month", 2026), ("payment_month", 2027)])
def test_the_year_is_that_of_performance_or_of_payment(
    plan_under: Callable[..., PlanTerms], by: str, year: int
) -> None:
    """November's payment, made in January, counts in the year that the reading says (P-YEAR)."""
    assert {year: MILLION} == cap_standing(paid((2026, 11, 1)), plan_under(cap_year=by)).by_year


@pytest.mark.parametrize(
    ("months", "asked"),
    [
        (((2026, 12, 7), (2027, 1, 7)), True),
        (((2026, 12, 7), (2027, 1, 6)), False),
        (((2026, 10, 7), (2026, 12, 7)), False),
        (
            ((2026, 2, 10), (2026, 5, 10), (2026, 8, 10), (2026, 11, 10), (2027, 2, 12), (2027, 5, 12), (2027, 8, 13)),
            False,
        ),
        (
            ((2026, 2, 10), (2026, 5, 10), (2026, 8, 10), (2026, 11, 10), (2027, 2, 12), (2027, 5, 12), (2027, 9, 16)),
            True,
        ),
    ],
)
def test_the_commission_may_ask_for_an_explanation(
    plan: PlanTerms, months: tuple[tuple[int, int, int], ...], *, asked: bool
) -> None:
    """A third of the cap within two months, or the cap two years in a row, may have to be explained (10.3)."""
    assert asked is cap_standing(paid(*months), plan).may_be_asked


def test_each_state_has_its_own_cap(plan: PlanTerms) -> None:
    """South Dakota's cap is 10 million; a state without one is an error."""
    assert 10 * MILLION == cap_standing([], plan, "SD").cap
    with pytest.raises(KeyError):
        cap_standing([], plan, "NY")
