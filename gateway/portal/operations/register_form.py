"""The form of an entry, made from what its register asks for; and the entry as it was filled in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from gateway.portal.instants import HINT, read_instant
from gateway.portal.rendering import label
from validators.registers.entry import Register
from validators.registers.given import EntryInvalid, GivenEntry, given_entry
from validators.registers.onboarding import STEPS, STEPS_DONE

Kind = Literal["text", "long", "date", "time", "instant", "number", "choice", "lines"]

_ROWS: Final = 6
"""How many rows of a table of values a form offers."""
_LONG: Final = 200
_YES_NO: Final = {"true": "yes", "false": "no"}
_WORDED: Final = {"Field required": "This is needed."}
_WORDS: Final = re.compile(r"[a-z-]+(\|[a-z-]+)+")
"""A pattern that is nothing but a few words to choose from."""
_FORMATS: Final[Mapping[str, Kind]] = {"date": "date", "time": "time", "date-time": "instant"}
_TYPES: Final[Mapping[str, Kind]] = {"boolean": "choice", "array": "lines", "integer": "number", "number": "number"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form.

    Attributes:
        name: its path within the entry, as errors name it: `key`, `data.kind`, `data.bands.0.up_to`.
        standing: what stands in it at first.
        means: what a choice stands for, where that is no text.
    """

    name: str
    label: str
    kind: Kind = "text"
    hint: str = ""
    required: bool = False
    options: tuple[tuple[str, str], ...] = ()
    standing: str = ""
    means: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together under one name."""

    name: str
    label: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a form: by field, and what belongs to none."""

    by_field: Mapping[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()


class FormInvalid(Exception):  # noqa: N818 - it says what is so
    """Raised when what was filled in is no entry."""

    def __init__(self, wrong: Wrong) -> None:
        self.wrong = wrong
        super().__init__("; ".join([*wrong.by_field.values(), *wrong.others]))


class RegisterForm:
    """The form of one register.

    Args:
        register: which.
        partners: ids and names of those whom an entry may concern.
        zone: whose local time instants are written in.
    """

    def __init__(self, register: Register[Any], partners: Sequence[tuple[str, str]], zone: ZoneInfo) -> None:
        self._register = register
        self._zone = zone
        schema = register.model.model_json_schema()
        self.about = tuple(_about(register, partners))
        """Fields that every entry has."""
        self.data = tuple(_members(schema, schema, "data"))
        """What this register asks for."""

    @property
    def fields(self) -> Iterator[Field]:
        """Every field, those of groups among them."""
        for item in (*self.about, *self.data):
            yield from item.fields if isinstance(item, Group) else (item,)

    def first(self) -> dict[str, str]:
        """Give what stands in the fields of a form that nobody has filled in."""
        return {one.name: one.standing for one in self.fields}

    def filled_from(self, body: Mapping[str, Any]) -> dict[str, str]:
        """Give what stands in the fields for an entry that is on record, as JSON has it."""
        return {one.name: _text(_at(body, one.name.split("."))) for one in self.fields}

    def read(self, filled: Mapping[str, str]) -> GivenEntry:
        """Give the entry that was filled in.

        Raises:
            FormInvalid: it is none; everything that is wrong is told at once.
        """
        body: dict[str, Any] = {"data": {}}
        own: dict[str, str] = {}
        for one in self.fields:
            text = filled.get(one.name, "").strip()
            if not text:
                continue
            try:
                _put(body, one.name.split("."), _value(one, text, self._zone))
            except ValueError as wrong:
                own[one.name] = str(wrong)
        try:
            given = given_entry(self._register, _listed(body))
        except EntryInvalid as invalid:
            raise FormInvalid(self._placed((*invalid.errors, *own.items()))) from None
        if own:
            raise FormInvalid(Wrong(own))
        return given

    def _placed(self, errors: Sequence[tuple[str, str]]) -> Wrong:
        """Put each error to its field, or to the first field below it; of several for a field the last is told."""
        names = [one.name for one in self.fields]
        by_field, others = {}, []
        for path, text in errors:
            near = [name for name in names if path == name or path.startswith(f"{name}.")]
            below = [name for name in names if name.startswith(f"{path}.")] if path != "data" else []
            place = (near or below)[:1]
            if place:
                by_field[place[0]] = _WORDED.get(text, text)
            else:
                others.append(text if path in {"data", "the entry"} else f"{path}: {text}")
        return Wrong(by_field, tuple(others))


def told(form: RegisterForm, data: Mapping[str, Any]) -> list[tuple[str, object]]:
    """Give what an entry says: the name of every field that says something, and its text or instant."""
    named = [
        (f"{item.label}: {one.label.lower()}", one) if isinstance(item, Group) else (one.label, one)
        for item in form.data
        for one in (item.fields if isinstance(item, Group) else (item,))
    ]
    values = ((name, one, _at({"data": data}, one.name.split("."))) for name, one in named)
    return [(name, _said(one, value)) for name, one, value in values if value not in (None, "", [])]


def _about(register: Register[Any], partners: Sequence[tuple[str, str]]) -> Iterator[Field]:
    if register.concerns != "all":
        needed = register.concerns == "partner"
        yield Field("partner", "Partner", "choice", "whom it concerns", needed, tuple(partners))
    if register.keyed_by:
        yield Field("key", "Key", *_key(register))
    yield Field("valid_from", "Holds from", "date", "first day on which it holds", required=True)
    yield Field("valid_until", "Holds until", "date", "last day on which it holds; empty while no end is known")
    yield Field("section", "Section", "text", f"what it rests on; empty for {register.section}")


def _key(register: Register[Any]) -> tuple[Kind, str, bool, tuple[tuple[str, str], ...]]:
    if register is STEPS_DONE:
        return "choice", "the step that was done", True, tuple((step.id, step.name) for step in STEPS.values())
    if _WORDS.fullmatch(register.keys):
        words = register.keys.split("|")
        return "choice", register.keyed_by, True, tuple((word, word) for word in words)
    return "text", register.keyed_by, True, ()


def _members(schema: Mapping[str, Any], root: Mapping[str, Any], under: str) -> Iterator[Field | Group]:
    required = schema.get("required", ())
    for name, stated in schema.get("properties", {}).items():
        yield from _member(f"{under}.{name}", stated, root, needed=name in required)


def _member(path: str, stated: Mapping[str, Any], root: Mapping[str, Any], *, needed: bool) -> Iterator[Field | Group]:
    shape, text = _resolved(stated, root), stated.get("description", "")
    name = label(path.rpartition(".")[2])
    if shape.get("type") == "object":
        yield Group(path, name, tuple(_plain(shape, root, path)))
    elif shape.get("type") == "array" and _resolved(shape["items"], root).get("type") == "object":
        row = _resolved(shape["items"], root)
        for number in range(_ROWS):
            yield Group(f"{path}.{number}", f"{name}, row {number + 1}", tuple(_plain(row, root, f"{path}.{number}")))
    else:
        yield _one(path, name, text, shape, needed=needed, standing=stated.get("default"))


def _plain(shape: Mapping[str, Any], root: Mapping[str, Any], path: str) -> Iterator[Field]:
    """Give the fields of a group. None is needed by itself: a group that is left empty says nothing."""
    for name, stated in shape["properties"].items():
        inner, text = _resolved(stated, root), stated.get("description", "")
        yield _one(f"{path}.{name}", label(name), text, inner, needed=False, standing=None)


def _one(path: str, name: str, text: str, shape: Mapping[str, Any], *, needed: bool, standing: object) -> Field:
    made = Field(path, name, _kind(shape), text, needed, standing=_text(standing))
    if "enum" in shape:
        means = {str(value): value for value in shape["enum"]}
        return replace(made, options=tuple((value, value) for value in means), means=means)
    if shape.get("type") == "boolean":
        return replace(made, options=tuple(_YES_NO.items()), means={"true": True, "false": False})
    how = {"lines": "One a line.", "instant": f"Write it {HINT}."}.get(made.kind, "")
    return replace(made, hint=f"{text} {how}".strip())


def _kind(shape: Mapping[str, Any]) -> Kind:
    if "enum" in shape:
        return "choice"
    if shape.get("type") == "string":
        return _FORMATS.get(shape.get("format", ""), "long" if shape.get("maxLength", 0) > _LONG else "text")
    return _TYPES[shape["type"]]


def _resolved(stated: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give the shape behind a reference, or the one besides null."""
    if "$ref" in stated:
        found: Mapping[str, Any] = root["$defs"][stated["$ref"].rpartition("/")[2]]
        return found
    if "anyOf" in stated:
        return _resolved(next(one for one in stated["anyOf"] if one.get("type") != "null"), root)
    return stated


def _value(one: Field, text: str, zone: ZoneInfo) -> object:
    match one.kind:
        case "date":
            return _day(text)
        case "instant":
            return read_instant(text, zone)
        case "lines":
            return [part for part in re.split(r"[\s,]*\n[\s,]*|\s*,\s*", text) if part]
    return one.means.get(text, text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text[:40]!r} is no day; write it as 2026-11-03") from None


def _put(body: dict[str, Any], path: Sequence[str], value: object) -> None:
    for part in path[:-1]:
        body = body.setdefault(part, {})
    body[path[-1]] = value


def _listed(value: Any) -> Any:
    """Give the same with what is counted through as lists; a row that was left out between others is an empty one."""
    if not isinstance(value, dict):
        return value
    inner = {name: _listed(member) for name, member in value.items()}
    if not inner or not all(name.isdigit() for name in inner):
        return inner
    return [inner.get(str(number), {}) for number in range(max(map(int, inner)) + 1)]


def _at(value: Any, path: Sequence[str]) -> Any:
    for part in path:
        if isinstance(value, list):
            value = value[int(part)] if int(part) < len(value) else None
        else:
            value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _said(one: Field, value: Any) -> object:
    if one.kind == "instant":
        return datetime.fromisoformat(value)
    text = ", ".join(map(str, value)) if isinstance(value, list) else _text(value)
    return dict(one.options).get(text, text)
