"""The bound below which a round of the sweep lets entries go."""

from hypothesis import given
from hypothesis import strategies as st

from gateway.queue.streams import EntryState, Standing
from gateway.queue.tidy import Round
from gateway.record.rows import SentWork

STREAM = "work:lsr"
_NEEDED = {EntryState.WAITING, EntryState.DELIVERED}
_ENTRIES = st.dictionaries(st.tuples(st.integers(1, 9), st.integers(0, 11)), st.sampled_from(EntryState))


def test_a_round_without_rows_lets_go_what_was_delivered() -> None:
    """Everything up to the last delivered entry may go, that one included; what follows it must stay."""
    assert {STREAM: "5-3"} == Round({STREAM: "5-2"}).bounds()


@given(entries=_ENTRIES, last=st.tuples(st.integers(0, 9), st.integers(0, 11)))
def test_no_entry_that_is_still_needed_lies_below_the_bound(
    entries: dict[tuple[int, int], EntryState], last: tuple[int, int]
) -> None:
    """Numbers are compared as numbers: 5-10 comes after 5-9."""
    tidying = Round({STREAM: f"{last[0]}-{last[1]}"})
    for (ms, seq), state in entries.items():
        tidying.saw(STREAM, [(SentWork(1, "wrk_1", STREAM, "ord_1", f"{ms}-{seq}"), Standing(state))])

    ms, seq = map(int, tidying.bounds()[STREAM].split("-"))
    needed = [entry for entry, state in entries.items() if state in _NEEDED]
    assert (ms, seq) == min([*needed, (last[0], last[1] + 1)])
