"""Forms of messages about collocation: what is asked for, and how text goes from a field into the document and back."""

from dataclasses import dataclass

import pytest

from gateway.portal.collocation.asked_for import AskedForm, forms_of
from gateway.portal.collocation.written import document, faults_by_field, typed, values_of
from tests.rig.applications import COMPLETE
from tests.rig.court import MONDAY
from validators.judge import Judge
from validators.messages.collocation import CollocationRequest
from validators.schema import Schemas

_AGREEMENT = "template"
_HEAD = {"COLLO.PON": "P1", "COLLO.VER": "00", "COLLO.MSG": "APPLICATION", "COLLO.KIND": "CAGED"}


@dataclass(frozen=True, slots=True)
class Desk:
    """Writes messages about caged space."""

    judge: Judge
    schemas: Schemas

    def forms(self, kind: str = "caged", says: str = "application") -> dict[str, AskedForm]:
        """Give what a message is asked for, by form."""
        catalogue = self.schemas.catalogue("collocation")
        return {form.name: form for form in forms_of(catalogue, self.judge.agreements[_AGREEMENT], kind, says)}

    def written(self, filled: dict[str, str]) -> bytes:
        """Give the document of what was filled in."""
        return document(typed(filled, self.forms().values()), _HEAD, self.schemas)


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
        ("caged", "acceptance", "COLLO PAY"),
        ("caged", "cancellation", "COLLO"),
        ("caged", "material-change", "COLLO SPACE EQUIP TERMS"),
    ],
)
def test_each_message_has_the_forms_that_its_kind_needs(desk: Desk, kind: str, says: str, forms: str) -> None:
    """A form that nothing is asked of is not there; an acceptance brings a payment, a change the whole application."""
    assert forms == " ".join(desk.forms(kind, says))


def test_a_field_names_its_item_section_and_whether_it_is_needed(desk: Desk) -> None:
    """Items bear their letter; a field that another may stand for says so, and one that may not be is gone."""
    space = {field.key: field for field in desk.forms()["SPACE"].all()}

    assert (
        "item b, Floor space, with the number of bays for cageless space, section 8.4.1.5" == space["SPACE.SQFT"].about
    )
    assert "this or BAYS or UNITS is needed" == space["SPACE.SQFT"].need
    assert "needed" == space["SPACE.HEAT"].need
    assert "DOCS.CIRCUITS" not in {field.key for form in desk.forms("decommission").values() for field in form.all()}


def test_what_is_typed_goes_into_the_document_and_back(desk: Desk) -> None:
    """Blank lines are left out, and a message that was sent fills the form of the next one."""
    with_gap = {**COMPLETE["caged"], "SPACE[1].AMPS": " ", "SPACE[1].FEED": "", "SPACE[3].AMPS": "60\r\n"}
    message = desk.judge.read(desk.written(with_gap), "collocation").message

    assert isinstance(message, CollocationRequest)
    expected = {key: text for key, text in COMPLETE["caged"].items() if not key.startswith("SPACE[")}
    assert {**expected, "SPACE[1].AMPS": "60"} == values_of(message, desk.forms().values())


def test_each_finding_stands_at_its_field(desk: Desk) -> None:
    """Also where the whole line is missing, and where the schema refuses the text before any rule is asked."""
    forms = tuple(desk.forms().values())
    filled = {**COMPLETE["caged"], "SPACE[2].AMPS": "many", "EQUIP[2].MAKE": "Acme"}
    reading = desk.judge.read(desk.written(filled), "collocation")
    findings = desk.judge.explain_refusal(reading, _AGREEMENT, MONDAY)
    none = desk.judge.read(desk.written({"COLLO.PREM": "BOISIDMA"}), "collocation").message
    assert none is not None
    lacking = desk.judge.judge(none, _AGREEMENT, MONDAY).verdict.findings

    wrong = faults_by_field([finding.as_json() for finding in findings], forms)
    assert {"SPACE[2].AMPS", *(f"EQUIP[2].{name}" for name in ("MODEL", "FUNC", "DIMS", "QTY"))} == set(wrong)
    missing = faults_by_field([finding.as_json() for finding in lacking], forms)
    assert {"SPACE[1].AMPS", "EQUIP[1].MAKE", "TERMS[1].TERM", "COLLO.BILLCON"} <= set(missing)
    assert "Give the amperes of each feed on the SPACE form. (section 8.4.1.5)" in missing["SPACE[1].AMPS"]
