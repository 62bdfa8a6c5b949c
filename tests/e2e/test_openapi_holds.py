"""Generated requests, good and bad, against the OpenAPI document: no 5xx, and no answer that it does not tell of."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.request import urlopen

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from gateway.doors.openapi import openapi
from tests.rig.gateway_server import KEYS, GatewayServer
from tests.rig.route_table import guarded_routes, open_routes
from tests.rig.street import started_gateway

DOCUMENT = openapi(guarded_routes(), open_routes())
_ROLES = {f"{route.method} {route.path}": sorted(role.value for role in route.roles) for route in guarded_routes()}
_CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
schema = schemathesis.openapi.from_dict(DOCUMENT)


@pytest.fixture(scope="module")
def played_with(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayServer]:
    """Give a gateway whose clock may be moved anywhere."""
    server = started_gateway(tmp_path_factory.mktemp("played-with"))
    yield server
    server.stop()


def test_the_server_serves_this_document(played_with: GatewayServer) -> None:
    """What is tested here is what a client reads."""
    with urlopen(f"{played_with.url}/openapi.json") as answer:  # noqa: S310 - our own server
        assert DOCUMENT == json.load(answer)


@schema.parametrize()
@settings(
    max_examples=20,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_answer_is_undocumented(case: "schemathesis.Case[Any]", played_with: GatewayServer) -> None:
    """Whatever a client sends, status, media type, headers and body of the answer are those of the document."""
    roles = _ROLES.get(f"{case.method.upper()} {case.path}", ["clec"])
    for accept in ("application/json", "application/xml"):
        case.call_and_validate(
            base_url=played_with.url,
            headers={"Authorization": f"Bearer {KEYS[roles[0]]}", "Accept": accept},
            checks=_CHECKS,
        )
