"""The HTTP server's application, made from the route tables."""

from collections.abc import Iterable, Sequence

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from gateway.doors.gatekeeper import Gatekeeper
from gateway.doors.guard import answer_for, guarded, opened
from gateway.doors.routes import OpenRoute, Route


def web_application(
    routes: Iterable[Route],
    open_routes: Iterable[OpenRoute],
    gatekeeper: Gatekeeper,
    body_limit: int,
    middlewares: Sequence[Middleware] = (),
) -> web.Application:
    """Give the application that serves `routes` behind the gatekeeper and `open_routes` to anybody."""
    # One byte more than the limit, so that a door and not the server says what a message may have.
    app = web.Application(client_max_size=body_limit + 1, middlewares=[*middlewares, _explained])
    for route in routes:
        app.router.add_route(route.method, route.path, guarded(route, gatekeeper), name=route.name)
    for open_route in open_routes:
        serve = app.router.add_get if open_route.method == "GET" else app.router.add_post
        serve(open_route.path, opened(open_route), name=open_route.name)
    return app


@web.middleware
async def _explained(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer an unknown address or method with a problem object too."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        return answer_for(error, request)
