"""Token buckets."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gateway.clock import ManualClock
from gateway.doors.rates import Rate, RateLimiter

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_each_caller_has_a_bucket_of_its_own() -> None:
    """One that is used up takes nothing from another."""
    limiter = RateLimiter(Rate(1, 2), ManualClock(NOON))

    assert [True, True, False] == [limiter.draw("a").allowed for _ in range(3)]
    assert limiter.draw("b").allowed


def test_looking_takes_nothing() -> None:
    """Only drawing does."""
    limiter = RateLimiter(Rate(1, 1), ManualClock(NOON))

    assert [True, True] == [limiter.look("a").allowed for _ in range(2)]
    assert limiter.draw("a").allowed
    assert not limiter.look("a").allowed


@given(
    per_second=st.floats(0.01, 100),
    burst=st.integers(1, 20),
    waits=st.lists(st.floats(0, 5), max_size=50),
)
def test_no_caller_gets_more_than_burst_and_rate_allow(per_second: float, burst: int, waits: list[float]) -> None:
    """Over any stretch of time: at most the burst, and so many a second; and Retry-After is never too short."""
    clock = ManualClock(NOON)
    limiter = RateLimiter(Rate(per_second, burst), clock)
    allowed = 0
    for wait in waits:
        clock.advance(timedelta(seconds=wait))
        allowed += limiter.draw("a").allowed
    elapsed = (clock.now() - NOON).total_seconds()

    assert allowed <= burst + elapsed * per_second + 1e-6

    while limiter.draw("a").allowed:
        pass
    clock.advance(timedelta(seconds=limiter.draw("a").retry_after))
    assert limiter.draw("a").allowed


def test_forgetting_full_buckets_keeps_the_used_ones() -> None:
    """Ten thousand strangers do not free who used its bucket up."""
    limiter = RateLimiter(Rate(0.001, 1), ManualClock(NOON))
    limiter.draw("greedy")
    for number in range(10_050):
        limiter.look(f"stranger {number}")

    assert not limiter.draw("greedy").allowed
    assert len(limiter._buckets) < 10_001
