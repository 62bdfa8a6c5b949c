"""What another reading of the exhibit changes in a month: readings, figures, and each record that comes out otherwise.

It is what the documentation of a change of the measuring system needs (Exhibit K 13.1).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from gateway.reports.pid.as_json import figure_json
from gateway.reports.pid.figures import Figure
from gateway.reports.pid.record_file import RecordFile
from gateway.reports.pid.report import PidReport

Said = Mapping[tuple[str, str], str]
"""What became of each record of an order, by figure and record."""


def comparison_json(before: PidReport, after: PidReport, old: RecordFile, new: RecordFile) -> Iterator[str]:
    """Give the document in pieces; what is the same in both is not in it."""
    head = {
        "report": "pid-comparison",
        "month": str(before.month),
        "versions": {"before": before.version, "after": after.version},
        "readings": _changed(before.readings, after.readings),
        "figures": list(_figures(before.figures, after.figures)),
    }
    yield json.dumps(head, indent=2, ensure_ascii=False)[:-2]
    yield ',\n  "records": ['
    separator = "\n    "
    for record in changed_records(old, new):
        yield separator + json.dumps(record, ensure_ascii=False)
        separator = ",\n    "
    yield "\n  ]\n}\n"


def changed_records(old: RecordFile, new: RecordFile) -> Iterator[dict[str, Any]]:
    """Give each record that comes out otherwise; two files in the order of the orders, neither of them held whole."""
    left, right = _by_order(old), _by_order(new)
    mine, theirs = next(left, None), next(right, None)
    while mine or theirs:
        if theirs is None or (mine is not None and mine[0] < theirs[0]):
            order, before, after = mine[0] if mine else "", mine[1] if mine else {}, {}
            mine = next(left, None)
        elif mine is None or theirs[0] < mine[0]:
            order, before, after = theirs[0], {}, theirs[1]
            theirs = next(right, None)
        else:
            order, before, after = mine[0], mine[1], theirs[1]
            mine, theirs = next(left, None), next(right, None)
        for key in sorted(before.keys() | after.keys()):
            if before.get(key) != after.get(key):
                figure, record = key
                yield {
                    "order": order,
                    "record": record,
                    "figure": figure,
                    "before": before.get(key),
                    "after": after.get(key),
                }


def _by_order(file: RecordFile) -> Iterator[tuple[str, dict[tuple[str, str], str]]]:
    for order, records in groupby(file.records(), key=lambda record: str(record["order"])):
        yield order, {(record["figure"], record["record"]): _said(record) for record in records}


def _said(record: Mapping[str, Any]) -> str:
    return " ".join(str(part) for part in (record["outcome"], record.get("value"), record.get("reason")) if part)


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {
        name: {"before": value, "after": after[name]}
        for name, value in before.items()
        if after.get(name, value) != value
    }


def _figures(before: Sequence[Figure], after: Sequence[Figure]) -> Iterator[dict[str, Any]]:
    old, new = ({figure.line: figure for figure in figures} for figures in (before, after))
    for line in sorted(old.keys() | new.keys()):
        shown = [_told(figures.get(line)) for figures in (old, new)]
        if shown[0] != shown[1]:
            yield {"figure": line.id, "clec": line.clec or None, "before": shown[0], "after": shown[1]}


def _told(figure: Figure | None) -> dict[str, Any] | None:
    if figure is None:
        return None
    told = figure_json(figure)
    return {name: told[name] for name in ("numerator", "denominator", "result", "shown", "standard", "met", "excluded")}
