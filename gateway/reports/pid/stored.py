"""Reads the figures of months whose reports were kept, so that a history need not be computed again.

A folder holds `pid-YYYY-MM.json`, as `report pid --format json --figures-only` writes them.
"""

import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from gateway.reports.measures.month import Month
from gateway.reports.measures.terms import MeasureTerms
from gateway.reports.pid.figures import Figure, figure_of
from gateway.reports.pid.tally import Line, Sum


class StoredReportWrong(ValueError):  # noqa: N818 - it says what is so
    """Raised when a file is no report of performance indicators; the text names it."""


def stored_figures(folder: Path, month: Month, terms: MeasureTerms) -> Sequence[Figure] | None:
    """Give the figures of a month that were kept; None if none were.

    Raises:
        StoredReportWrong: the file is no such report, or one of another month or of one CLEC only.
        OSError: it cannot be read.
    """
    file = folder / f"pid-{month}.json"
    if not file.exists():
        return None
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        if (document["report"], document["month"], document["clec"]) != ("pid", str(month), None):
            raise StoredReportWrong(f"{file}: no report of the performance indicators of {month} for all CLECs")
        return [figure_of(line_of(figure), sum_of(figure), terms) for figure in document["figures"]]
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as wrong:
        raise StoredReportWrong(f"{file}: no report of performance indicators ({wrong!r})") from None


def months_in(folder: Path) -> list[Month]:
    """Give the months whose reports are kept in a folder.

    Raises:
        StoredReportWrong: a file's name names no month.
    """
    try:
        return sorted(Month.parse(file.stem.removeprefix("pid-")) for file in folder.glob("pid-*.json"))
    except ValueError as wrong:
        raise StoredReportWrong(f"{folder}: {wrong}; the files are called pid-YYYY-MM.json") from None


def line_of(figure: dict[str, Any]) -> Line:
    """Give the line of a figure as it stands in a report."""
    return Line(figure["measure"], figure["product"], figure["state"], figure["clec"] or "")


def sum_of(figure: dict[str, Any]) -> Sum:
    """Give what a figure adds up."""
    sums = Sum(values=[Fraction(value) for value in figure["values"]])
    sums.excluded.update(figure["excluded"])
    numerator, denominator = Fraction(figure["numerator"]), int(figure["denominator"])
    if figure["kind"] == "mean":
        sums.total, sums.count = numerator, denominator
    else:
        sums.met, sums.missed = int(numerator), denominator - int(numerator)
    return sums
