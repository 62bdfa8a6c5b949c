"""Square roots of exact numbers: exact where they are rational, else to 40 decimals, the same on every machine."""

from fractions import Fraction
from math import isqrt

_SCALE = 10**40


def root(value: Fraction) -> Fraction:
    """Give the square root of a number that is not negative.

    Raises:
        ValueError: the number is negative.
    """
    top, bottom = isqrt(value.numerator), isqrt(value.denominator)
    if top * top == value.numerator and bottom * bottom == value.denominator:
        return Fraction(top, bottom)
    return Fraction(isqrt(value.numerator * value.denominator * _SCALE * _SCALE), value.denominator * _SCALE)
