"""Draws a life cycle as a Mermaid state diagram, from its table, for the documentation."""

from collections import defaultdict

from gateway.lifecycle.machine import Machine, Step


def mermaid(machine: Machine) -> str:
    """Give the state diagram of `machine` as Mermaid text: an arrow a pair of states, labelled by its events."""
    labels: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (state, event), steps in machine.table.items():
        for step in steps:
            labels[state, step.to].append(_label(event, step))
    lines = ["stateDiagram-v2", f"    [*] --> {machine.first}"]
    lines += [f"    {state} --> {to}: {'<br>'.join(texts)}" for (state, to), texts in labels.items()]
    left = {state for state, to in labels if state is not to}
    lines += [f"    {state} --> [*]" for state in machine.states if state not in left]
    return "\n".join(lines) + "\n"


def _label(event: str, step: Step) -> str:
    return f"{event} ({step.section})" if step.when is None else f"{event} if {step.when.name} ({step.section})"
