"""Forms of messages about collocation: what is asked for, and how text goes from a field into the document and back."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from gateway.portal.collocation.asked_for import AskedForm, forms_of
from gateway.portal.collocation.letter import FAMILY, Letter
from gateway.portal.forms.places import Findings
from gateway.portal.forms.typed import Typed
from gateway.portal.forms.views import FieldView
from tests.rig.applications import COMPLETE
from tests.rig.court import MONDAY
from validators.judge import Judge
from validators.messages.collocation import CollocationRequest
from validators.schema import Schemas

_AGREEMENT = "template"


@dataclass(frozen=True, slots=True)
class Desk:
    """Writes messages about caged space."""

    judge: Judge
    schemas: Schemas

    def forms(self, kind: str = "caged", says: str = "application") -> tuple[AskedForm, ...]:
        """Give what a message is asked for."""
        agreement = self.judge.agreements[_AGREEMENT]
        return forms_of(self.schemas.catalogue(FAMILY), agreement, kind, says, first=says == "application")

    def letter(self) -> Letter:
        """Give an application for caged space."""
        return Letter("sawtooth", self.judge.agreements[_AGREEMENT], "caged", "application", self.forms())

    def filled(self, values: Mapping[str, str]) -> Typed:
        """Give it as somebody sent it, with these values and so many lines as they name."""
        catalogue, form = self.schemas.catalogue(FAMILY), {"COLLO.PON": "P1", **values}
        lines = {name: max([int(key[6]) for key in form if key.startswith(f"{name}[")], default=1) for name in _LINED}
        present = {f"details-of {name}": str(count) for name, count in lines.items()} | {"details-of COLLO": "0"}
        return self.letter().stamped(catalogue, Typed.sent(catalogue, FAMILY, form | present))

    def fields(self, typed: Typed, findings: Findings = Findings()) -> dict[str, FieldView]:  # noqa: B008 - frozen
        """Give what its page shows, by the names of inputs."""
        letter = self.letter()
        view = letter.view(typed, letter.placed(findings))
        return {one.name: one for form in view.forms for part in (form.header, *form.details) for one in part.fields}


_LINED = ("SPACE", "EQUIP", "TERMS")


@pytest.fixture
def desk(bench: tuple[Judge, Schemas]) -> Desk:
    """Give one under the shipped agreement."""
    return Desk(*bench)


@pytest.mark.parametrize(
    ("kind", "says", "forms"),
    [
        ("caged", "application", "COLLO SPACE EQUIP TERMS"),
        ("clec-to-clec", "application", "COLLO TERMS"),
        ("bfr", "application", "COLLO ASK PAY"),
        ("decommission", "application", "COLLO DOCS"),
        ("loop-search", "application", "COLLO LOOP"),
        ("caged", "acceptance", "COLLO PAY"),
        ("caged", "cancellation", "COLLO"),
        ("caged", "material-change", "COLLO SPACE EQUIP TERMS"),
    ],
)
def test_each_message_has_the_forms_that_its_kind_needs(desk: Desk, kind: str, says: str, forms: str) -> None:
    """A form that nothing is asked of is not there; an acceptance brings a payment, a change the whole application."""
    assert forms == " ".join(form.doc.name for form in desk.forms(kind, says))


def test_a_field_names_its_item_section_and_whether_it_is_needed(desk: Desk) -> None:
    """Items bear their letter; a field that another may stand for says so, and one that may not be is gone."""
    fields = desk.fields(desk.filled({}))
    barred = {doc.element for form in desk.forms("decommission") for doc in form.header}

    assert fields["SPACE.SQFT"].doc.meaning.startswith(
        "Item b, Floor space, with the number of bays for cageless space"
    )
    assert ("conditional", "unless BAYS or UNITS is given") == (
        fields["SPACE.SQFT"].use,
        fields["SPACE.SQFT"].doc.condition,
    )
    assert ["needed"] * 4 == [fields[name].use for name in ("COLLO.PON", "SPACE.HEAT", "SPACE[1].AMPS", "COLLO.PREM")]
    assert ("optional", True) == (fields["COLLO.ALTKIND"].use, fields["COLLO.ALTKIND"].in_front)
    assert not fields["SPACE.BAYSQFT"].in_front
    assert "CIRCUITS" not in barred


def test_what_is_typed_goes_into_the_document_and_back(desk: Desk) -> None:
    """Blank lines are left out, the page fills in what is its own, and a message that was sent fills the next form."""
    with_gap = {**COMPLETE["caged"], "SPACE[1].AMPS": " ", "SPACE[1].FEED": "", "SPACE[3].AMPS": "60\r\n"}
    typed = desk.filled({**with_gap, "COLLO.KIND": "VIRTUAL", "DOCS.LOA": "Y"})
    message = desk.judge.read(typed.document(desk.schemas.catalogue(FAMILY)), FAMILY).message

    assert isinstance(message, CollocationRequest)
    assert ("application", "caged", "00") == (message.says, message.kind, message.ver)
    assert [("/CollocationRequest/SPACE/DETAILS/DETAIL/AMPS", "60")] == list(message.values("SPACE.AMPS"))
    assert dict(typed.items()) == dict(Typed.of_message(message).items())


def test_each_finding_stands_at_its_field(desk: Desk) -> None:
    """Also where the whole line is missing, and where the schema refuses the text before any rule is asked."""
    catalogue = desk.schemas.catalogue(FAMILY)
    wrong = desk.filled({**COMPLETE["caged"], "SPACE[2].AMPS": "many", "EQUIP[2].MAKE": "Acme"})
    reading = desk.judge.read(wrong.document(catalogue), FAMILY)
    refused = desk.judge.explain_refusal(reading, _AGREEMENT, MONDAY)
    empty = desk.filled({"COLLO.PREM": "BOISIDMA"})
    message = desk.judge.read(empty.document(catalogue), FAMILY).message
    assert message is not None
    lacking = desk.judge.judge(message, _AGREEMENT, MONDAY).verdict.findings

    shown = desk.fields(wrong, Findings([finding.as_json() for finding in refused]))
    expected = {"SPACE[2].AMPS", *(f"EQUIP[2].{name}" for name in ("MODEL", "FUNC", "DIMS", "QTY"))}
    assert expected == {name for name, one in shown.items() if one.findings}
    missing = desk.fields(empty, Findings([finding.as_json() for finding in lacking]))
    assert {"SPACE[1].AMPS", "EQUIP[1].MAKE", "TERMS[1].TERM", "COLLO.BILLCON"} <= {
        name for name, one in missing.items() if one.findings
    }
