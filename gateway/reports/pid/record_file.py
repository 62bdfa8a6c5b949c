"""Keeps the records of a report aside in a file while the figures are still being added up."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile, mkstemp
from types import TracebackType
from typing import IO, Any, Final, Protocol, Self

from gateway.record.types import dumps
from gateway.reports.measures.outcome import Counted, Excluded, Lasted, Measured
from gateway.reports.pid.judging import Judged
from gateway.reports.pid.tally import Line

_IN_MEMORY: Final = 4_000_000


class Recorded(Protocol):
    """What a record is of: an order, or an entry of a log."""

    @property
    def order_id(self) -> str:
        """Id of the order or of the entry."""

    @property
    def pon(self) -> str:
        """The order's PON, or what the entry is called."""


class Records(Protocol):
    """Takes the records of a report."""

    def write(self, line: Line, of: Recorded, judged: Judged) -> None:
        """Take one record."""

    def aside(self) -> "Records":
        """Give an empty one of the same kind, which another process can fill and send back."""

    def join(self, later: Any) -> None:
        """Take all of one that was given aside; its records come after those of this one."""

    def let_go(self) -> None:
        """Keep nothing of it on the disk."""


class NoRecords:
    """Lets every record go: for who wants the figures alone."""

    def write(self, line: Line, of: Recorded, judged: Judged) -> None:
        """Take one record."""

    def aside(self) -> "NoRecords":
        """Give another."""
        return NoRecords()

    def join(self, later: "NoRecords") -> None:
        """Take what another has: nothing."""

    def let_go(self) -> None:
        """Do nothing: there is nothing on the disk."""


class RecordFile:
    """One line of JSON a record, in the order of the orders; small ones stay in memory.

    Args:
        file: where it lies if another process is to read it; it goes on at its end.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._path = file
        self._file: IO[str] = _opened(file)

    def __enter__(self) -> Self:
        """Give the file."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of it."""
        self.let_go()

    def __reduce__(self) -> tuple[type[Self], tuple[Path | None]]:
        """Go to another process as the name of the file."""
        self._file.flush()
        return type(self), (self._path,)

    def aside(self) -> "RecordFile":
        """Give an empty one in a file with a name."""
        descriptor, name = mkstemp(prefix="oss-gateway-records-")
        os.close(descriptor)
        return RecordFile(Path(name))

    def join(self, later: "RecordFile") -> None:
        """Take all of another, and let go of that."""
        self._file.writelines(f"{line}\n" for line in later.lines())
        later.let_go()

    def let_go(self) -> None:
        """Close it; a file with a name is gone then."""
        self._file.close()
        if self._path is not None:
            self._path.unlink(missing_ok=True)

    def write(self, line: Line, of: Recorded, judged: Judged) -> None:
        """Keep one record."""
        self._file.write(dumps(record_json(line, of, judged)) + "\n")

    def lines(self) -> Iterator[str]:
        """Give every record as a line of JSON, in the order written."""
        self._file.seek(0)
        return (line.rstrip("\n") for line in self._file)

    def records(self) -> Iterator[dict[str, Any]]:
        """Give every record, in the order written."""
        return map(json.loads, self.lines())


def _opened(file: Path | None) -> IO[str]:
    if file is not None:
        return file.open("a+", encoding="utf-8")
    return SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8")


def record_json(line: Line, of: Recorded, judged: Judged) -> dict[str, Any]:
    """Give a record as JSON: which figure it belongs to, what it is of, what became of it and why."""
    outcome = judged.outcome
    said: dict[str, Any] = {"outcome": outcome_of(outcome)}
    if isinstance(outcome, Measured):
        said["value"] = str(outcome.value)
    elif isinstance(outcome, Lasted):
        said["value"] = str(outcome.usable or -outcome.lost)
    elif isinstance(outcome, Excluded):
        said["reason"] = outcome.reason
    return {
        "figure": line.id,
        "clec": line.clec,
        "order": of.order_id,
        "record": judged.outcome.record_id,
        "pon": of.pon,
        **said,
        **judged.facts(),
    }


def outcome_of(outcome: Counted | Measured | Lasted | Excluded) -> str:
    """Give the word for what became of a record."""
    if isinstance(outcome, Counted):
        return "met" if outcome.met else "missed"
    if isinstance(outcome, Lasted):
        return "missed" if outcome.lost else "met"
    return "measured" if isinstance(outcome, Measured) else "excluded"
