"""Telephone numbers as the forms write them, with or without hyphens: one number, or a range of the same exchange."""

from dataclasses import dataclass
from typing import Final

_LENGTH: Final = 10
_WITH_RANGE_END: Final = 14
_EXCHANGE: Final = 6


@dataclass(frozen=True, slots=True)
class Numbers:
    """A run of numbers, both ends in it: `2085550120-0124` is five of them. One number is a run of one."""

    first: int
    last: int

    @property
    def single(self) -> bool:
        """Whether it is one number."""
        return self.first == self.last

    @property
    def area_code(self) -> int:
        """NPA."""
        return self.first // 10_000_000

    @property
    def exchange(self) -> int:
        """NXX."""
        return self.first // 10_000 % 1000

    def meets(self, other: "Numbers") -> bool:
        """Say whether some number is in both."""
        return self.first <= other.last and other.first <= self.last


def plain(text: str) -> str:
    """Give a telephone number without its hyphens: what is the same number is then the same text."""
    return text.replace("-", "")


def read_numbers(text: str | None) -> Numbers | None:
    """Give the run that `text` writes: ten digits, or ten and the last four of its end; None where it writes none.

    A range may run backward (`last` before `first`); that is for a rule to tell.
    """
    digits = plain(text) if text is not None else ""
    if not digits.isdecimal() or len(digits) not in (_LENGTH, _WITH_RANGE_END):
        return None
    first = int(digits[:_LENGTH])
    return Numbers(first, first if len(digits) == _LENGTH else int(digits[:6] + digits[_LENGTH:]))


def write_numbers(numbers: Numbers) -> str:
    """Give a run as the forms write it, with hyphens."""
    text = f"{numbers.first:010d}"
    end = "" if numbers.single else f"-{numbers.last % 10_000:04d}"
    return f"{text[:3]}-{text[3:6]}-{text[6:]}{end}"


def blocks(numbers: Numbers) -> tuple[str, ...]:
    """Give the run as the fewest blocks of decimal digits: `2085550110-0129` is `208555011` and `208555012`.

    A run that goes backward is its first number alone.
    """
    found, first, last = [], numbers.first, max(numbers.first, numbers.last)
    while first <= last:
        size = 1
        while first % (size * 10) == 0 and first + size * 10 - 1 <= last:
            size *= 10
        found.append(f"{first // size:0{_LENGTH - len(str(size)) + 1}d}")
        first += size
    return tuple(found)


def blocks_with(number: str) -> tuple[str, ...]:
    """Give every block that a number of ten digits stands in, itself the first; no run is longer than four digits."""
    return tuple(number[:length] for length in range(_LENGTH, _EXCHANGE - 1, -1))
