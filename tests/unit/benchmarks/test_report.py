"""What the benchmark's table says about its samples."""

from benchmarks.contestants import Store
from benchmarks.intake import Sample
from benchmarks.report import lines, verdicts


def _sample(contestant: str, store: Store | None, per_second: float, p99_ms: float = 10.0) -> Sample:
    return Sample(
        contestant, store, 1, 64, per_second, p50_ms=1.0, p99_ms=p99_ms, longest_ms=p99_ms, cpu_us=100.0, rss_mb=50.0
    )


def _gateway_at(rates: list[float], p99_ms: float = 10.0) -> list[Sample]:
    """Give repetitions in which the smallest pipeline halves its rate each time, as on a machine that gets busy."""
    smallest = [_sample("smallest", "sqlite", rate) for rate in (8000.0, 4000.0, 2000.0)]
    return smallest + [_sample("gateway", "sqlite", rate, p99_ms) for rate in rates]


def test_a_ratio_compares_within_a_repetition() -> None:
    """A machine that slows down between repetitions slows both sides of a ratio, so the ratio stays."""
    measured = lines(_gateway_at([5600.0, 2800.0, 1400.0]))
    gateway = next(line for line in measured if line.contestant == "gateway")
    assert (2800.0, 0.7) == (gateway.per_second, gateway.to_smallest)


def test_a_store_is_compared_with_its_own_yardstick() -> None:
    """PostgreSQL's gateway is not measured against SQLite's pipeline."""
    samples = [_sample("smallest", "sqlite", 8000.0), _sample("gateway", "postgres", 4000.0)]
    gateway = lines(samples)[1]
    assert gateway.to_smallest is None


def test_the_targets_are_met_at_and_above_their_level() -> None:
    """0.6 of the smallest pipeline and a p99 under 50 ms are enough."""
    judged = verdicts(lines(_gateway_at([4800.0, 2400.0, 1200.0], p99_ms=49.9)))
    assert [True, True] == [good for good, _ in judged]


def test_a_missed_target_is_said() -> None:
    """A gateway below 0.6, or with a p99 of 50 ms, fails the run."""
    judged = verdicts(lines(_gateway_at([4700.0, 2300.0, 1100.0], p99_ms=50.0)))
    assert [False, False] == [good for good, _ in judged]
