"""A message about a request while it is written: what it is asked for, what stands in it, and how that is shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from gateway.portal.collocation.asked_for import AskedForm
from gateway.portal.forms.places import Findings, Told, input_name
from gateway.portal.forms.typed import Typed, TypedForm, field_name
from gateway.portal.forms.views import FieldView, FormView, PartView, RequestView, Use
from gateway.record.rows import Order
from gateway.services.request_outlook import MessageNow
from validators.agreement.terms import Agreement
from validators.fields import FieldCatalogue, FieldDoc
from validators.messages.collocation import APPLICATION

FAMILY: Final = "collocation"
_FIRST: Final = "00"


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that is being written.

    Attributes:
        partner_id: whose it is.
        agreement: which judges it.
        kind: kind of the request.
        says: what the message says.
        forms: what it is asked for.
        order: the request that it is about; None for the first message of one.
        ver: its VER.
        now: what the life cycle says of it; None for a first message.
    """

    partner_id: str
    agreement: Agreement
    kind: str
    says: str
    forms: Sequence[AskedForm]
    order: Order | None = None
    ver: str = _FIRST
    now: MessageNow | None = None

    @property
    def address(self) -> str:
        """Where its form is sent to."""
        return f"/portal/collocation/{self.order.id}/{self.says}" if self.order else "/portal/collocation/new"

    def begun(self, catalogue: FieldCatalogue, values: Mapping[str, str]) -> Typed:
        """Give it with these values under the names of inputs, and a line of each form that has lines."""
        return self._of(Typed(FAMILY)).filled_in(catalogue, values)

    def stamped(self, catalogue: FieldCatalogue, typed: Typed) -> Typed:
        """Give what was filled in without lines that are empty, with the fields that the page fills in by itself."""
        head = {"COLLO.VER": self.ver, "COLLO.MSG": self.says.upper()}
        if self.order is not None:
            head["COLLO.PON"] = self.order.pon
        head["COLLO.KIND"] = self.kind.upper() if self.says == APPLICATION else ""
        return self._of(typed).filled_in(catalogue, head)

    def placed(self, findings: Findings) -> Findings:
        """Give findings with those on a form's lines, of which it has none, at its first line."""
        lined = {f"{form.doc.name}.{doc.element}" for form in self.forms for doc in form.detail}
        return Findings([_at_first_line(one) if _name(one) in lined else one for one in findings.told])

    def view(self, typed: Typed, findings: Findings) -> RequestView:
        """Give it as it is shown: what is asked for, what may be given, and what was found, each at its field."""
        return RequestView([_form(form, typed.forms[form.doc.name], findings) for form in self.forms], ())

    def _of(self, typed: Typed) -> Typed:
        """Give what stands in the forms that it is asked for, each with one line at least if it has lines."""
        there = {form.doc.name: typed.forms.get(form.doc.name, TypedForm()) for form in self.forms}
        lined = {form.doc.name for form in self.forms if form.detail}
        return replace(
            typed,
            forms={name: replace(form, details=_lines(form) if name in lined else ()) for name, form in there.items()},
        )


def _name(told: Told) -> str:
    return input_name(str(told.get("path", "")))


def _at_first_line(told: Told) -> Told:
    form, _, element = str(told["path"]).rpartition("/")
    return {**told, "path": f"{form}/DETAILS/DETAIL/{element}"}


def _lines(form: TypedForm) -> tuple[Mapping[str, str], ...]:
    return tuple(detail for detail in form.details if detail) or ({},)


def _form(form: AskedForm, typed: TypedForm, findings: Findings) -> FormView:
    name = form.doc.name
    details = [
        PartView(name, number, _fields(form, number, form.detail, values, findings), findings.at(f"{name}[{number}]"))
        for number, values in enumerate(typed.details, 1)
    ]
    header = PartView(name, 0, _fields(form, 0, form.header, typed.fields, findings), findings.at(name))
    return FormView(form.doc, needed=True, header=header, details=details)


def _fields(
    form: AskedForm, number: int, docs: Iterable[FieldDoc], values: Mapping[str, Any], findings: Findings
) -> list[FieldView]:
    shown = []
    for doc in docs:
        key, name = field_name(form.doc.name, 0, doc.element), field_name(form.doc.name, number, doc.element)
        use: Use = "needed" if key in form.needed else "conditional" if doc.condition else "optional"
        shown.append(
            FieldView(
                name,
                doc,
                values.get(doc.element, ""),
                use,
                bool(number),
                findings.at(name),
                asked_for=key not in form.further,
            )
        )
    return shown
