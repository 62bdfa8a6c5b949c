"""A charge as a notice states it. It is stated, never billed here."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge of the agreement that applies to an order.

    Attributes:
        id: id of the term.
        name: its name in words.
        section: what it rests on.
        line: line of Exhibit A.
        amount: dollars a unit; None where a tariff has it, which `name` then says.
        unit: what is counted.
        quantity: how many; None where only the work itself will tell.
    """

    id: str
    name: str
    section: str
    line: str
    amount: Decimal | None
    unit: str
    quantity: int | None

    def fields(self) -> tuple[tuple[str, str | None], ...]:
        """Give its elements in their order; None where there is nothing to say."""
        return (
            ("ID", self.id),
            ("NAME", self.name),
            ("SECTION", self.section),
            ("LINE", self.line),
            ("AMOUNT", None if self.amount is None else f"{self.amount:.2f}"),
            ("UNIT", self.unit),
            ("QUANTITY", None if self.quantity is None else str(self.quantity)),
            ("TOTAL", self._total),
        )

    @property
    def _total(self) -> str | None:
        if self.quantity is None or self.amount is None:
            return None
        return f"{self.amount * self.quantity:.2f}"

    def as_json(self) -> dict[str, Any]:
        """Give it as plain JSON values, amounts as text so that no cent is lost."""
        return {name.lower(): text for name, text in self.fields() if text is not None}
