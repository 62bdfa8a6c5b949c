"""The OpenAPI document says what the server does, no more and no less."""

import re
from typing import Any, cast

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from gateway.doors.gatekeeper import Gatekeeper
from gateway.doors.openapi import openapi
from gateway.doors.problems import Kind
from gateway.doors.server import web_application
from tests.rig.route_table import guarded_routes, open_routes


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    """Give the document."""
    return openapi(guarded_routes(), open_routes())


def operations(described: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Give method, path and operation of each."""
    return [(method, path, op) for path, item in described["paths"].items() for method, op in item.items()]


def test_it_is_valid_openapi_3_1(described: dict[str, Any]) -> None:
    """The validator of the standard finds nothing."""
    assert [] == [error.message for error in OpenAPIV31SpecValidator(described).iter_errors()]
    assert described["openapi"].startswith("3.1")


def test_it_names_every_route_of_the_server_and_no_other(described: dict[str, Any]) -> None:
    """Document and router have the same methods and paths; HEAD comes with GET."""
    app = web_application(guarded_routes(), open_routes(), cast("Gatekeeper", None), 1024)
    served = {
        (route.method.lower(), route.resource.canonical)
        for route in app.router.routes()
        if route.resource is not None and route.method != "HEAD"
    }

    by_wsdl = {(route.method.lower(), route.path) for route in guarded_routes() if route.contract == "wsdl"}
    by_wsdl |= {(route.method.lower(), route.path) for route in open_routes() if route.contract == "wsdl"}
    assert served - by_wsdl == {(method, path) for method, path, _ in operations(described)}


def test_every_operation_has_a_name_of_its_own(described: dict[str, Any]) -> None:
    """Generated clients need unique operation ids."""
    names = [op["operationId"] for _, _, op in operations(described)]

    assert sorted(set(names)) == sorted(names)


def test_every_guarded_operation_tells_of_the_refusals_of_the_guard(described: dict[str, Any]) -> None:
    """401, 403, 500 and 503 stand at every address that needs a key; those with an id also have 404."""
    for _, path, op in operations(described):
        if op.get("security") == []:
            continue
        assert {"400", "401", "403", "500", "503"} <= op["responses"].keys(), path
        if re.match(r"/v1/(orders|notices)/\{", path):
            assert "404" in op["responses"], path


def test_every_schema_that_is_named_is_there(described: dict[str, Any]) -> None:
    """No reference leads nowhere."""
    named = set(re.findall(r"#/components/schemas/(\w+)", str(described)))

    assert named <= described["components"]["schemas"].keys()


def test_every_kind_of_problem_has_a_type_of_its_own() -> None:
    """Clients tell refusals apart by `type`, whatever their status."""
    types = [kind.type_uri for kind in Kind]

    assert len(set(types)) == len(types)
    assert all(400 <= kind.status < 600 and kind.title for kind in Kind)
