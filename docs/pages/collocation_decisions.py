"""The page of the decisions about collocation and other requests by application: values, shapes, examples."""

import json
from collections.abc import Iterator
from typing import Any

from gateway.services.process_values import example_of, shape_of
from validators.agreement.collocation_terms import CollocationTerms
from validators.agreement.load import load_agreements
from validators.agreement.process_terms import Asked, ProcessTerm
from validators.bundled import bundled_path

_AGREEMENT = "idaho-2021"
_HEAD = """# Decisions about collocation

Generated from the agreement `{agreement}` by `make docs`; do not edit. The life cycles stand in its files, so another
agreement may know others. A decision is sent as any other (`POST /v1/backend/orders/{{id}}/decisions`, or on the
decision stream) with `decision` and the values below; it is refused with its reason where the life cycle does not
allow it. A value with `?` may be left out.
"""


def page() -> str:
    """Give the page as Markdown."""
    terms = load_agreements(bundled_path("config") / "agreements")[_AGREEMENT].collocation
    if terms is None:
        raise ValueError(f"{_AGREEMENT} has no terms on collocation")
    life_cycles = ("\n".join(_life_cycle(terms, process)) for process in terms.processes.values())
    return "\n".join((_HEAD.format(agreement=_AGREEMENT), *life_cycles))


def _life_cycle(terms: CollocationTerms, process: ProcessTerm) -> Iterator[str]:
    kinds = ", ".join(kind.id.upper() for kind in terms.kinds.values() if kind.process == process.id)
    yield f"## {process.name[0].upper()}{process.name[1:]} ({process.section})\n"
    yield f"For {kinds}.\n"
    yield "| Decision | Section | In | Values | Example |"
    yield "|---|---|---|---|---|"
    for decision in process.decisions():
        steps = [step for step in process.steps if step.on == decision and step.by == "ilec"]
        asked = {name: ask for step in steps for name, ask in step.asks.items()}
        states = dict.fromkeys(state for step in steps for state in process.sources(step))
        body = {"decision": decision} | {name: example_of(ask) for name, ask in asked.items() if ask.required}
        cells = (
            f"`{decision}`",
            steps[0].section,
            ", ".join(states),
            "<br>".join(_value(name, ask) for name, ask in asked.items()) or "none",
            f"`{json.dumps(body)}`",
        )
        yield f"| {' | '.join(cells)} |"
    yield ""


def _value(name: str, ask: Asked) -> str:
    shape: dict[str, Any] = shape_of(ask)
    meaning = shape.pop("description", "")
    optional = "" if ask.required else "?"
    return f"`{name}`{optional} `{json.dumps(shape).replace('|', chr(92) + '|')}`{' ' + meaning if meaning else ''}"
