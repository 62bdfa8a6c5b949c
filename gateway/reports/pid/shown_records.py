"""Which records a page shows under each figure: misses and exclusions first, and no more than a person would read."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from gateway.reports.pid.judging import Judged
from gateway.reports.pid.record_file import Recorded, outcome_of, record_json
from gateway.reports.pid.tally import Line

_MOST: Final = 200
"""Records of one outcome that are listed under one figure; the CSV of the records has them all."""

Record = Mapping[str, Any]


class ShownRecords:
    """A bounded choice of the records of each figure, made while the report is."""

    def __init__(self) -> None:
        self._kept: defaultdict[tuple[str, str], list[Record]] = defaultdict(list)
        self._seen: Counter[str] = Counter()

    def write(self, line: Line, of: Recorded, judged: Judged) -> None:
        """Take one record, if it is among those that are shown."""
        self._seen[line.id] += 1
        same = self._kept[line.id, outcome_of(judged.outcome)]
        if len(same) < _MOST:
            same.append(record_json(line, of, judged))

    def aside(self) -> "ShownRecords":
        """Give an empty one."""
        return ShownRecords()

    def join(self, later: "ShownRecords") -> None:
        """Take of another what is shown after one's own."""
        self._seen += later.counts()
        for key, records in later.kept().items():
            same = self._kept[key]
            same.extend(records[: _MOST - len(same)])

    def counts(self) -> Counter[str]:
        """Give how many records each figure has."""
        return self._seen

    def kept(self) -> Mapping[tuple[str, str], Sequence[Record]]:
        """Give the records that were taken, by figure and outcome."""
        return self._kept

    def let_go(self) -> None:
        """Do nothing: there is nothing on the disk."""

    def of(self, figure: str) -> Sequence[Record]:
        """Give the records to show under a figure: missed, measured, met, excluded."""
        outcomes = ("missed", "measured", "met", "excluded")
        return [record for outcome in outcomes for record in self._kept.get((figure, outcome), ())]

    def seen(self, figure: str) -> int:
        """Give how many records the figure has."""
        return self._seen[figure]
