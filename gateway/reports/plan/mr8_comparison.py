"""MR-8 against OP-5 and MR-7 for DS1-capable loops and EEL-DS1 (Exhibit K 11.1.1)."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class LargerSide:
    """Which side is paid, and how much; nothing of the other."""

    measures: tuple[str, ...]
    amount: Decimal


def larger_side(mr8: Decimal, op5: Decimal, mr7: Decimal) -> LargerSide:
    """Give what is paid for one month's data: the larger side, MR-8 where both are the same."""
    return LargerSide(("MR-8",), mr8) if mr8 >= op5 + mr7 else LargerSide(("OP-5", "MR-7"), op5 + mr7)
