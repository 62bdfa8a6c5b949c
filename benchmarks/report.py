"""What was measured, as a table of medians and ratios, and as JSON."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from benchmarks.contestants import Store
from benchmarks.full_record import FullRecord
from benchmarks.intake import Sample

TARGET_RATIO = 0.6
"""Of the smallest honest pipeline's rate, at 64 connections."""
TARGET_P99_MS = 50.0
"""Of an accepted order, at 64 connections and one process."""
TARGET_CONNECTIONS = 64
TARGET_LOSS_WHEN_FULL = 0.1
"""Of intake, with a million stored orders and as many open clocks."""

_HEAD = (
    f"{'contestant':<11}{'store':<10}{'proc':>4}{'conn':>6}{'orders/s':>10}{'spread':>14}{'p50 ms':>9}{'p99 ms':>9}"
    f"{'CPU us':>9}{'MB':>6}{'x bare':>8}{'x smallest':>12}"
)


@dataclass(frozen=True, slots=True)
class Line:
    """The medians of one contestant at one number of connections, and its ratios to both yardsticks."""

    contestant: str
    store: Store | None
    processes: int
    connections: int
    repetitions: int
    per_second: float
    least: float
    most: float
    p50_ms: float
    p99_ms: float
    cpu_us: float
    rss_mb: float
    to_bare: float | None
    to_smallest: float | None


def lines(samples: Iterable[Sample]) -> list[Line]:
    """Give a line for each contestant and setting. A ratio is the median of the ratios within each repetition."""
    rounds: dict[tuple[str, Store | None, int, int], list[Sample]] = defaultdict(list)
    for sample in samples:
        rounds[sample.contestant, sample.store, sample.processes, sample.connections].append(sample)
    return [_line(taken, rounds) for taken in rounds.values()]


def _line(taken: Sequence[Sample], rounds: Mapping[tuple[str, Store | None, int, int], Sequence[Sample]]) -> Line:
    first = taken[0]
    setting = (first.processes, first.connections)
    rates = [sample.per_second for sample in taken]
    return Line(
        contestant=first.contestant,
        store=first.store,
        processes=first.processes,
        connections=first.connections,
        repetitions=len(taken),
        per_second=median(rates),
        least=min(rates),
        most=max(rates),
        p50_ms=median(sample.p50_ms for sample in taken),
        p99_ms=median(sample.p99_ms for sample in taken),
        cpu_us=median(sample.cpu_us for sample in taken),
        rss_mb=max(sample.rss_mb for sample in taken),
        to_bare=_ratio(taken, rounds.get(("bare", None, *setting), ())),
        to_smallest=_ratio(taken, rounds.get(("smallest", first.store, *setting), ())) if first.store else None,
    )


def _ratio(taken: Sequence[Sample], yardstick: Sequence[Sample]) -> float | None:
    """Samples of one repetition stand at the same place of both lists."""
    pairs = zip(taken, yardstick, strict=False)
    ratios = [sample.per_second / other.per_second for sample, other in pairs]
    return median(ratios) if ratios else None


def table(measured: Iterable[Line]) -> str:
    """Give the table for people."""
    return "\n".join([_HEAD, *map(_row, measured)])


def _row(line: Line) -> str:
    return (
        f"{line.contestant:<11}{line.store or '-':<10}{line.processes:>4}{line.connections:>6}{line.per_second:>10,.0f}"
        f"{f'{line.least:,.0f}-{line.most:,.0f}':>14}{line.p50_ms:>9.2f}{line.p99_ms:>9.2f}{line.cpu_us:>9.0f}"
        f"{line.rss_mb:>6.0f}{_share(line.to_bare):>8}{_share(line.to_smallest):>12}"
    )


def _share(ratio: float | None) -> str:
    return "-" if ratio is None else f"{ratio:.2f}"


def full_record_words(full: FullRecord) -> str:
    """Give what a full record changed, in words with the figures."""
    firing = full.firing
    return (
        f"{full.store}, {full.orders:,} orders on record: intake {full.intake_ratio:.2f} of that on an empty record; "
        f"{firing.fired:,} of {firing.open_clocks:,} open clocks fired in {firing.milliseconds:,.0f} ms "
        f"({1000 * firing.milliseconds / firing.fired:,.0f} us each); "
        f"a look with nothing due takes {firing.idle_milliseconds:.2f} ms"
    )


def verdicts(measured: Iterable[Line], stored: Iterable[FullRecord] = ()) -> list[tuple[bool, str]]:
    """Give, for each store, whether the gateway met its targets, in words with the figures."""
    judged = []
    for line in measured:
        if (line.contestant, line.processes, line.connections) != ("gateway", 1, TARGET_CONNECTIONS):
            continue
        ratio = line.to_smallest or 0.0
        judged.append(
            (ratio >= TARGET_RATIO, f"{line.store}: {ratio:.2f} of the smallest pipeline (>= {TARGET_RATIO})")
        )
        judged.append((line.p99_ms < TARGET_P99_MS, f"{line.store}: p99 {line.p99_ms:.1f} ms (< {TARGET_P99_MS:g} ms)"))
    for full in stored:
        least = 1 - TARGET_LOSS_WHEN_FULL
        words = (
            f"{full.store}: {full.intake_ratio:.2f} of its intake with {full.orders:,} orders on record (> {least:g})"
        )
        judged.append((full.intake_ratio > least, words))
    return judged


def save(folder: Path, name: str, content: Mapping[str, object]) -> Path:
    """Write `content` as JSON and give the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    path.write_text(json.dumps(content, indent=1, default=asdict) + "\n")
    return path
