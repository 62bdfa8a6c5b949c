"""The envelope of work, and the AsyncAPI document that is made from the same models."""

import hashlib
import json
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

import pytest
import yaml

from gateway.asyncapi import asyncapi_yaml
from gateway.queue.envelope import DecisionEvent, WorkData, WorkEvent, numbered, work_item
from gateway.record.rows import Family, Order

FRIDAY = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)
DOCUMENT = "<LocalServiceRequest>Hansen & Søn</LocalServiceRequest>".encode()


def _order() -> Order:
    return Order(
        id="ord_1",
        partner_id="clec",
        agreement_id="template",
        family=Family.LSR,
        pon="P1",
        ver="00",
        number="N1",
        product="loop-2w-nonloaded",
        activity="N",
        state="ACCEPTED",
        revision=1,
        received_at=FRIDAY,
        application_at=FRIDAY,
        desired_due_date=date(2026, 12, 4),
        due_date=None,
        original_due_date=None,
        submission_id="sub_1",
        updated_at=FRIDAY,
        facts={"flow_through": True},
    )


def _event(supplement: str | None = None) -> dict[str, Any]:
    finding = {"rule": "facility", "section": "9.1.2"}
    digest = hashlib.sha256(DOCUMENT).hexdigest()
    item = work_item(
        "wrk_1", _order(), supplement=supplement, deferred=(finding,), document=DOCUMENT, digest=digest, at=FRIDAY
    )
    event: dict[str, Any] = json.loads(numbered(item.envelope, 7))
    return event


def test_a_work_item_is_what_the_contract_says() -> None:
    """The event that is sent is valid by the model that the AsyncAPI document is made from."""
    event = WorkEvent.model_validate(_event())

    assert ("wrk_1", "ord_1", "00000000000000000007") == (event.id, event.subject, event.sequence)
    assert ("P1", date(2026, 12, 4), True) == (event.data.pon, event.data.desired_due_date, event.data.flow_through)
    assert _event()["data"].keys() == {field.name for field in fields(WorkData)}


def test_a_work_item_carries_the_document_whole() -> None:
    """The back end needs no second call, and can check by the digest that it has the CLEC's own bytes."""
    data = _event()["data"]

    assert DOCUMENT == data["document"].encode()
    assert hashlib.sha256(DOCUMENT).hexdigest() == data["digest"]


@pytest.mark.parametrize(
    ("supplement", "type_"),
    [(None, "org.oss-gateway.lsr.received.v1"), ("2", "org.oss-gateway.lsr.supplemented.v1")],
)
def test_the_type_says_what_the_clec_did(supplement: str | None, type_: str) -> None:
    """A first version is received, a later one supplements; which supplement it is stands in the data."""
    event = _event(supplement)

    assert (type_, supplement) == (event["type"], event["data"]["supplement"])


def test_the_same_id_from_another_source_is_another_decision() -> None:
    """A decision is named by source and id together, as CloudEvents has it."""
    event = {"specversion": "1.0", "id": "1", "type": "org.oss-gateway.decision.v1", "subject": "ord_1", "data": {}}
    first, second = (DecisionEvent.model_validate({**event, "source": source}) for source in ("urn:a", "urn:b"))

    assert first.decision_id != second.decision_id


def test_every_reference_of_the_asyncapi_document_leads_somewhere() -> None:
    """A reader, or a code generator, finds each schema, message and channel that is named."""
    document: dict[str, Any] = yaml.safe_load(asyncapi_yaml())
    references = list(_references(document))

    assert references
    for reference in references:
        place: Any = document
        for part in reference.removeprefix("#/").split("/"):
            place = place[part]


def test_the_asyncapi_document_names_every_stream() -> None:
    """The streams are those that the settings of a back end must name."""
    document: dict[str, Any] = yaml.safe_load(asyncapi_yaml())

    assert {
        "{environment}:work:lsr",
        "{environment}:work:asr",
        "{environment}:work:collocation",
        "{environment}:decisions",
        "{environment}:dead",
    } == {channel["address"] for channel in document["channels"].values()}
    assert "3.0.0" == document["asyncapi"]


def _references(part: Any) -> Any:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for value in part.values():
            yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)
