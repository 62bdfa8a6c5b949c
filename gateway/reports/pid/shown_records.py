"""Which records a page shows under each figure: misses and exclusions first, and no more than a person would read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

_MOST: Final = 200
"""Records of one outcome that are listed under one figure; the CSV of the records has them all."""

Record = Mapping[str, Any]


class ShownRecords:
    """A bounded choice of the records of each figure."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._kept: defaultdict[str, defaultdict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
        self._seen: defaultdict[str, int] = defaultdict(int)
        for record in records:
            self._seen[record["figure"]] += 1
            same = self._kept[record["figure"]][record["outcome"]]
            if len(same) < _MOST:
                same.append(record)

    def of(self, figure: str) -> Sequence[Record]:
        """Give the records to show under a figure: missed, measured, met, excluded."""
        kept = self._kept[figure]
        return [record for outcome in ("missed", "measured", "met", "excluded") for record in kept[outcome]]

    def seen(self, figure: str) -> int:
        """Give how many records the figure has."""
        return self._seen[figure]
