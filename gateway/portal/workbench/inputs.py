"""What a decision's form asks for, made from the JSON Schema of the decision: a new member needs no new form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias

from gateway.portal.rendering import label

InputKind: TypeAlias = Literal[
    "text", "prose", "day", "instant", "number", "flag", "answer", "choice", "lines", "group", "rows"
]
"""`answer` is yes, no or nothing; `lines` a text each line of which is a value; `rows` groups that may be several."""
Options: TypeAlias = tuple[tuple[str, str], ...]
_PROSE_FROM: Final = 120
_FORMATS: Final[Mapping[str, InputKind]] = {"date": "day", "date-time": "instant"}
_LONGEST_TERM: Final = 14


@dataclass(frozen=True, slots=True)
class Input:
    """One thing that a form asks for.

    Attributes:
        name: of the member in the decision.
        kind: how it is asked for.
        label: what people read, with the field's standard term where there is one.
        options: what a choice is among: value and words.
        suggested: whether the page has a list of what is likely meant.
        inputs: what a group, or each of several rows, asks for.
        least: how many rows there must be.
    """

    name: str
    kind: InputKind
    label: str
    required: bool = False
    hint: str = ""
    options: Options = ()
    longest: int | None = None
    suggested: bool = False
    inputs: tuple["Input", ...] = ()
    least: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """What the schema alone does not say of a form.

    Attributes:
        options: choices by the dotted name of a member, in place of what the schema has.
        without: dotted names of members that are not asked for.
        suggested: dotted names of members that the page has suggestions for.
        hints: by dotted name.
    """

    options: Mapping[str, Options] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    suggested: frozenset[str] = frozenset()
    hints: Mapping[str, str] = field(default_factory=dict)


def inputs_of(schema: Mapping[str, Any], definitions: Mapping[str, Any], words: Words) -> tuple[Input, ...]:
    """Give what a form for an object of `schema` asks for; `definitions` are what the schema refers to by name."""
    return tuple(_members(schema, definitions, words, ""))


def _members(schema: Mapping[str, Any], definitions: Mapping[str, Any], words: Words, before: str) -> Iterator[Input]:
    required = schema.get("required", ())
    for name, member in schema.get("properties", {}).items():
        path = before + name
        if path not in words.without and "const" not in member:
            yield _input(name, path, _Member.of(member, definitions, name in required), words, definitions)


@dataclass(frozen=True, slots=True)
class _Member:
    """One member of an object, with what it refers to put in place."""

    schema: Mapping[str, Any]
    required: bool
    optional: bool
    description: str

    @classmethod
    def of(cls, member: Mapping[str, Any], definitions: Mapping[str, Any], required: bool) -> "_Member":  # noqa: FBT001 - read from the schema
        several = [one for one in member.get("anyOf", ()) if one.get("type") != "null"]
        meant = {**member, **several[0]} if len(several) == 1 else member
        if "$ref" in meant:
            meant = {**definitions[meant["$ref"].rsplit("/", 1)[-1]], **{k: v for k, v in meant.items() if k != "$ref"}}
        nullable = any(one.get("type") == "null" for one in member.get("anyOf", ()))
        described = "" if "properties" in meant or "enum" in meant else meant.get("description", "")
        return cls(meant, required, nullable, member.get("description") or described)


def _input(name: str, path: str, member: _Member, words: Words, definitions: Mapping[str, Any]) -> Input:
    schema = member.schema
    told = member.description or schema.get("items", {}).get("description", "")
    term = told if _is_term(told) else ""
    named = () if schema.get("type") == "integer" else schema.get("enum", ())
    options = words.options.get(path) or tuple((value, label(value)) for value in named)
    inputs, least = _inner(path, schema, words, definitions)
    return Input(
        name=name,
        kind="choice" if options else "text" if path in words.suggested else _kind(member),
        label=f"{label(name)} ({term})" if term else label(name),
        required=member.required,
        hint=words.hints.get(path) or ("" if term else told),
        suggested=path in words.suggested,
        options=options,
        longest=schema.get("maxLength"),
        inputs=inputs,
        least=least,
    )


def _is_term(description: str) -> bool:
    """Whether a description is a field's standard term and no sentence."""
    return description.isupper() and len(description) <= _LONGEST_TERM


def _inner(
    path: str, schema: Mapping[str, Any], words: Words, definitions: Mapping[str, Any]
) -> tuple[tuple[Input, ...], int]:
    if "properties" in schema:
        return tuple(_members(schema, definitions, words, f"{path}.")), 0
    if "propertyNames" in schema:
        longest = schema["additionalProperties"].get("maxLength")
        return tuple(Input(name, "text", name, longest=longest) for name in schema["propertyNames"]["enum"]), 0
    items = schema.get("items", {})
    if "$ref" in items:
        items = definitions[items["$ref"].rsplit("/", 1)[-1]]
    if items.get("type") == "object":
        return tuple(_members(items, definitions, words, f"{path}.")), schema.get("minItems", 0)
    return (), 0


def _kind(member: _Member) -> InputKind:
    schema = member.schema
    match schema.get("type"):
        case "boolean":
            plain = not member.required and not member.optional and schema.get("default") is False
            return "flag" if plain else "answer"
        case "integer":
            return "number"
        case "object":
            return "group"
        case "array":
            return "rows" if schema["items"].get("type") == "object" or "$ref" in schema["items"] else "lines"
        case _:
            long = schema.get("maxLength", 0) >= _PROSE_FROM
            return _FORMATS.get(schema.get("format", ""), "prose" if long else "text")
