"""Keeps the records of a report aside in a file while the figures are still being added up."""

import json
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Any, Final, Protocol, Self

from gateway.record.histories import History
from gateway.record.types import dumps
from gateway.reports.measures.outcome import Counted, Excluded, Measured
from gateway.reports.pid.judging import Judged
from gateway.reports.pid.tally import Line

_IN_MEMORY: Final = 4_000_000


class Records(Protocol):
    """Takes the records of a report."""

    def write(self, line: Line, history: History, judged: Judged) -> None:
        """Take one record."""


class NoRecords:
    """Lets every record go: for who wants the figures alone."""

    def write(self, line: Line, history: History, judged: Judged) -> None:
        """Take one record."""


class RecordFile:
    """One line of JSON a record, in the order of the orders; small ones stay in memory."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8")  # noqa: SIM115 - closed by __exit__

    def __enter__(self) -> Self:
        """Give the file."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of it."""
        self._file.close()

    def write(self, line: Line, history: History, judged: Judged) -> None:
        """Keep one record."""
        self._file.write(dumps(record_json(line, history, judged)) + "\n")

    def lines(self) -> Iterator[str]:
        """Give every record as a line of JSON, in the order written."""
        self._file.seek(0)
        return (line.rstrip("\n") for line in self._file)

    def records(self) -> Iterator[dict[str, Any]]:
        """Give every record, in the order written."""
        return map(json.loads, self.lines())


def record_json(line: Line, history: History, judged: Judged) -> dict[str, Any]:
    """Give a record as JSON: which figure it belongs to, what it is of, what became of it and why."""
    outcome = judged.outcome
    said: dict[str, Any] = {"outcome": outcome_of(outcome)}
    if isinstance(outcome, Measured):
        said["value"] = str(outcome.value)
    elif isinstance(outcome, Excluded):
        said["reason"] = outcome.reason
    return {
        "figure": line.id,
        "clec": line.clec,
        "order": history.order_id,
        "record": judged.outcome.record_id,
        "pon": history.pon,
        **said,
        **judged.facts(),
    }


def outcome_of(outcome: Counted | Measured | Excluded) -> str:
    """Give the word for what became of a record."""
    if isinstance(outcome, Counted):
        return "met" if outcome.met else "missed"
    return "measured" if isinstance(outcome, Measured) else "excluded"
