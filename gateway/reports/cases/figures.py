"""The figures a case computes, how they are shown, and where they differ from what was expected."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import Any

Figure = Any
"""None, a truth value, a word, a count, a Fraction, dollars as Decimal, a date, an instant; lists, maps of those."""

_MISSING = object()


class ById(dict[str, Figure]):
    """Figures by record (or CLEC): an expectation must name every one that has a result."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that is not what was expected; both as they are shown."""

    path: str
    computed: Any
    expected: Any


def differences(computed: Figure, expected: Any, path: str = "") -> Iterator[Difference]:
    """Give each expected figure that was computed otherwise.

    Figures that the case does not mention are not compared, but lists, and figures by record, are compared whole. A
    number agrees if the exact one, rounded to the decimals that are written, is the number written; fewer than two
    decimals stand for four. Dollars agree to the cent.
    """
    if isinstance(computed, Mapping) and isinstance(expected, Mapping):
        yield from _mappings(computed, expected, path)
    elif isinstance(computed, Sequence) and not isinstance(computed, str) and isinstance(expected, list):
        yield from _lists(computed, expected, path)
    elif not _agrees(computed, expected):
        yield Difference(path, shown(computed), shown(expected))


def shown(figure: Figure) -> Any:
    """Give a figure as JSON and people take it: numbers to six decimals, dates as ISO text, no result as None."""
    match figure:
        case Mapping():
            return {str(key): shown(value) for key, value in figure.items()}
        case str() | bool() | None:
            return figure
        case int() | float() | Fraction() | Decimal():
            return _number_shown(figure)
        case date():
            return figure.isoformat()
        case _:
            return [shown(value) for value in figure]


def _number_shown(number: float | Fraction | Decimal) -> float | str:
    if isinstance(number, Fraction):
        if number.denominator == 1 or abs(number) > 10**300:
            return round(number)
        return float(round(number, 6))
    if isinstance(number, Decimal):
        return float(number)
    return number if isfinite(number) else str(number)


def _mappings(computed: Mapping[str, Figure], expected: Mapping[str, Any], path: str) -> Iterator[Difference]:
    names = {str(name): value for name, value in expected.items()}
    for name, value in names.items():
        inner = f"{path}.{name}".removeprefix(".")
        if name in computed:
            yield from differences(computed[name], value, inner)
        else:
            yield Difference(inner, "no such figure", shown(value))
    if isinstance(computed, ById):
        for name in sorted(name for name in computed.keys() - names.keys() if computed[name] is not None):
            yield Difference(f"{path}.{name}".removeprefix("."), shown(computed[name]), "not expected")


def _lists(computed: Sequence[Figure], expected: list[Any], path: str) -> Iterator[Difference]:
    if len(computed) != len(expected):
        yield Difference(path, shown(computed), shown(expected))
        return
    for index, (mine, theirs) in enumerate(zip(computed, expected, strict=True)):
        yield from differences(mine, theirs, f"{path}[{index}]")


def _agrees(computed: Figure, expected: Any) -> bool:
    match computed:
        case None:
            return expected is None or expected == "n/a"
        case bool():
            return computed is expected
        case int() | Fraction() | Decimal():
            return _is_number(expected) and _number_agrees(computed, expected)
        case datetime():
            return _instant(expected) == computed.astimezone(UTC)
        case date():
            return str(expected) == computed.isoformat()
        case _:
            return bool(str(expected) == str(computed))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _number_agrees(computed: float | Fraction | Decimal, expected: float) -> bool:
    written = Decimal(repr(expected))
    if isinstance(computed, int | Decimal):
        return Decimal(computed) == written
    exponent = written.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    tolerance = Fraction(1, 2 * 10 ** (decimals if decimals >= 2 else 4))
    return abs(Fraction(computed) - Fraction(written)) <= tolerance


def _instant(value: Any) -> object:
    try:
        instant = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        return _MISSING
    return instant.astimezone(UTC) if instant.tzinfo else _MISSING
