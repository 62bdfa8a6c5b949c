"""What somebody filled into a decision's form: read as the decision's JSON, and shown again with what is wrong."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

from gateway.portal.pages import Form
from gateway.portal.workbench.inputs import Input, InputKind

Body: TypeAlias = dict[str, Any]
Wrong: TypeAlias = Mapping[str, Any]
"""What is wrong: `path`, `text`, and where known `cure`, `rule`, `section`."""
_MOST_ROWS: Final = 100


@dataclass(frozen=True, slots=True)
class Box:
    """One input as it is shown: under its name in the form, with what stands in it and what is wrong with that.

    Attributes:
        must: whether a browser may insist on it. In a row or a group nothing is, since those may be left empty.
    """

    id: str
    input: Input
    value: str = ""
    wrong: tuple[Wrong, ...] = ()
    boxes: tuple["Box", ...] = ()
    """What a group holds."""
    rows: tuple[tuple["Box", ...], ...] = ()
    must: bool = False

    @property
    def given(self) -> bool:
        """Whether anything stands in it, or is wrong with it; then it is not folded away."""
        inner = (*self.boxes, *(box for row in self.rows for box in row))
        return bool(self.value or self.wrong or self.rows) or any(box.given for box in inner)


def read_form(inputs: Sequence[Input], form: Form, zone: ZoneInfo, before: str = "") -> Body:
    """Give what was filled in as the decision's JSON; what was left empty is left out.

    What cannot be read as its kind stays the text that it is, so that whoever checks the decision refuses it.
    """
    read = {one.name: _read(one, form, zone, before + one.name) for one in inputs}
    return {name: value for name, value in read.items() if value not in (None, "", [], {})}


def boxes_of(inputs: Sequence[Input], body: Mapping[str, Any], wrongs: Sequence[Wrong], more: str = "") -> "Boxes":
    """Give the form as it is shown; `more` names the rows of which one more is wanted."""
    shown = _Shown(wrongs, more)
    boxes = tuple(shown.boxes(inputs, body, ""))
    return Boxes(boxes, tuple(wrong for wrong in wrongs if id(wrong) not in shown.told))


@dataclass(frozen=True, slots=True)
class Boxes:
    """A form as it is shown."""

    boxes: tuple[Box, ...]
    elsewhere: tuple[Wrong, ...]
    """What is wrong with nothing that the form asks for."""


class _Shown:
    """Puts what is wrong beside what it is wrong with."""

    def __init__(self, wrongs: Sequence[Wrong], more: str) -> None:
        self._wrongs = wrongs
        self._more = more
        self.told: set[int] = set()

    def boxes(self, inputs: Sequence[Input], body: Mapping[str, Any], before: str) -> Iterator[Box]:
        for one in inputs:
            name = before + one.name
            value = body.get(one.name)
            if one.kind == "group":
                inner = tuple(self.boxes(one.inputs, value if isinstance(value, Mapping) else {}, f"{name}."))
                yield Box(name, one, wrong=self._of(name), boxes=inner)
            elif one.kind == "rows":
                rows = self._rows(one, value if isinstance(value, list) else [], name)
                yield Box(name, one, wrong=self._of(name), rows=rows)
            else:
                yield Box(name, one, _text(value), self._of(name), must=one.required and not before)

    def _rows(self, one: Input, values: Sequence[Any], name: str) -> tuple[tuple[Box, ...], ...]:
        count = max(len(values), one.least) + (self._more == name)
        filled = [*values, *({} for _ in range(count - len(values)))]
        return tuple(
            tuple(self.boxes(one.inputs, value if isinstance(value, Mapping) else {}, f"{name}.{number}."))
            for number, value in enumerate(filled[:_MOST_ROWS])
        )

    def _of(self, name: str) -> tuple[Wrong, ...]:
        found = tuple(wrong for wrong in self._wrongs if _place(wrong) == name)
        self.told.update(map(id, found))
        return found


def _place(wrong: Wrong) -> str:
    return str(wrong.get("path", "")).strip("/").replace("/", ".")


def _read(one: Input, form: Form, zone: ZoneInfo, name: str) -> Any:
    if one.kind == "group":
        return read_form(one.inputs, form, zone, f"{name}.")
    if one.kind == "rows":
        return [row for number in _numbers(form, f"{name}.") if (row := _row(one, form, zone, f"{name}.{number}."))]
    given = form.get(name, "")
    text = given.strip() if isinstance(given, str) else ""
    return _instant(text, zone) if one.kind == "instant" else _READ.get(one.kind, str)(text)


def _row(one: Input, form: Form, zone: ZoneInfo, before: str) -> Body:
    return read_form(one.inputs, form, zone, before)


def _numbers(form: Form, before: str) -> list[int]:
    """Give the numbers of the rows that a form has, in their order."""
    parts = (name[len(before) :].partition(".")[0] for name in form if name.startswith(before))
    return sorted({int(part) for part in parts if part.isdecimal() and part.isascii() and len(part) <= 3})[:_MOST_ROWS]


def _instant(text: str, zone: ZoneInfo) -> str:
    """Give local time with its offset, as the zone has it then."""
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        return text
    return (local if local.tzinfo else local.replace(tzinfo=zone)).isoformat()


_READ: Final[Mapping[InputKind, Callable[[str], Any]]] = {
    "flag": lambda text: True if text else None,
    "answer": lambda text: {"true": True, "false": False}.get(text, text),
    "number": lambda text: int(text) if text.isdecimal() and text.isascii() else text,
    "lines": lambda text: [line.strip() for line in text.splitlines() if line.strip()],
    "prose": lambda text: " ".join(text.split()),
}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "\n".join(str(line) for line in value)
    return "" if value is None else str(value)
