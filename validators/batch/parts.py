"""What a batch file is taken apart into."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class BatchFault:
    """One thing wrong with a file or a request in it.

    Attributes:
        text: what is wrong.
        cure: how to mend it.
        row: row of a delimited file, counted from 1 with the heading; None where rows do not matter.
        column: the column as its heading names it.
    """

    text: str
    cure: str
    row: int | None = None
    column: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Give it as plain JSON values, without what it does not say."""
        told = {"row": self.row, "column": self.column, "text": self.text, "cure": self.cure}
        return {name: value for name, value in told.items() if value is not None}


class BatchRefused(Exception):  # noqa: N818 - it says what is so
    """Raised when a file is taken as a whole or not at all, and is not: nothing in it was processed."""

    def __init__(self, faults: Iterable[BatchFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(fault.text for fault in self.faults))


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One request of a file.

    Attributes:
        number: its place in the file, from 1.
        document: the request as an XML document; None where its row makes none.
        row: its row in a delimited file.
        faults: why there is no document.
        columns: for a delimited file the heading of each column by the field that it fills (`ADMIN/DDD`).
    """

    number: int
    document: bytes | None = field(repr=False)
    row: int | None = None
    faults: tuple[BatchFault, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict, repr=False)

    def column_of(self, path: str) -> str | None:
        """Give the column that a finding's path (`/AccessServiceRequest/ADMIN/DDD`) is about; None where none is."""
        below = path.partition("/")[2].partition("/")[2]
        # A detail that stands alone has no index in paths.
        return self.columns.get(below.replace("/DETAIL/", "/DETAIL[1]/"))
