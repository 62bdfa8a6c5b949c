from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from gateway.reports.cases.figures import ById, Figure, differences

NOON = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("computed", "expected"),
    [
        (Fraction(250, 3), 83.3333),
        (Fraction(250, 3), 83.33),
        (Fraction(80), 80.0),
        (Fraction(80), 80),
        (Fraction(1, 32), 0.0312),
        (Fraction(1, 32), 0.0313),
        (Decimal("150.00"), 150.0),
        (3, 3),
        (None, None),
        (None, "n/a"),
        (True, True),
        ("fails", "fails"),
        (NOON, "2026-11-01T01:30:00-07:00"),
        (date(2026, 11, 1), "2026-11-01"),
        (date(2026, 11, 1), date(2026, 11, 1)),
        (["a", "b"], ["a", "b"]),
        ({"a": 1, "b": 2}, {"a": 1}),
        (ById(a=1, b=None), {"a": 1}),
    ],
)
def test_what_agrees(computed: Figure, expected: Any) -> None:
    """Numbers agree to the decimals written, instants whatever their offset, figures that are not mentioned always."""
    assert [] == list(differences(computed, expected))


@pytest.mark.parametrize(
    ("computed", "expected"),
    [
        (Fraction(250, 3), 83.3334),
        (Fraction(250, 3), 83.34),
        (Fraction(8001, 100), 80.0),
        (Decimal("150.01"), 150.0),
        (3, 3.5),
        (3, True),
        (3, "3"),
        (True, 1),
        (True, "true"),
        (None, 0),
        (Fraction(0), None),
        ("fails", "meets"),
        (NOON, "2026-11-01T01:30:00-06:00"),
        (NOON, "2026-11-01T08:30:00"),
        (NOON, "soon"),
        (date(2026, 11, 1), "2026-11-02"),
        (["a", "b"], ["a"]),
        (["a", "b"], ["a", "c"]),
        ({"a": 1}, {"b": 1}),
        ({"a": 1}, "a"),
        (ById(a=1, b=2), {"a": 1}),
        (ById(a=1), {"a": 1, "b": 2}),
    ],
)
def test_what_differs(computed: Figure, expected: Any) -> None:
    """A wrong number, order, offset or record is a difference, and so is a figure that does not exist."""
    assert len(list(differences(computed, expected))) == 1


def test_a_difference_says_where_and_what() -> None:
    """The path leads to the figure; both numbers are shown."""
    found = list(differences({"op3": {"percent": Fraction(250, 3)}, "late": ["a"]}, {"op3": {"percent": 83.5}}))
    assert [("op3.percent", 83.333333, 83.5)] == [(item.path, item.computed, item.expected) for item in found]
