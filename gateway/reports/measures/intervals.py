"""Spans of real time, and what is left when spans are joined, cut out of one another, or added up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Interval:
    """A span from `start` (inside) to `stop` (outside), both aware and in UTC: differences are real elapsed time."""

    start: datetime
    stop: datetime


def joined(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Give the same time as spans in order that neither touch nor overlap; empty and reversed spans fall away."""
    result: list[Interval] = []
    for span in sorted((span for span in intervals if span.start < span.stop), key=lambda span: span.start):
        if result and span.start <= result[-1].stop:
            result[-1] = Interval(result[-1].start, max(result[-1].stop, span.stop))
        else:
            result.append(span)
    return tuple(result)


def shared(left: Iterable[Interval], right: Iterable[Interval]) -> tuple[Interval, ...]:
    """Give the time that lies in both."""
    others = joined(right)
    return joined(
        Interval(max(span.start, other.start), min(span.stop, other.stop)) for span in joined(left) for other in others
    )


def without(left: Iterable[Interval], right: Iterable[Interval]) -> tuple[Interval, ...]:
    """Give the time of `left` that does not lie in `right`."""
    cuts = joined(right)
    result: list[Interval] = []
    for span in joined(left):
        start = span.start
        for cut in cuts:
            if cut.stop > start and cut.start < span.stop:
                result.append(Interval(start, cut.start))
                start = max(start, cut.stop)
        result.append(Interval(start, span.stop))
    return joined(result)


def length(intervals: Iterable[Interval]) -> timedelta:
    """Give the real time the spans cover, overlaps counted once."""
    return sum((span.stop - span.start for span in joined(intervals)), timedelta())
