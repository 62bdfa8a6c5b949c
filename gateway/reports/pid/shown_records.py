"""Which records a page shows under each figure: misses and exclusions first, and no more than a person would read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from gateway.record.histories import History
from gateway.reports.pid.judging import Judged
from gateway.reports.pid.record_file import outcome_of, record_json
from gateway.reports.pid.tally import Line

_MOST: Final = 200
"""Records of one outcome that are listed under one figure; the CSV of the records has them all."""

Record = Mapping[str, Any]


class ShownRecords:
    """A bounded choice of the records of each figure, made while the report is."""

    def __init__(self) -> None:
        self._kept: defaultdict[str, defaultdict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
        self._seen: defaultdict[str, int] = defaultdict(int)

    def write(self, line: Line, history: History, judged: Judged) -> None:
        """Take one record, if it is among those that are shown."""
        self._seen[line.id] += 1
        same = self._kept[line.id][outcome_of(judged.outcome)]
        if len(same) < _MOST:
            same.append(record_json(line, history, judged))

    def of(self, figure: str) -> Sequence[Record]:
        """Give the records to show under a figure: missed, measured, met, excluded."""
        kept = self._kept[figure]
        return [record for outcome in ("missed", "measured", "met", "excluded") for record in kept[outcome]]

    def seen(self, figure: str) -> int:
        """Give how many records the figure has."""
        return self._seen[figure]
