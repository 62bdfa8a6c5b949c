"""The reporting period: one calendar month, told by dates in the agreement's zone (Exhibit B, Reporting Period)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read `YYYY-MM`.

        Raises:
            ValueError: the text is no month.
        """
        day = date.fromisoformat(f"{text}-01")
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        """The first date of the month."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """The last date of the month."""
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    def later(self, months: int) -> "Month":
        """Give the month so many months on (or back, if negative)."""
        years, month = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(years, month + 1)

    def holds(self, day: date) -> bool:
        """Say whether the date lies in the month."""
        return day.month == self.number and day.year == self.year

    def __str__(self) -> str:
        """Give `YYYY-MM`."""
        return f"{self.year:04}-{self.number:02}"
