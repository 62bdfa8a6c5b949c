"""Pre-order questions on the real server, in XML and JSON."""

import json
from typing import Any

import pytest
from lxml import etree

from gateway.doors.openapi import openapi
from gateway.preorder.queries.files import REFERENCE_FILES, ReferenceFile
from tests.rig.gateway_server import GatewayServer
from tests.rig.route_table import guarded_routes, open_routes
from tests.rig.street import JSON, XML, Street
from validators.messages.compose import compose
from validators.schema import Schemas

DOCUMENT = openapi(guarded_routes(), open_routes())
EXAMPLES = {
    path: operation["post"]["requestBody"]["content"]
    for path, operation in DOCUMENT["paths"].items()
    if path.startswith("/v1/preorder/") and "example" in str(operation.get("post", {}).get("requestBody", {}))
}
RECORD = "/v1/preorder/customer-service-record"
QUALIFICATION = "/v1/preorder/loop-qualification"
VALIDATION = "/v1/preorder/address-validation"
QUESTION = b'<AddressQuestion xmlns="urn:oss-gateway:r1:preorder">%s</AddressQuestion>'
ANSWER = {"a": "urn:oss-gateway:r1:api"}


@pytest.mark.parametrize("path", sorted(set(EXAMPLES) - {RECORD}))
async def test_each_example_of_the_document_is_answered_in_both_languages(street: Street, path: str) -> None:
    """XML and JSON say the same, and the answer is dated."""
    content = EXAMPLES[path]
    as_json = json.dumps(content["application/json"]["example"])
    as_xml = content["application/xml"]["example"]
    told = await street.clec.json("POST", path, data=as_json, headers={"Content-Type": "application/json"})
    answer = await street.clec("POST", path, data=as_xml, headers=XML)

    assert (200, "application/xml") == (answer.status, answer.media)
    tree = etree.fromstring(answer.body)
    assert (told["found"], 0) == (tree.findtext("a:found", None, ANSWER) == "true", told["age_seconds"])
    assert told["as_of"].startswith("2026-")


@pytest.mark.parametrize(
    ("body", "content_type", "path"),
    [
        (b"{}", "application/json", "/address"),
        (QUESTION % b"", "application/xml", "/address"),
        (QUESTION % b"<address><city>BOISE</city></address>", "application/xml", "/address/sasn"),
    ],
)
async def test_a_question_that_lacks_something_is_refused_with_its_place(
    street: Street, body: bytes, content_type: str, path: str
) -> None:
    """400, and the member that is wrong, whichever language it came in."""
    answer = await street.clec("POST", VALIDATION, data=body, headers={**JSON, "Content-Type": content_type})

    assert 400 == answer.status
    assert [path] == [error["path"] for error in json.loads(answer.body)["errors"]]


@pytest.mark.parametrize(
    "body", [b"<Other/>", b"<!DOCTYPE x><AddressQuestion/>", b"not xml", b'<AddressQuestion xmlns="urn:other"/>']
)
async def test_what_is_no_question_is_refused(street: Street, body: bytes) -> None:
    """Hostile or foreign XML is read no further."""
    assert 400 == (await street.clec("POST", VALIDATION, data=body, headers=XML)).status


async def test_a_customer_record_needs_the_end_users_authorization(street: Street) -> None:
    """403 until it is on record; from then on it is shown, under its id, to this CLEC alone."""
    question = {"wtn": "2085550202"}
    asserted = {**question, "authnm": "A QUILLFEATHER", "dated": "2026-03-01"}
    before = await street.clec("POST", RECORD, json=question)
    kept = await street.clec.json("POST", "/v1/preorder/end-user-authorization", json=asserted)
    shown = await street.clec.json("POST", RECORD, json=question)
    other = await street.other("POST", RECORD, json=question)

    assert (403, 403) == (before.status, other.status)
    assert (True, kept["id"]) == (shown["found"], shown["authorization"])


async def test_an_unknown_query_is_not_found(street: Street) -> None:
    """Only the queries of the document exist."""
    assert 404 == (await street.clec("POST", "/v1/preorder/no-such-query", json={})).status


async def test_response_times_are_counted_by_query(street: Street, gateway: GatewayServer) -> None:
    """Metrics tell how many there were of each, and how long they took."""
    del gateway
    await street.clec("POST", VALIDATION, json={"address": {"sasn": "NO SUCH", "city": "BOISE"}})
    metrics: Any = (await street.nobody("GET", "/metrics")).body.decode()

    assert 'oss_gateway_preorder_queries_total{outcome="not-found",query="address-validation"}' in metrics
    assert 'oss_gateway_preorder_seconds_count{query="address-validation"}' in metrics


async def test_what_a_manual_search_found_is_told_by_the_tools_and_to_every_clec(
    street: Street, schemas: Schemas
) -> None:
    """Asked for as collocation is, answered by the back end, and laid over the records at once (9.2.2.8.6)."""
    place = {"sano": "4188", "sasn": "CINDERPATH", "city": "BOISE"}
    head = {"COLLO.PON": "SEARCH1", "COLLO.VER": "00", "COLLO.MSG": "APPLICATION", "COLLO.KIND": "LOOP-SEARCH"}
    asks = {"LOOP.REASON": "UNCLEAR", **{f"LOOP.{name.upper()}": text for name, text in place.items()}}
    body = compose("\n".join(f"{name}={text}" for name, text in {**head, **asks}.items()), schemas=schemas)
    sent = await street.clec.json("POST", "/v1/collocation", data=body, headers=XML)
    found = {
        "decision": "loop-found",
        "wire_center": "BOISIDMA",
        "cable": "0995",
        "pair": 7,
        "status": "spare",
        "material": "copper",
        "length_feet": 9100,
        "gauge": 24,
        "bridged_tap_feet": 350,
        "load_coils": 2,
        "terminals": "none",
    }
    before = await street.other.json("POST", QUALIFICATION, json={"address": place})
    await street.backend.json("POST", f"/v1/backend/orders/{sent['order_id']}/decisions", json=found)
    after = await street.other.json("POST", QUALIFICATION, json={"address": place})

    assert before["loops"] == after["loops"][:-1]
    assert (9100, 350, 2) == tuple(
        after["loops"][-1][name] for name in ("length_feet", "bridged_tap_feet", "load_coils")
    )
    assert after["loops"][-1]["searched_on"]


@pytest.mark.parametrize("file", REFERENCE_FILES, ids=lambda file: file.name)
async def test_each_file_is_downloaded_by_a_clec_as_csv(street: Street, file: ReferenceFile) -> None:
    """A line of names and rows under it; who has it already is told so, and who is no CLEC is refused."""
    path = f"/v1/preorder/files/{file.name}"
    given = await street.clec("GET", path)
    known = await street.other("GET", path, headers={"If-None-Match": given.headers["ETag"]})
    refused, nobody = await street.backend("GET", path), await street.nobody("GET", path)

    assert (200, "text/csv", f'attachment; filename="{file.name}.csv"') == (
        given.status,
        given.media,
        given.headers["Content-Disposition"],
    )
    names, first, *_ = given.body.decode().split("\r\n")
    assert (",".join(file.line.model_fields), names.count(",")) == (names, first.count(","))
    assert (304, b"", 403, 401) == (known.status, known.body, refused.status, nobody.status)


async def test_an_unknown_file_is_not_found(street: Street) -> None:
    """Only the files of the document exist."""
    assert 404 == (await street.clec("GET", "/v1/preorder/files/no-such-file")).status
