"""The report as CSV: a line a figure, or a line a record."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from gateway.reports.pid.as_json import figure_json
from gateway.reports.pid.record_file import RecordFile
from gateway.reports.pid.report import PidReport

_FIGURES: Final = (
    *("month", "figure", "measure", "title", "product", "state", "clec", "unit"),
    *("numerator", "denominator", "result", "shown", "standard", "met", "excluded"),
)
_RECORDS: Final = (
    *("figure", "clec", "order", "record", "pon", "outcome", "value", "reason"),
    *("received_at", "application_at", "foc_at", "took", "limit", "rejected_at"),
    *("application_date", "original_due_date", "changes", "completed_on", "miss_reason"),
    *("frame_due_at", "trigger_set_at"),
    *("quoted_on", "accepted_on", "equipment_on", "rfs_date", "ready_on"),
    *("asked", "asked_at", "answered_by", "began_at", "ended_at", "register"),
)


def figures_csv(report: PidReport) -> Iterator[str]:
    """Give a line for each figure, under a line of names."""
    return _lines(_FIGURES, (_flat({"month": str(report.month), **figure_json(figure)}) for figure in report.figures))


def records_csv(records: RecordFile) -> Iterator[str]:
    """Give a line for each record, under a line of names."""
    return _lines(_RECORDS, records.records())


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    row["excluded"] = "; ".join(f"{reason} {count}" for reason, count in row["excluded"].items())
    return row


def _lines(names: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    text = io.StringIO()
    writer = csv.DictWriter(text, names, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(row)
        if text.tell() > 64_000:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()
