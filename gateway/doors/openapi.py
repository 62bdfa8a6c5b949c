"""The OpenAPI 3.1 document, made from the route tables, so that it cannot say anything else than the server does."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from gateway import __version__
from gateway.doors.problems import Kind
from gateway.doors.routes import ADDRESS_TEXT, Answer, OpenRoute, Parameter, Route

Json = dict[str, Any]

_ALWAYS = (
    Kind.MALFORMED_REQUEST,
    Kind.UNAUTHENTICATED,
    Kind.FORBIDDEN,
    Kind.TOO_MANY_REQUESTS,
    Kind.INTERNAL,
    Kind.UNAVAILABLE,
)
_PROBLEM: Json = {
    "type": "object",
    "description": "A refusal (RFC 9457). `errors` lists every finding with path, value, rule, section and cure.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/Finding"}},
    },
}
_FORM: Json = {"type": "object", "additionalProperties": {"type": "string"}}
_FINDING: Json = {
    "type": "object",
    "required": ["path", "text"],
    "properties": {
        name: {"type": "string"} for name in ("rule", "section", "code", "severity", "path", "value", "text", "cure")
    }
    | {"also": {"type": "array", "items": {"type": "string"}}},
}


def openapi(routes: Sequence[Route], open_routes: Sequence[OpenRoute]) -> Json:
    """Give the document for these routes."""
    paths: dict[str, Json] = {}
    routes = [route for route in routes if route.contract == "openapi"]
    open_routes = [route for route in open_routes if route.contract == "openapi"]
    for route in routes:
        paths.setdefault(_plain(route.path), {})[route.method.lower()] = _operation(route)
    for open_route in open_routes:
        paths.setdefault(_plain(open_route.path), {})[open_route.method.lower()] = _open_operation(open_route)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "OSS gateway",
            "version": __version__,
            "description": "Wholesale telecom ordering, judged by the CLEC's own interconnection agreement.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"bearer": []}, {"oauth2": []}, {"certificate": []}],
        "tags": [
            {"name": "clec", "description": "For CLEC systems; a key sees its own partner's data only."},
            {"name": "backend", "description": "For the ILEC's back end."},
            {"name": "operations", "description": "For the ILEC's operators."},
            {"name": "clec-supervisor", "description": "For a CLEC's user who looks after its keys."},
            {"name": "representative", "description": "For ILEC service representatives, who decide by hand."},
            {"name": "auditor", "description": "For auditors, who read and change nothing."},
            {"name": "open", "description": "Without a key."},
        ],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "oauth2": {
                    "type": "oauth2",
                    "flows": {"clientCredentials": {"tokenUrl": "/oauth/token", "scopes": _scopes(routes)}},
                },
                "certificate": {"type": "mutualTLS", "description": "A client certificate bound to a partner."},
            },
            "schemas": {**_schemas(routes, open_routes), "Problem": _PROBLEM, "Finding": _FINDING},
        },
    }


def _scopes(routes: Iterable[Route]) -> dict[str, str]:
    named = {route.scope for route in routes}
    return {
        scope: f"to {'read' if scope.endswith(':read') else 'change'} {scope.split(':')[0]}" for scope in sorted(named)
    }


def _operation(route: Route) -> Json:
    operation: Json = {
        "operationId": route.name,
        "summary": route.summary,
        "description": f"OAuth scope: `{route.scope}`.",
        "tags": sorted(role.value for role in route.admitted),
        "parameters": [*_path_parameters(route.path), *map(_parameter, route.parameters)],
        "responses": _responses(route.answers, (*_ALWAYS, *route.problems)),
    }
    if route.body == "xml":
        operation["requestBody"] = {"required": True, "content": {"application/xml": {"schema": {"type": "string"}}}}
    elif route.body == "file":
        kinds = ("application/xml", "text/csv")
        content = {kind: {"schema": {"type": "string", "format": "binary", "minLength": 1}} for kind in kinds}
        operation["requestBody"] = {"required": True, "content": content}
    elif route.body is not None:
        operation["requestBody"] = {"required": True, "content": _contents(route.body, route.examples)}
    return operation


def _contents(body: type[BaseModel], examples: Mapping[str, object]) -> Json:
    if not examples:
        return {"application/json": {"schema": _ref(body)}}
    return {
        media: {"schema": _ref(body) if media.endswith("json") else {"type": "string"}, "example": example}
        for media, example in examples.items()
    }


def _open_operation(route: OpenRoute) -> Json:
    operation: Json = {
        "operationId": route.name,
        "summary": route.summary,
        "tags": ["open"],
        "security": [],
        "parameters": _path_parameters(route.path),
        "responses": _responses(route.answers, (Kind.INTERNAL, *route.problems)),
    }
    if route.body_media_type is not None:
        operation["requestBody"] = {
            "required": True,
            "content": {
                route.body_media_type: {"schema": {"type": "object", "additionalProperties": {"type": "string"}}}
            },
        }
    return operation


def _responses(answers: Iterable[Answer], problems: Iterable[Kind]) -> dict[str, Json]:
    responses: dict[str, Json] = {}
    for answer in answers:
        responses[str(answer.status)] = {
            "description": answer.description,
            "headers": {name: {"schema": {"type": "string"}} for name in answer.headers},
            "content": {media: {"schema": _schema(answer, media)} for media in answer.media_types},
        }
    for kind in problems:
        known = responses.setdefault(
            str(kind.status),
            {
                "description": "",
                "content": {
                    "application/problem+xml": {"schema": {"type": "string"}},
                    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}},
                },
            },
        )
        if kind.title not in known["description"]:
            known["description"] = f"{known['description']}; {kind.title}".removeprefix("; ")
    return responses


def _schema(answer: Answer, media: str) -> Json:
    if media.endswith(("json", "yaml")):
        return _ref(answer.model) if answer.model else {"type": "object"}
    return {"type": "string"}


def _schemas(routes: Sequence[Route], open_routes: Sequence[OpenRoute]) -> Json:
    answers = [
        *(answer for route in routes for answer in route.answers),
        *(a for route in open_routes for a in route.answers),
    ]
    models = {answer.model for answer in answers if answer.model}
    models |= {route.body for route in routes if isinstance(route.body, type)}
    ordered = sorted(models, key=lambda model: model.__name__)
    _, document = models_json_schema(
        [(model, "serialization") for model in ordered], ref_template="#/components/schemas/{model}"
    )
    schemas: Json = document.get("$defs", {})
    return schemas


def _ref(model: type[BaseModel]) -> Json:
    return {"$ref": f"#/components/schemas/{model.__name__}"}


def _plain(path: str) -> str:
    return re.sub(r"\{(\w+):[^}]*\}", r"{\1}", path)


def _path_parameters(path: str) -> list[Json]:
    return [
        {"name": name, "in": "path", "required": True, "schema": dict(ADDRESS_TEXT)}
        for name in re.findall(r"\{(\w+)", path)
    ]


def _parameter(parameter: Parameter) -> Json:
    return {
        "name": parameter.name,
        "in": parameter.where,
        "required": parameter.required,
        "description": parameter.description,
        "schema": dict(parameter.schema),
    }
