"""Orders written by hand: field=value text becomes the XML of the release; every slip is told with its line.

One field a line, `#` begins a comment line:

    LSR.PON=SLT26A000001
    LSR.TEL NO (INIT)=2085550101
    LS.LQTY=00001
    LS[1].CFA=0101/TIE/001/BOISIDMAF01/BOISIDMAH7Z

A field is named as the trade writes it (`D/TSENT`) or as its XML element (`D_TSENT`). `LS[2]` is the second service
detail of the LS form, `ACI.0002` the one with that reference number. What comes out is laid out right but not judged:
values may be wrong on purpose.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from validators.fields import FormDoc
from validators.messages.field_keys import BadKeyError, FieldKey, FormsByName
from validators.releases import release_of
from validators.schema import Schemas

_FAMILIES: Final = ("lsr", "asr", "collocation")  # families whose messages are forms of fields


class ComposeError(ValueError):
    """Raised when text is no order; `errors` has a sentence for each bad line, with its number."""

    def __init__(self, errors: Iterable[str]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(self.errors))


@dataclass(slots=True)
class _Filled:
    """The values of one form by element: those that stand once, and those of each detail by its number."""

    header: dict[str, str] = field(default_factory=dict)
    details: dict[int, dict[str, str]] = field(default_factory=dict)
    referenced: bool = False
    """The numbers are reference numbers, which need not run from 1."""


def compose(
    text: str,
    sets: Mapping[str, str] | None = None,
    drops: Iterable[str] = (),
    *,
    schemas: Schemas | None = None,
    forms: FormsByName | None = None,
) -> bytes:
    """Give the XML document of the order in `text`, forms and fields in the schema's order.

    `sets` puts values in place of the text's, or beside them; an empty value gives an empty element. `drops` takes
    fields away, whole forms (`EU`) or details (`LS[2]`; those that follow move up). Drops come after sets. A field of
    a service detail without a number (`LS.CFA`) means that field in every detail, or in the first one if there is none.

    Whoever composes many orders gives `forms`, which remembers the fields that it was asked for.

    Raises:
        ComposeError: a line, set or drop is malformed or names no form or field, or names one twice.
    """
    draft = _Draft(forms or composable_forms(schemas or Schemas()))
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        draft.line(number, line.removesuffix("\r"))
    for name, value in (sets or {}).items():
        draft.set(name, value)
    draft.refuse_gaps()
    for name in drops:
        draft.drop(name)
    return draft.document()


def composable_forms(schemas: Schemas, later: Schemas | None = None) -> FormsByName:
    """Give the forms of every family that can be composed: of a `later` release where that has the family."""
    held = later.families() if later else ()
    return FormsByName((later if later and family in held else schemas).catalogue(family) for family in _FAMILIES)


class _Draft:
    """An order being written: what is filled in so far, and what was wrong."""

    def __init__(self, families: FormsByName) -> None:
        self._families = families
        self._forms: dict[str, _Filled] = {}
        self._first_line: dict[tuple[str, int | None, str | None], int] = {}
        self._errors: list[str] = []

    def line(self, number: int, line: str) -> None:
        """Take one line of text."""
        if not line.strip() or line.lstrip().startswith("#"):
            return
        name, equals, value = line.partition("=")
        if not equals:
            self._errors.append(f"line {number}: {line.strip()[:60]!r} has no '=': write FORM.FIELD=VALUE")
            return
        try:
            key = self._families.key(name)
            self._fill_once(number, key, value)
        except BadKeyError as error:
            self._errors.append(f"line {number}: {error}")

    def set(self, name: str, value: str) -> None:
        """Put a value in place of the text's, or beside it."""
        try:
            self._fill(self._families.key(name), value)
        except BadKeyError as error:
            self._errors.append(f"set {name}: {error}")

    def refuse_gaps(self) -> None:
        """Note details whose numbers do not run from 1 without a gap, since a document only holds their order."""
        for form, filled in self._forms.items():
            numbers = sorted(filled.details)
            gap = next((want for want, number in enumerate(numbers, start=1) if number != want), None)
            if gap is not None and not filled.referenced:
                self._errors.append(f"{form}[{numbers[gap - 1]}] is given, but there is no {form}[{gap}]")

    def drop(self, name: str) -> None:
        """Take a field, a detail or a form away; what is not there is gone already."""
        try:
            key = self._families.key(name)
        except BadKeyError as error:
            self._errors.append(f"drop {name}: {error}")
            return
        filled = self._forms.get(key.form.name)
        if filled is None:
            return
        if key.element is not None:
            numbers = [key.detail] if key.detail else list(filled.details)
            for values in [filled.details.get(n, {}) for n in numbers] if key.in_detail else [filled.header]:
                values.pop(key.element, None)
        elif key.detail is not None:
            filled.details.pop(key.detail, None)
        else:
            del self._forms[key.form.name]

    def document(self) -> bytes:
        """Give the document.

        Raises:
            ComposeError: something was wrong.
        """
        try:
            catalogue = self._families.catalogue(self._forms)
        except BadKeyError as error:
            raise ComposeError(self._errors or [str(error)]) from None
        if self._errors:
            raise ComposeError(self._errors)
        root = etree.Element(
            catalogue.tag, {"release": release_of(catalogue.namespace.encode())}, nsmap={None: catalogue.namespace}
        )
        for form in catalogue.forms():
            if form.name in self._forms:
                self._write(root, catalogue.namespace, form)
        return etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8")

    def _fill_once(self, number: int, key: FieldKey, value: str) -> None:
        if key.in_detail and key.detail is None:
            raise BadKeyError(
                f"{key.element} belongs to a detail of {key.form.name}: write {key.form.name}[1].{key.element}"
            )
        first = self._first_line.setdefault((key.form.name, key.detail, key.element), number)
        if first != number:
            raise BadKeyError(f"{key.element} was given in line {first} already")
        self._fill(key, value)

    def _fill(self, key: FieldKey, value: str) -> None:
        if key.element is None:
            raise BadKeyError(f"a value belongs to one field: write {key.form.name}.FIELD=VALUE")
        _refuse_unwritable(value)
        filled = self._forms.setdefault(key.form.name, _Filled())
        filled.referenced = filled.referenced or key.referenced
        for values in self._meant(filled, key):
            values[key.element] = value

    @staticmethod
    def _meant(filled: _Filled, key: FieldKey) -> list[dict[str, str]]:
        if not key.in_detail:
            return [filled.header]
        numbers = [key.detail] if key.detail else list(filled.details) or [1]
        return [filled.details.setdefault(number, {}) for number in numbers]

    def _write(self, root: etree._Element, namespace: str, form: FormDoc) -> None:
        filled = self._forms[form.name]
        parent = etree.SubElement(root, f"{{{namespace}}}{form.name}")
        for place in form.header:
            if place.doc.element in filled.header:
                etree.SubElement(parent, f"{{{namespace}}}{place.doc.element}").text = filled.header[place.doc.element]
        if not filled.details:
            return
        details = etree.SubElement(parent, f"{{{namespace}}}DETAILS")
        for _, values in sorted(filled.details.items()):
            detail = etree.SubElement(details, f"{{{namespace}}}DETAIL")
            for place in form.detail:
                if place.doc.element in values:
                    etree.SubElement(detail, f"{{{namespace}}}{place.doc.element}").text = values[place.doc.element]


def _refuse_unwritable(value: str) -> None:
    try:
        etree.Element("value").text = value
    except ValueError:
        raise BadKeyError("the value holds a control character, which XML cannot carry") from None
