"""Forms of decisions: made from the models, read as JSON, shown again with what is wrong."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from gateway.lifecycle.decisions import Confirm
from gateway.lifecycle.wire import DECISIONS, decision_from, decision_json_schema
from gateway.portal.workbench.decision_forms import DecisionForm, order_form
from gateway.portal.workbench.filled import Box, boxes_of, read_form
from gateway.portal.workbench.inputs import Input, Words, inputs_of
from gateway.record.rows import Family, Order
from gateway.services.offers import Offer
from validators.agreement.load import load_agreements
from validators.agreement.terms import Agreement
from validators.bundled import bundled_path

ZONE = ZoneInfo("America/Boise")
NOT_ASKED = {"decision", "ver", "manual", "facility"}
"""What the page fills in itself, or what a person's decision always is."""


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    """Give the template agreement."""
    return load_agreements(bundled_path("config") / "agreements")["template"]


def form_of(
    agreement: Agreement, decision: str, family: Family = Family.ASR, offer: Offer | None = None
) -> DecisionForm:
    """Give a form."""
    form = order_form(decision, cast("Order", SimpleNamespace(family=family)), agreement, offer)
    assert form is not None
    return form


def flat(boxes: Iterable[Box]) -> dict[str, Box]:
    """Give every box by its name, those within others too."""
    found: dict[str, Box] = {}
    for box in boxes:
        found |= {box.id: box, **flat(box.boxes), **flat(inner for row in box.rows for inner in row)}
    return found


def test_every_member_of_every_decision_is_asked_for(agreement: Agreement) -> None:
    """A member that is new in a model is in the form; only what the page fills in is not."""
    bodies = [one for one in decision_json_schema()["$defs"].values() if "decision" in one.get("properties", {})]
    told = {one["properties"]["decision"]["const"]: set(one["properties"]) - NOT_ASKED for one in bodies}

    assert DECISIONS == set(told)
    assert told == {name: {one.name for one in form_of(agreement, name).inputs} for name in told}


def test_what_only_asrs_have_is_not_asked_of_an_lsr(agreement: Agreement) -> None:
    """Neither the fields of a CN nor the errors of a C/NR."""
    names = {one.name for one in form_of(agreement, "confirm", Family.LSR).inputs}

    assert "access" not in names
    assert "due_date" in names


def test_only_what_the_state_allows_can_be_chosen(agreement: Agreement) -> None:
    """The outcomes of wanting facilities are those of the offer."""
    offer = Offer("facilities-unavailable", "9.1.2.1.3", {"outcome": ("job",)})
    form = form_of(agreement, "facilities-unavailable", Family.LSR, offer)

    assert [("job", "Job")] == [option for one in form.inputs if one.name == "outcome" for option in one.options]


def test_a_form_is_read_as_the_decision_that_it_states(agreement: Agreement) -> None:
    """Flags, numbers, days, lists a line each, groups and rows; what is empty is left out, an empty row too."""
    filled: dict[str, Any] = {
        "due_date": "2026-03-09",
        "order_number": "",
        "coordinated": "true",
        "circuit_ids": " A 1 \n\nB2\n",
        "lines.0.line": "",
        "lines.3.line": "7",
        "lines.3.circuit_id": "C",
        "lines.x.line": "9",
        "access.new_facilities": "true",
        "access.circuits.0.reference": "0001",
        "access.circuits.0.trunks": "24",
    }

    body = read_form(form_of(agreement, "confirm").inputs, filled, ZONE)

    circuits = [{"reference": "0001", "trunks": 24}]
    assert body == {
        "due_date": "2026-03-09",
        "coordinated": True,
        "circuit_ids": ["A 1", "B2"],
        "lines": [{"line": "7", "circuit_id": "C"}],
        "access": {"new_facilities": True, "circuits": circuits},
    }
    assert isinstance(decision_from({"decision": "confirm", **body}), Confirm)


def test_answers_may_be_yes_no_or_nothing(agreement: Agreement) -> None:
    """What is not said of the facilities stays unsaid."""
    filled = {"available": "true", "load_coils": "false", "copper": "", "spare_protectors": "many"}

    body = read_form(form_of(agreement, "facility-answer").inputs, filled, ZONE)

    assert body == {"available": True, "load_coils": False, "spare_protectors": "many"}


def test_a_local_time_gets_its_offset() -> None:
    """As the agreement's zone has it on that day; what is no time stays as it was typed."""
    inputs = inputs_of({"properties": {"at": {"type": "string", "format": "date-time"}}}, {}, Words())

    read = [read_form(inputs, {"at": text}, ZONE) for text in ("2027-07-01T09:00", "2027-12-01T09:00", "soon")]

    assert read == [{"at": "2027-07-01T09:00:00-06:00"}, {"at": "2027-12-01T09:00:00-07:00"}, {"at": "soon"}]


def test_what_is_wrong_stands_at_its_field(agreement: Agreement) -> None:
    """Within a row too; what belongs to no field of the form is told apart."""
    wrongs = [
        {"path": "/findings/1/text", "text": "Field required"},
        {"path": "/nowhere", "text": "What is this?"},
        {"path": "/charges", "text": "no such charge"},
    ]
    body = {"findings": [{"text": "a"}, {"code": "E205"}]}

    shown = boxes_of(form_of(agreement, "reject").inputs, body, wrongs, more="findings")

    boxes = flat(shown.boxes)
    assert [wrongs[0]] == list(boxes["findings.1.text"].wrong)
    assert ("a", "E205", "") == tuple(boxes[f"findings.{name}"].value for name in ("0.text", "1.code", "2.text"))
    assert 3 == len(boxes["findings"].rows)
    assert tuple(wrongs[1:]) == shown.elsewhere


def test_a_browser_insists_on_nothing_in_a_row(agreement: Agreement) -> None:
    """A row that is left empty is no row, so the form can be sent with it; what stands alone is insisted on."""
    boxes = flat(boxes_of(form_of(agreement, "reject").inputs, {}, ()).boxes)
    alone = flat(boxes_of(form_of(agreement, "cancel").inputs, {}, ()).boxes)

    assert (True, False) == (boxes["findings.0.text"].input.required, boxes["findings.0.text"].must)
    assert alone["reason"].must


def test_rows_are_bounded() -> None:
    """A form with a thousand rows is read as one of a hundred."""
    rows = (Input("rows", "rows", "Rows", inputs=(Input("a", "text", "A"),)),)

    body = read_form(rows, {f"rows.{number}.a": "x" for number in range(1000)}, ZONE)

    assert 100 == len(body["rows"])
