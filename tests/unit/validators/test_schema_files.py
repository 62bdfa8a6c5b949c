"""The schema files as files: bounded, linear, documented."""

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from validators.bundled import bundled_path
from validators.families import FAMILIES
from validators.fields import FieldDoc, Place
from validators.schema import Schemas

# The syntax tree of patterns has no public form.
sre = import_module("re._constants")
sre_parser = import_module("re._parser")

_XS = "{http://www.w3.org/2001/XMLSchema}"
_ALPHABET = [chr(point) for point in range(0x250)]


def _schema_files() -> list[Path]:
    return sorted((bundled_path("schemas") / "r1").rglob("*.xsd"))


def _elements(name: str) -> Iterator[etree._Element]:
    for path in _schema_files():
        yield from etree.parse(path).iter(f"{_XS}{name}")


def _patterns() -> list[str]:
    return sorted({pattern.get("value", "") for pattern in _elements("pattern")})


def _parts(node: Any) -> Iterator[list[Any]]:
    """Give each sequence of items in a pattern's syntax tree, the outermost first."""
    items = list(node)
    yield items
    for operator, argument in items:
        if operator is sre.MAX_REPEAT:
            yield from _parts(argument[2])
        elif operator is sre.SUBPATTERN:
            yield from _parts(argument[3])
        elif operator is sre.BRANCH:
            for branch in argument[1]:
                yield from _parts(branch)


def _repeats(item: tuple[Any, Any]) -> bool:
    return item[0] is sre.MAX_REPEAT and bool(item[1][1] > 1)


def _varies(item: tuple[Any, Any]) -> bool:
    return _repeats(item) and bool(item[1][0] != item[1][1])


def _starters(items: Iterable[tuple[Any, Any]]) -> set[str]:
    """Give the characters that a sequence may begin with: of its first item, of later ones if that may be empty."""
    found: set[str] = set()
    for operator, argument in items:
        if operator is sre.MAX_REPEAT:
            found |= _starters(argument[2])
            if argument[0] == 0:
                continue
        elif operator is sre.SUBPATTERN:
            found |= _starters(argument[3])
        elif operator is sre.BRANCH:
            for branch in argument[1]:
                found |= _starters(branch)
        else:
            one = re.compile(_as_text(operator, argument), re.DOTALL)
            found |= {character for character in _ALPHABET if one.fullmatch(character)}
        break
    return found


def _as_text(operator: Any, argument: Any) -> str:
    if operator is sre.LITERAL:
        return re.escape(chr(argument))
    if operator is sre.ANY:
        return "."
    if operator is sre.IN:
        return "[" + "".join(_member(*member) for member in argument) + "]"
    raise AssertionError(f"the schemas use no {operator}")


def _member(operator: Any, argument: Any) -> str:
    if operator is sre.NEGATE:
        return "^"
    if operator is sre.LITERAL:
        return re.escape(chr(argument))
    assert operator is sre.RANGE
    return f"{re.escape(chr(argument[0]))}-{re.escape(chr(argument[1]))}"


def _runs_into_another(item: tuple[Any, Any], following: list[tuple[Any, Any]]) -> bool:
    own = _starters(item[1][2])
    for other in following:
        if not own & _starters([other]):
            return False
        if _varies(other):
            return True
    return False


def _faults(pattern: str) -> list[str]:
    """Give the reasons for which matching `pattern` may take more than linear time."""
    faults = []
    for items in _parts(sre_parser.parse(pattern)):
        for index, item in enumerate(items):
            inner = [sub for part in _parts(item[1][2]) for sub in part] if _repeats(item) else []
            if any(_varies(sub) for sub in inner):
                faults.append("a repetition within a repetition")
            if any(sub[0] is sre.BRANCH for sub in inner):
                faults.append("alternatives within a repetition")
            if _varies(item) and _runs_into_another(item, items[index + 1 :]):
                faults.append("two repetitions with nothing between that tells where the first one ends")
    return faults


@pytest.mark.parametrize("pattern", _patterns())
def test_pattern_is_linear(pattern: str) -> None:
    """No value can make a pattern slow: nothing repeated within a repetition, no two ways to match the same text."""
    assert _faults(pattern) == []


@pytest.mark.parametrize(
    "pattern", ["(a+)+b", "(a|aa)+b", "(a{1,10}){1,10}b", "(.*,){10}P", "[A-Z]*[A-Z0-9]*b", "a*aa*"]
)
def test_slow_patterns_are_recognised(pattern: str) -> None:
    """The check above finds the patterns that are known to be slow."""
    assert _faults(pattern) != []


def _greatest_length(simple: etree._Element) -> int | None:
    facets = [int(facet.get("value", "")) for facet in simple.iter(f"{_XS}maxLength", f"{_XS}length")]
    if facets:
        return min(facets)
    if values := [len(value.get("value", "")) for value in simple.iter(f"{_XS}enumeration")]:
        return max(values)
    widths = [sre_parser.parse(pattern.get("value", "")).getwidth()[1] for pattern in simple.iter(f"{_XS}pattern")]
    return max(widths) if widths and max(widths) < sre.MAXREPEAT else None


def _common_types() -> dict[str, etree._Element]:
    root = etree.parse(bundled_path("schemas") / "r1" / "common.xsd").getroot()
    return {simple.get("name", ""): simple for simple in root.iterchildren(f"{_XS}simpleType")}


def test_every_type_is_bounded_and_documented() -> None:
    """Each common type but the open base of words says in words what it takes, and has a greatest length."""
    types = {name: simple for name, simple in _common_types().items() if simple.find(f"{_XS}union") is None}
    assert [name for name, simple in types.items() if _greatest_length(simple) is None] == ["Text"]
    assert [name for name, simple in types.items() if not simple.findtext(f"{_XS}annotation/{_XS}documentation")] == []


def test_every_optional_type_takes_its_twin_or_nothing() -> None:
    """A type named Optional... takes what its twin takes, and an empty value."""
    unions = {name: simple.find(f"{_XS}union") for name, simple in _common_types().items()}
    members = {name: union.get("memberTypes") for name, union in unions.items() if union is not None}
    assert members == {name: f"c:{name.removeprefix('Optional')} c:Empty" for name in members}


def _fields() -> list[tuple[str, Place]]:
    schemas = Schemas()
    forms = [form for family in FAMILIES for form in schemas.catalogue(family).forms()]
    return [(form.name, place) for form in forms for place in (*form.header, *form.detail)]


def _lacking(doc: FieldDoc) -> bool:
    return not (doc.title and doc.meaning and doc.takes and doc.length and doc.kind and doc.confidence)


def test_every_field_is_documented() -> None:
    """Each field of every form has full name, meaning, what it takes, length, type and confidence."""
    fields = _fields()
    assert len(fields) > 500
    assert [(form, place.doc.name) for form, place in fields if _lacking(place.doc)] == []


def test_usage_agrees_with_the_schema() -> None:
    """A field is called required where the schema demands it, conditional where it has a condition, else optional."""
    for form, place in _fields():
        expected = "required" if place.required else "conditional" if place.doc.condition else "optional"
        assert (form, place.doc.name, place.doc.usage) == (form, place.doc.name, expected)


def test_length_agrees_with_the_type() -> None:
    """The greatest length that a field's documentation gives is that of its type."""
    types = _common_types()
    lengths = {}
    for element in _elements("element"):
        said = element.find(f"{_XS}annotation/{_XS}appinfo/{{urn:oss-gateway:r1:common}}field")
        if said is not None:
            simple = types[element.get("type", "").removeprefix("c:").removeprefix("Optional")]
            lengths[element.get("name")] = (int(said.get("length", "0")), _greatest_length(simple))
    assert lengths
    assert {name: pair for name, pair in lengths.items() if pair[0] != pair[1]} == {}


def test_simple_port_takes_exactly_the_federal_fields() -> None:
    """The simple port form has the fourteen fields of 47 CFR 52.36, all required, and the optional passcode."""
    (form,) = (form for form in Schemas().catalogue("lsr").forms() if form.name == "SPSR")
    required = {place.doc.name for place in form.header if place.required}
    assert len(required) == 14
    assert {place.doc.name for place in form.header} - required == {"PASSCODE"}
