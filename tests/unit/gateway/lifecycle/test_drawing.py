from gateway.lifecycle.drawing import mermaid
from gateway.lifecycle.lsr import LSR_ORDER
from gateway.lifecycle.vocabulary import State


def test_the_drawing_shows_every_step_of_the_table() -> None:
    """Each arrow carries its events with their sections, so the drawing cannot say less than the table."""
    drawing = mermaid(LSR_ORDER)

    for (state, event), steps in LSR_ORDER.table.items():
        for step in steps:
            arrow = next(line for line in drawing.splitlines() if line.startswith(f"    {state} --> {step.to}: "))
            assert f"{event} " in arrow
            assert f"({step.section})" in arrow


def test_the_drawing_begins_at_received_and_ends_where_nothing_follows() -> None:
    """Billed and cancelled orders are at their end; no other state is."""
    lines = mermaid(LSR_ORDER).splitlines()

    assert lines[:2] == ["stateDiagram-v2", "    [*] --> RECEIVED"]
    assert [f"    {state} --> [*]" for state in (State.BILLED, State.CANCELLED)] == lines[-2:]
