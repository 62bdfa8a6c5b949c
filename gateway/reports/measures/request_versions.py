"""Which version of a request starts its clock (9.2.4.3.1.2.2, R-VER)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gateway.reports.measures.readings import MeasureReadings


@dataclass(frozen=True, slots=True)
class RequestVersion:
    """One version of a request, as received."""

    version: str
    received_at: datetime
    complete: bool
    """Complete and accurate. A rejected version is not, and never starts the clock."""


def clock_starting_version(
    versions: Sequence[RequestVersion], foc_at: datetime, readings: MeasureReadings
) -> RequestVersion | None:
    """Give the version whose receipt starts the clock of the original FOC sent at `foc_at`; None if none was complete.

    It is the last complete version received before the FOC; under the other reading the first one.
    """
    complete = [version for version in versions if version.complete and version.received_at <= foc_at]
    if not complete:
        return None
    pick = max if readings.clock_version == "last_before_foc" else min
    return pick(complete, key=lambda version: version.received_at)
