"""What stands in the fields of a message that is being written: as its form has it, and as its document."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from gateway.portal.collocation.asked_for import AskedForm
from gateway.portal.pages import Form
from validators.messages.collocation import CollocationRequest
from validators.messages.compose import compose
from validators.schema import Schemas

Values = dict[str, str]
"""Text by field: `SPACE.SQFT`, and of a line `SPACE[2].AMPS`."""
_PATH: Final = re.compile(r"/CollocationRequest/(?P<form>\w+)(/DETAILS/DETAIL(\[(?P<line>\d+)\])?)?/(?P<field>\w+)")
_BLANK: Final = re.compile(r"\s+")


def typed(form: Form, forms: Iterable[AskedForm]) -> Values:
    """Give what was filled in of the fields that a message is asked for; lines that were left empty are gone."""
    values: Values = {}
    for asked in forms:
        for field in (*asked.fields, *asked.further):
            _put(values, field.key, form.get(field.key))
        kept = 0
        for line in range(1, rows_of(form, asked.name) + 1):
            texts: Values = {}
            for field in asked.details:
                _put(texts, field.doc.element, form.get(f"{asked.name}[{line}].{field.doc.element}"))
            kept += bool(texts)
            values |= {f"{asked.name}[{kept}].{name}": text for name, text in texts.items()}
    return values


def rows_of(values: Mapping[str, Any], form: str) -> int:
    """Give how many lines of a form there are."""
    numbers = (re.match(rf"{form}\[([1-9][0-9]{{0,2}})\]", key) for key in values)
    return max((int(found[1]) for found in numbers if found), default=0)


def document(values: Mapping[str, str], head: Mapping[str, str], schemas: Schemas) -> bytes:
    """Give the message.

    Raises:
        ComposeError: a value holds what XML cannot carry.
    """
    return compose("", {**values, **head}, schemas=schemas)


def values_of(message: CollocationRequest, forms: Iterable[AskedForm]) -> Values:
    """Give what a message that was sent holds of the fields that another is asked for."""
    known = {field.key for asked in forms for field in asked.all()}
    found: Values = {}
    for form, section in message.forms.items():
        found |= {f"{form}.{name}": text for name, text in section.fields.items() if f"{form}.{name}" in known}
        for number, detail in enumerate(section.details, 1):
            found |= {
                f"{form}[{number}].{name}": text for name, text in detail.fields.items() if f"{form}.{name}" in known
            }
    return found


def faults_by_field(errors: Iterable[Mapping[str, Any]], forms: Sequence[AskedForm]) -> Mapping[str, str]:
    """Give what is wrong with each field of the form, in words."""
    in_lines = {field.key for asked in forms for field in asked.details}
    wrong: dict[str, str] = {}
    for error in errors:
        found = _PATH.fullmatch(str(error.get("path", "")))
        if found is None:
            continue
        key = f"{found['form']}.{found['field']}"
        if key in in_lines:
            key = f"{found['form']}[{found['line'] or 1}].{found['field']}"
        wrong[key] = " ".join(filter(None, (wrong.get(key), _told(error))))
    return wrong


def _told(error: Mapping[str, Any]) -> str:
    return f"{error['text']}. {error['cure']} (section {error['section']})".replace("..", ".")


def _put(values: Values, key: str, text: object) -> None:
    plain = _BLANK.sub(" ", text).strip() if isinstance(text, str) else ""
    if plain:
        values[key] = plain
