from dataclasses import dataclass

import pytest

from gateway.lifecycle.flow_through import may_confirm_by_flow_through


@dataclass(frozen=True)
class _Answer:
    available: bool


@pytest.mark.parametrize(
    ("declared", "answer", "may"),
    [
        (True, _Answer(available=True), True),
        (True, _Answer(available=False), False),
        (True, None, False),
        (False, _Answer(available=True), False),
        (False, None, False),
    ],
)
def test_no_foc_is_made_up(declared: bool, answer: _Answer | None, may: bool) -> None:  # noqa: FBT001 - a truth table
    """The gateway confirms by itself only a flow-through product whose facility answer is on record and good."""
    assert may_confirm_by_flow_through(flows_through=declared, facility=answer) is may
