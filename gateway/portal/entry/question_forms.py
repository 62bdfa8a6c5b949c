"""A question as a form, made of its model: nested members by dotted names, a list as one value a line."""

import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

_DEEPEST: Final = 5
_ABBREVIATIONS: Final = frozenset(
    {"sano", "sasd", "sasn", "sath", "zip", "wtn", "pon", "nc", "nci", "secnci", "actl", "lst", "authnm", "usoc"}
    | {"cic", "npa", "nxx", "mlt", "pic", "lpic", "id", "cfa", "clli", "ban"}
)


def spelled(name: str) -> str:
    """Give the name of a member as people read it: abbreviations of the trade in capitals."""
    words = [word.upper() if word in _ABBREVIATIONS else word for word in name.split("_")]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class QuestionField:
    """One input.

    Attributes:
        name: dotted, e.g. `place.address.sasn`.
        group: what the fields beside it belong to, e.g. `place.address`; empty for the question itself.
        kind: text, number, date, choice, flag, or list (one value a line).
        example: what the API's example has there.
    """

    name: str
    group: str
    kind: Literal["text", "number", "date", "choice", "flag", "list"]
    needed: bool
    hint: str = ""
    options: Sequence[str] = ()
    example: str = ""

    @property
    def label(self) -> str:
        """Its name in words."""
        return spelled(self.name.rpartition(".")[2])


def question_fields(model: type[BaseModel], example: Mapping[str, Any]) -> Sequence[QuestionField]:
    """Give the inputs of a question, in the order of its model."""
    return list(_fields(model, "", example, needed=True, depth=0))


def _fields(
    model: type[BaseModel], group: str, example: Mapping[str, Any], *, needed: bool, depth: int
) -> Iterator[QuestionField]:
    for name, info in model.model_fields.items():
        dotted = f"{group}.{name}" if group else name
        plain, here = _plain(info.annotation), example.get(name)
        wanted = needed and info.is_required()
        if isinstance(plain, type) and issubclass(plain, BaseModel) and depth < _DEEPEST:
            inner = here if isinstance(here, Mapping) else {}
            yield from _fields(plain, dotted, inner, needed=wanted, depth=depth + 1)
        else:
            yield _leaf(dotted, group, info, plain, here, needed=wanted)


def _leaf(name: str, group: str, info: FieldInfo, plain: Any, example: Any, *, needed: bool) -> QuestionField:
    shown = "\n".join(map(str, example)) if isinstance(example, list) else "" if example is None else str(example)
    options = tuple(map(str, get_args(plain))) if get_origin(plain) is Literal else ()
    return QuestionField(name, group, _kind(plain), needed, info.description or "", options, shown)


def _kind(plain: Any) -> Literal["text", "number", "date", "choice", "flag", "list"]:
    if get_origin(plain) is Literal:
        return "choice"
    if get_origin(plain) is list:
        return "list"
    for kind, name in _KINDS:
        if plain is kind:
            return name
    return "text"


_KINDS: Final[tuple[tuple[type, Literal["text", "number", "date", "flag"]], ...]] = (
    (bool, "flag"),
    (int, "number"),
    (date, "date"),
)


def _plain(annotation: Any) -> Any:
    """Give a type without `None` and without what pydantic is told of it."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return _plain(next(one for one in get_args(annotation) if one is not type(None)))
    return annotation


@dataclass(frozen=True, slots=True)
class Refusals:
    """Why a question cannot be asked: by the input, and what concerns none of them alone."""

    at: Mapping[str, str]
    whole: Sequence[str]


def read_question(
    model: type[BaseModel], fields: Sequence[QuestionField], values: Mapping[str, str]
) -> BaseModel | Refusals:
    """Give the question that was filled in, or why it is none."""
    told: dict[str, Any] = {}
    for field in fields:
        text = values.get(field.name, "").strip()
        if text:
            _put(told, field.name.split("."), text.splitlines() if field.kind == "list" else text)
    try:
        return model.model_validate(told)
    except ValidationError as error:
        return _refusals(error, {field.name for field in fields})


def _put(told: dict[str, Any], steps: Sequence[str], value: Any) -> None:
    *outer, last = steps
    for step in outer:
        told = told.setdefault(step, {})
    told[last] = value


def _refusals(error: ValidationError, names: set[str]) -> Refusals:
    at: dict[str, str] = {}
    whole: list[str] = []
    for found in error.errors(include_url=False):
        name = ".".join(part for part in found["loc"] if isinstance(part, str))
        text = found["msg"].removeprefix("Value error, ")
        if name in names:
            at[name] = text
        else:
            whole.append(f"{name.replace('.', ' ').replace('_', ' ')}: {text}" if name else text)
    return Refusals(at, whole)
