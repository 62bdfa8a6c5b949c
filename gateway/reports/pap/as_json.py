"""The payment report as JSON and as CSV. The same figures, the same bytes."""

import csv
import io
import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final

from gateway.reports.pap.diary import Diary
from gateway.reports.pap.statement import PapReport, UnitMonth
from gateway.reports.plan.samples import MeanSample, Sample

_COLUMNS: Final = (
    *("month", "clec", "state", "measure", "product", "basis", "count", "misses", "result", "standard", "test"),
    *("conformance", "difference", "extent", "level", "escalation_month", "per_occurrence", "occurrences"),
    *("amount", "paid", "report_due", "payment_due", "flags", "figures"),
)


def pap_json(report: PapReport, diary: Diary) -> Iterator[str]:
    """Give the document."""
    yield json.dumps(pap_document(report, diary), indent=2, ensure_ascii=False) + "\n"


def pap_document(report: PapReport, diary: Diary) -> dict[str, Any]:
    """Give the report as JSON values."""
    cap = report.cap
    return {
        "report": "pap",
        "month": str(report.month),
        "version": report.version,
        "state": report.state,
        "readings": dict(report.readings),
        "totals": {clec: str(amount) for clec, amount in report.totals.items()},
        "units": [
            {**unit_json(one), "history": [unit_json(earlier) for earlier in report.history[one.unit][:-1]]}
            for one in report.units
        ],
        "units_elsewhere": report.units_elsewhere,
        "cap": {
            "amount": str(cap.cap),
            "by_year": {str(year): str(amount) for year, amount in sorted(cap.by_year.items())},
            "crossed_in": str(cap.crossing) if cap.crossing else None,
            "commission_may_ask": cap.may_be_asked,
        },
        "consequences": [
            {
                "kind": one.kind,
                "month": str(one.month) if one.month else None,
                "clec": one.clec or None,
                "section": one.section,
                "text": one.text,
                "amount": str(one.amount),
                "to": one.to or None,
            }
            for one in diary.of(report.month)
        ],
    }


def unit_json(one: UnitMonth) -> dict[str, Any]:
    """Give one unit of one month."""
    verdict, found = one.verdict, one.verdict.observed
    sample: Sample | None = found.sample if found else None
    misses = None if sample is None or isinstance(sample, MeanSample) else sample.misses
    return {
        "month": str(one.month),
        "clec": one.unit.clec,
        "state": one.unit.state,
        "measure": one.unit.measure,
        "product": one.unit.product,
        "basis": found.basis if found else None,
        "count": sample.count if sample else 0,
        "misses": misses,
        "result": _exact(verdict.result),
        "standard": _exact(verdict.standard),
        "test": verdict.test,
        "conformance": verdict.month.conformance.value,
        "difference": _exact(verdict.difference),
        "extent": verdict.month.extent,
        "level": one.payment.level,
        "escalation_month": one.payment.escalation_month,
        "per_occurrence": _exact(one.payment.per_occurrence),
        "occurrences": _exact(verdict.month.occurrences),
        "amount": str(one.payment.amount),
        "paid": str(one.paid),
        "report_due": one.due.report.isoformat(),
        "payment_due": one.due.payment.isoformat(),
        "flags": list(verdict.flags),
        "figures": list(found.figures) if found else [],
    }


def pap_csv(report: PapReport) -> Iterator[str]:
    """Give a line for each unit of the month, under a line of names."""
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    for one in report.units:
        row = unit_json(one)
        writer.writerow({**row, "flags": "; ".join(row["flags"]), "figures": "; ".join(row["figures"])})
    yield text.getvalue()


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)
