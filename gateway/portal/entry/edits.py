"""What the buttons within a form do to it: forms and details that come and go, values that are filled in."""

import json
from collections.abc import Callable, Mapping
from typing import Final

from gateway.portal.entry.first_values import numbered
from gateway.portal.forms.typed import Typed
from validators.fields import FieldCatalogue, FormDoc

FILL: Final = "fill"


def fill_in(values: Mapping[str, str]) -> str:
    """Give what a button does that fills in values, by the names of inputs."""
    return f"{FILL} {json.dumps(values)}"


def edited(catalogue: FieldCatalogue, typed: Typed, do: str) -> Typed | None:
    """Give the request after what a button does; None if it is none of these buttons."""
    verb, _, rest = do.partition(" ")
    if verb == FILL:
        return typed.filled_in(catalogue, _values(rest))
    edit = _EDITS.get(verb)
    name, _, number = rest.partition(" ")
    doc = next((form for form in catalogue.forms() if form.name == name), None)
    if edit is None or doc is None:
        return None
    changed = edit(typed, doc, int(number) if number.isdecimal() else 0)
    return numbered(catalogue, changed, typed.of_head("ACT"))


_EDITS: Final[Mapping[str, Callable[[Typed, FormDoc, int], Typed]]] = {
    "with": lambda typed, doc, _: typed if doc.name in typed.forms else typed.with_form(doc),
    "without": lambda typed, doc, _: typed.without_form(doc.name),
    "add": lambda typed, doc, _: typed.with_detail(doc.name),
    "take": lambda typed, doc, number: typed.without_detail(doc.name, number),
}


def _values(text: str) -> Mapping[str, str]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {str(name): str(value) for name, value in values.items()} if isinstance(values, dict) else {}
