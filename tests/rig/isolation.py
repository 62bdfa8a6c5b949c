"""What each route of a CLEC could show of another partner. A new route fails its test until it stands here."""

import re

from gateway.doors.routes import Route
from gateway.record.rows import Role
from tests.rig.route_table import guarded_routes

OBJECTS = {
    "/v1/orders/{id}": "order",
    "/v1/notices/{id}": "notice",
    "/v1/keys/{id}": "key",
    "/v1/batches/{id}": "batch",
}
"""By the beginning of its path up to the parameter: what kind of object a route is about."""

OWN_DATA_ONLY = {"listOrders", "readMailbox", "listKeys", "listDeliveries"}
"""Routes without an object that show what belongs to the caller's partner."""

RECKONED = {
    "readWebhook",
    "readLossReport",
    "readCompletionReport",
    "readOnboarding",
    "readOwnPerformance",
    "listAnnouncements",
    "listMatters",
    "listRules",
}
"""Routes that show what is reckoned from the caller's own data; that of others has no ids in it to look for."""

BY_SOAP = {"soapOrder", "soapNotices", "soapPreOrder"}
"""Routes that are tried in their own envelopes, in `tests/e2e/test_soap.py`."""

NOTHING_TO_SHOW = {
    "issueKey",
    "pingWebhook",
    "putWebhook",
    "removeWebhook",
    "replayNotices",
    "rotateWebhookSecret",
    "submitAsr",
    "submitCollocation",
    "submitBatch",
    "submitLsr",
} | {route.name for route in guarded_routes() if route.path.startswith("/v1/preorder/")}
"""Routes that answer only about what the caller sends; of reference data, each question shows a CLEC its own alone."""


def of_clecs() -> list[Route]:
    """Give the routes that a CLEC's roles may call: only they could show one CLEC what is another's."""
    return [route for route in guarded_routes() if any(role.of_partner for role in route.admitted)]


def about_an_object() -> list[Route]:
    """Give the routes whose path names an object."""
    return [route for route in of_clecs() if "{" in route.path]


def kind_of_object(route: Route) -> str | None:
    """Give what kind of object the path names; None if nobody has said so yet."""
    return OBJECTS.get(re.match(r"[^}]*}", route.path)[0])  # type: ignore[index] # only paths with a parameter


def clec_roles(route: Route) -> list[Role]:
    """Give a CLEC's roles that may call it."""
    return sorted(role for role in route.admitted if role.of_partner)
