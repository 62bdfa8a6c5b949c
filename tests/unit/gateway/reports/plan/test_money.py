from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.reports.plan.chain import cents
from gateway.reports.plan.correction import material, yearly_surcharges
from gateway.reports.plan.late_report import unlogged_change
from gateway.reports.plan.terms import PlanTerms


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_cents_round_half_up(thousandths: int) -> None:
    """Dollars are rounded to the nearest cent, half a cent away from zero."""
    rounded = cents(Fraction(thousandths, 1000))
    assert abs(Fraction(rounded) - Fraction(thousandths, 1000)) <= Fraction(1, 200)
    assert rounded == -cents(Fraction(-thousandths, 1000))


def test_half_a_cent_counts_as_one() -> None:
    """0.005 dollars are one cent."""
    assert Decimal("0.01") == cents(Fraction(1, 200))


@pytest.mark.parametrize(("additional", "is_material"), [("99.99", False), ("100", True)])
def test_ten_percent_more_is_material(plan: PlanTerms, additional: str, *, is_material: bool) -> None:
    """A mini-audit's finding is material from 10 % of what was paid on the submeasures examined (13.7)."""
    assert is_material is material(Decimal(additional), Decimal(1000), plan)


@pytest.mark.parametrize(
    ("reading", "times", "surcharges"),
    [
        ("from_then_on", 4, [0, 0, 0, 0]),
        ("from_then_on", 6, [0, 0, 0, 0, 25, 25]),
        ("whole_year", 4, [0, 0, 0, 0]),
        ("whole_year", 5, [25, 25, 25, 25, 25]),
    ],
)
def test_the_fifth_adjustment_of_a_year_bears_the_surcharge(
    plan_under: Callable[..., PlanTerms], reading: str, times: int, surcharges: list[int]
) -> None:
    """From the fifth upward adjustment of a year on 25 % come on top; by the other reading on the first four, too."""
    plan = plan_under(yearly_surcharge=reading)
    assert surcharges == list(yearly_surcharges([Decimal(100)] * times, plan))


def test_an_unlogged_change_costs_2500(plan: PlanTerms) -> None:
    """A change that the log omits is fined (13.2)."""
    assert Decimal(2500) == unlogged_change(plan)
