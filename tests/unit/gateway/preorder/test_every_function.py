"""The functions that 12.2.1.1.4 and 12.2.1.2.2 promise, each by its number, and the doors that answer them."""

from typing import Any

from gateway.doors.openapi import openapi
from gateway.doors.soap.operations import SERVICES
from gateway.services.preorder import QUERIES
from tests.rig.route_table import guarded_routes, open_routes

PROMISED = [f"12.2.1.1.4.{number}" for number in range(1, 14)] + [f"12.2.1.2.2.{number}" for number in range(1, 6)]
_LANGUAGES = ("application/json", "application/xml")


def test_each_of_the_eighteen_functions_is_a_query() -> None:
    """Thirteen for LSRs and five for ASRs, and no query promises another number."""
    promised = {section for query in QUERIES for section in query.section.split(", ")}

    assert set(PROMISED) == {section for section in promised if section.startswith("12.2.1.")}


def test_each_query_is_documented_with_an_example_in_both_languages_and_offered_over_soap() -> None:
    """`/openapi.json` shows what to send as JSON and as XML, and what comes back."""
    paths: dict[str, Any] = openapi(guarded_routes(), open_routes())["paths"]
    operations = {operation.name for operation in SERVICES["preorder"]("r1").operations}

    for query in QUERIES:
        described = paths[f"/v1/preorder/{query.name}"]["post"]
        examples = [described["requestBody"]["content"][language]["example"] for language in _LANGUAGES]
        assert dict(query.example) == examples[0]
        assert examples[1].startswith("<?xml")
        assert set(_LANGUAGES) == set(described["responses"]["200"]["content"])
        assert "".join(part.title() for part in query.name.split("-")) in operations
