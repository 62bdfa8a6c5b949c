"""Keys of orders written by hand, such as `LS[2].CFA`: which form, which service detail, which field they name."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from validators.fields import FieldCatalogue, FormDoc

_KEY: Final = re.compile(
    r"(?P<form>[A-Za-z]{1,16})(\[(?P<detail>[1-9][0-9]{0,3})\]|\.(?P<reference>[0-9]{4}))?(\.(?P<field>.+))?"
)
_REFERENCE: Final = "REF_NUM"
_SAFE: Final = re.compile(r"[/ \-]+")
_BRACKETS: Final = str.maketrans("", "", "()")


class BadKeyError(ValueError):
    """Raised for a key that names no form or field; its text says what could be meant."""


@dataclass(frozen=True, slots=True)
class FieldKey:
    """What a key names: a form, one of its details, or a field; `in_detail` for a field that each detail has.

    A detail may be named by its reference number instead of its place (`ACI.0002.CFA`): then `detail` is that number,
    and `referenced` says so.
    """

    form: FormDoc
    detail: int | None
    element: str | None
    in_detail: bool
    referenced: bool = False


def element_name(name: str) -> str:
    """Give the XML element name of a field, e.g. `TEL_NO_INIT` for `TEL NO (INIT)`."""
    return _SAFE.sub("_", name.strip().translate(_BRACKETS)).upper()


class FormsByName:
    """The forms of all families that can be composed."""

    def __init__(self, catalogues: Iterable[FieldCatalogue]) -> None:
        self._catalogues = tuple(catalogues)
        self._forms = {form.name: form for catalogue in self._catalogues for form in catalogue.forms()}
        self._known: dict[str, FieldKey] = {}

    def key(self, name: str) -> FieldKey:
        """Read a key, or give what it was read as before.

        Raises:
            BadKeyError: it names no form or field.
        """
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]

    def _read(self, name: str) -> FieldKey:
        match = _KEY.fullmatch(name.strip())
        if match is None:
            raise BadKeyError(f"{name.strip()!r} is no field: write FORM.FIELD or FORM[n].FIELD")
        form = self._forms.get(match["form"].upper())
        if form is None:
            raise BadKeyError(f"there is no form {match['form']!r}: the forms are {', '.join(self._forms)}")
        detail = int(match["detail"] or match["reference"] or 0) or None
        referenced = match["reference"] is not None
        if referenced and _REFERENCE not in {place.doc.element for place in form.detail}:
            raise BadKeyError(f"the details of {form.name} have no reference numbers: write {form.name}[1].FIELD")
        if detail and not form.detail:
            raise BadKeyError(f"{form.name} has no numbered details: write {form.name}.FIELD")
        if match["field"] is None:
            return FieldKey(form, detail, None, in_detail=detail is not None, referenced=referenced)
        return replace(self._field(form, detail, match["field"]), referenced=referenced)

    def catalogue(self, forms: Iterable[str]) -> FieldCatalogue:
        """Give the family that the forms belong to.

        Raises:
            BadKeyError: there are no forms, or no family has them all.
        """
        names = set(forms)
        if not names:
            raise BadKeyError("the text holds no field")
        for catalogue in self._catalogues:
            if names <= set(catalogue.root.children):
                return catalogue
        raise BadKeyError(f"no message holds the forms {', '.join(sorted(names))} together")

    def _field(self, form: FormDoc, detail: int | None, name: str) -> FieldKey:
        element = element_name(name)
        header = {place.doc.element: place.doc.name for place in form.header}
        inner = {place.doc.element: place.doc.name for place in form.detail}
        if element in inner:
            return FieldKey(form, detail, element, in_detail=True)
        if element in header and detail is None:
            return FieldKey(form, None, element, in_detail=False)
        if element in header:
            raise BadKeyError(f"{header[element]} stands once on {form.name}: write {form.name}.{header[element]}")
        names = header | inner
        near = [names[found] for found in difflib.get_close_matches(element, names, n=3)]
        hint = f"did you mean {' or '.join(near)}?" if near else f"its fields are {', '.join(names.values())}"
        raise BadKeyError(f"{form.name} has no field {name.strip()!r}: {hint}")
