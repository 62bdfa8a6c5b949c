"""A message as people read it: its XML with line ends, its fields with their names, two versions field by field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from validators.fields import FieldCatalogue, FieldDoc
from validators.messages.section import Section, read_sections
from validators.xml import parse

_NO_DOC = FieldDoc("", "")


@dataclass(frozen=True, slots=True)
class Field:
    """One field that was sent: its name as the trade writes it, its title, and what stands in it."""

    name: str
    title: str
    value: str


@dataclass(frozen=True, slots=True)
class Part:
    """A form, or one service detail of it; `number` is None for the form itself."""

    form: str
    number: int | None
    fields: Sequence[Field]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in two versions; None where one has it not."""

    part: str
    field: str
    title: str
    before: str | None
    after: str | None

    @property
    def how(self) -> str:
        """What became of it, in a word."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "same" if self.before == self.after else "changed"


def pretty(body: bytes) -> str:
    """Give a document that was taken, with line ends and blanks in front."""
    root = parse(body)
    etree.indent(root)
    return etree.tostring(root, encoding="unicode")


def parts_of(body: bytes, catalogue: FieldCatalogue) -> Sequence[Part]:
    """Give the forms of a document that was taken, with their fields in the order in which they were sent."""
    titles = _titles(catalogue)
    found: list[Part] = []
    for form in read_sections(parse(body)).values():
        found.append(_part(form, None, titles))
        found += [_part(detail, number, titles) for number, detail in enumerate(form.details, 1)]
    return [part for part in found if part.fields]


def differences(before: Sequence[Part], after: Sequence[Part]) -> Sequence[Difference]:
    """Give every field of two versions; details are compared by their number."""
    old, new = _flat(before), _flat(after)
    return [
        Difference(*key, old[key].title if key in old else new[key].title, _value(old, key), _value(new, key))
        for key in _in_order(list(old), list(new))
    ]


_Key = tuple[str, str]


def _flat(parts: Sequence[Part]) -> Mapping[_Key, Field]:
    return {(_name(part), field.name): field for part in parts for field in part.fields}


def _name(part: Part) -> str:
    return part.form if part.number is None else f"{part.form} {part.number}"


def _value(fields: Mapping[_Key, Field], key: _Key) -> str | None:
    return fields[key].value if key in fields else None


def _in_order(old: Sequence[_Key], new: Sequence[_Key]) -> Iterator[_Key]:
    """Give the keys of both by their forms, as the newer version has these, then the older one."""
    parts = dict.fromkeys(part for part, _ in (*new, *old))
    for part in parts:
        yield from dict.fromkeys(key for key in (*new, *old) if key[0] == part)


def _part(section: Section, number: int | None, titles: Mapping[_Key, FieldDoc]) -> Part:
    docs = [(titles.get((section.form, name), _NO_DOC), name, value) for name, value in section.fields.items()]
    return Part(section.form, number, [Field(doc.name or name, doc.title, value) for doc, name, value in docs])


def _titles(catalogue: FieldCatalogue) -> Mapping[_Key, FieldDoc]:
    return {
        (form.name, place.doc.element): place.doc
        for form in catalogue.forms()
        for place in (*form.header, *form.detail)
    }
