"""Daily reports as text: CSV, XML, JSON; and as files that are never seen half written."""

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from gateway.doors.problems import to_xml
from gateway.doors.report_models import DailyReportList, DailyReportView, ReportedView, ReportPartView
from gateway.doors.representation import NAMESPACE
from gateway.services.daily_reports import DailyReport

FORMATS = ("csv", "xml", "json")
_COLUMNS = ("report", "partner", "day", "part", "record", *ReportedView.model_fields, "text")


def printed(reports: Sequence[DailyReport], form: str) -> str:
    """Give all of `reports` as one text."""
    views = [DailyReportView.of(report) for report in reports]
    if form == "csv":
        return _csv((view, part) for view in views for part in view.parts)
    return _document(DailyReportList(reports=views), form)


def write(reports: Iterable[DailyReport], formats: Iterable[str], folder: Path) -> Iterator[Path]:
    """Write each report into `folder` and give the files: in CSV one a part, else one a report.

    Raises:
        OSError: a file cannot be written; those given before are complete.
    """
    folder.mkdir(parents=True, exist_ok=True)
    chosen = tuple(formats)
    for report in reports:
        view = DailyReportView.of(report)
        name = f"{view.report}-{quote(view.partner, safe='')}-{view.day.isoformat()}"
        for form in chosen:
            if form == "csv":
                for part in view.parts:
                    yield _write(folder / f"{name}-{part.name}.csv", _csv([(view, part)]))
            else:
                yield _write(folder / f"{name}.{form}", _document(view, form))


def _document(view: DailyReportView | DailyReportList, form: str) -> str:
    members = view.model_dump(mode="json")
    if form == "xml":
        return to_xml(type(view).__name__, members, NAMESPACE).decode() + "\n"
    return json.dumps(members, indent=2, ensure_ascii=False) + "\n"


def _csv(parts: Iterable[tuple[DailyReportView, ReportPartView]]) -> str:
    """Give one row a line; a part without lines has one row that says so (`record` is `none`)."""
    text = io.StringIO()
    rows = csv.DictWriter(text, _COLUMNS, lineterminator="\r\n")  # RFC 4180
    rows.writeheader()
    for view, part in parts:
        head = {"report": view.report, "partner": view.partner, "day": view.day.isoformat(), "part": part.name}
        if not part.lines:
            rows.writerow(head | {"record": "none", "text": f"Nothing to report of {part.name}: {view.summary}"})
        for line in part.lines:
            members = {name: _cell(value) for name, value in line.model_dump(mode="json").items()}
            rows.writerow(head | {"record": "line"} | members)
    return text.getvalue()


def _cell(value: object) -> str:
    """Give a value as a spreadsheet takes it: what an end user's name begins with must not make it a formula."""
    shown = " ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{shown}" if shown.startswith(("=", "+", "-", "@", "\t", "\r")) else shown


def _write(file: Path, text: str) -> Path:
    """Write a file under another name, and give it its own once it is complete and on the disk."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8", newline="") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
    return file
