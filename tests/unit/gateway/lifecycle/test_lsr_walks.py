from hypothesis import given
from hypothesis import strategies as st

from gateway.lifecycle.lsr import LSR_ORDER
from gateway.lifecycle.machine import Move, Occurrence, Refusal
from gateway.lifecycle.vocabulary import Cause, Event, State

_WALKS = st.lists(st.tuples(st.sampled_from(Event), st.sampled_from([None, *Cause]), st.booleans()), max_size=40)
_FINAL = frozenset({State.BILLED, State.CANCELLED})


def _walk(events: list[tuple[Event, Cause | None, bool]]) -> list[tuple[Occurrence, str, Move | Refusal]]:
    """Play `events`, each new version one higher than any before it; give what happened under which version."""
    standing, highest, played = LSR_ORDER.enter("01"), 1, []
    for event, cause, stale in events:
        if event in LSR_ORDER.brings_version:
            highest += 1
            ver = f"{highest:02}"
        else:
            ver = "99" if stale else standing.ver
        occurrence = Occurrence(event, ver, cause)
        outcome = LSR_ORDER.take(standing, occurrence)
        played.append((occurrence, standing.ver, outcome))
        if isinstance(outcome, Move):
            standing = outcome.standing
    return played


@given(_WALKS)
def test_a_walk_never_leaves_the_table(events: list[tuple[Event, Cause | None, bool]]) -> None:
    """Whatever comes, the order stands where the step says, and a final state is never left."""
    final = False
    for _, _, outcome in _walk(events):
        if isinstance(outcome, Move):
            assert outcome.step.to is outcome.standing.state
            assert not final or outcome.step.triggers == ()
            final = outcome.standing.state in _FINAL


@given(_WALKS)
def test_a_version_has_one_outcome(events: list[tuple[Event, Cause | None, bool]]) -> None:
    """No version is both confirmed and rejected, whatever supplements come between."""
    confirmed: set[str | None] = set()
    rejected: set[str | None] = set()
    for occurrence, ver, outcome in _walk(events):
        if isinstance(outcome, Refusal):
            continue
        if occurrence.event is Event.CONFIRM:
            confirmed.add(ver)
        if occurrence.event in (Event.REJECT, Event.FACILITIES_NO_BUILD):
            rejected.add(ver)
        if occurrence.event is Event.REJECT_SUPPLEMENT:
            rejected.add(occurrence.ver)
    assert set() == confirmed & rejected


@given(_WALKS)
def test_only_what_was_confirmed_is_completed(events: list[tuple[Event, Cause | None, bool]]) -> None:
    """A completed order had its FOC, for the very version that is in force."""
    for occurrence, ver, outcome in _walk(events):
        if occurrence.event is Event.COMPLETE and isinstance(outcome, Move):
            assert ver == outcome.standing.foc_ver


@given(_WALKS)
def test_a_stale_version_changes_nothing(events: list[tuple[Event, Cause | None, bool]]) -> None:
    """A decision for a version that is not in force is always refused."""
    for occurrence, ver, outcome in _walk(events):
        if occurrence.event not in LSR_ORDER.brings_version and occurrence.ver != ver:
            assert isinstance(outcome, Refusal)
