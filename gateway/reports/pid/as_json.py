"""The report as JSON: figures first, then every record, each on a line of its own. The same month, the same bytes."""

import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from gateway.reports.pid.figures import Figure
from gateway.reports.pid.record_file import RecordFile
from gateway.reports.pid.report import PidReport


def report_json(report: PidReport, records: RecordFile) -> Iterator[str]:
    """Give the document in pieces."""
    yield json.dumps(summary(report), indent=2, ensure_ascii=False)[:-2]
    yield ',\n  "records": ['
    separator = "\n    "
    for line in records.lines():
        yield separator + line
        separator = ",\n    "
    yield "\n  ]\n}\n"


def summary_json(report: PidReport) -> Iterator[str]:
    """Give the document without its records: what is kept of a month, and read again for the months after it."""
    yield json.dumps(summary(report), indent=2, ensure_ascii=False) + "\n"


def summary(report: PidReport) -> dict[str, Any]:
    """Give the report without its records."""
    return {
        "report": "pid",
        "month": str(report.month),
        "version": report.version,
        "clec": report.partner_id,
        "readings": dict(report.readings),
        "changed_readings": dict(report.changed_readings),
        "provisional": report.provisional,
        "closes_on": report.closes_on.isoformat(),
        "orders_read": report.orders_read,
        "orders_without_terms": report.orders_without_terms,
        "figures": [figure_json(figure) for figure in report.figures],
        "without_records": [
            {"measure": name, "shown": "n/a", "why": why} for name, why in report.without_records.items()
        ],
    }


def figure_json(figure: Figure) -> dict[str, Any]:
    """Give one figure: exact, and as it is shown (Exhibit B gives no rounding: two decimals, R-ROUND)."""
    line = figure.line
    return {
        "figure": line.id,
        "measure": line.measure,
        "title": figure.title,
        "product": line.product,
        "state": line.state,
        "clec": line.clec or None,
        "kind": figure.kind,
        "unit": figure.unit,
        "numerator": exact(figure.numerator),
        "denominator": figure.denominator,
        "result": exact(figure.result),
        "shown": shown(figure),
        "standard": exact(figure.standard),
        "met": figure.met,
        "values": [exact(value) for value in figure.sums.values] if figure.kind == "mean" else [],
        "excluded": dict(sorted(figure.sums.excluded.items())),
    }


def exact(value: Fraction | None) -> str | None:
    """Write a number exactly: as a fraction where it is none of whole numbers."""
    return None if value is None else str(value)


def shown(figure: Figure) -> str:
    """Write a result as people read it."""
    if figure.result is None:
        return "n/a"
    if figure.kind == "count":
        return str(figure.result)
    if figure.kind == "share":
        return f"{decimal(figure.result * 100)} %"
    return hours(figure.result) if figure.unit == "h:mm" else decimal(figure.result)


def hours(minutes: Fraction) -> str:
    """Write minutes as PO-3 wants them: hours and minutes."""
    whole = int(minutes + Fraction(1, 2))
    return f"{whole // 60}:{whole % 60:02}"


def decimal(value: Fraction, places: int = 2) -> str:
    """Write a number with so many decimals, half up."""
    unit = 10**places
    whole = (abs(value) * unit + Fraction(1, 2)).__floor__()
    text = str((Decimal(whole) / unit).quantize(Decimal(1).scaleb(-places)))
    return f"-{text}" if value < 0 and whole else text
