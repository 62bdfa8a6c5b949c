"""The portal's front: who asks for a page, may they, the frame around it, and every failure as a page of its own."""

import secrets
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final
from urllib.parse import quote, unquote, urlencode

from aiohttp import web
from markupsafe import Markup

from gateway.clock import Clock
from gateway.doors.gatekeeper import Gatekeeper
from gateway.doors.guard import check_address, problem_for
from gateway.doors.problems import Kind, Problem
from gateway.doors.routes import Principal, Route
from gateway.doors.visits import FORM_FIELD, Visit, Visits
from gateway.portal.guests import Guest
from gateway.portal.pages import Asked, Elsewhere, Form, Handler, Page, Pages, Section, Shown
from gateway.portal.rendering import Rendering, csv_text
from gateway.portal.static_files import StaticFiles
from gateway.record.port import Record
from gateway.record.rows import Role
from gateway.services.desk import Desk
from gateway.services.sign_in import SignInRefused

_SIGN_IN = "/portal/sign-in"
_HOME = "/portal"
_TOLD = "told"
"""Cookie that holds what was done until the next page shows it."""
_WORKS_IN: Final[Mapping[Role, Section]] = {
    Role.REPRESENTATIVE: "Workbench",
    Role.OPERATIONS: "Operations",
    Role.AUDITOR: "Operations",
}
_SERVED = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class House:
    """What the front needs of the gateway."""

    record: Record
    desk: Desk
    clock: Clock
    gatekeeper: Gatekeeper
    visits: Visits
    name: str
    """Of the environment, shown on every page: nobody takes the test environment for the other one."""
    guests: tuple[Guest, ...] = ()
    """Who may be signed in without password and code: nobody, but in a demonstration."""


class Portal:
    """Serves the pages of all rooms."""

    def __init__(self, house: House, routes: Iterable[Route], rooms: Sequence[Pages]) -> None:
        self._house = house
        self._files = StaticFiles()
        self._rendering = Rendering(self._files.addresses)
        self.pages = tuple(page for room in rooms for page in room.pages())
        self.roles = roles_of(self.pages, {route.name: route for route in routes})
        """By name of a page, who may use it."""

    def mount(self, app: web.Application) -> None:
        """Serve all pages, the sign-in, and what else lies below `/portal`."""
        self._files.mount(app)
        app.router.add_get("/", _to_home)
        for page in self.pages:
            app.router.add_route(page.method, page.path, self._explained(self._behind(page)), name=page.name)
        for method, path, handle in (
            ("GET", _SIGN_IN, self._ask_in),
            ("POST", _SIGN_IN, self._let_in),
            ("POST", "/portal/sign-out", self._let_out),
            *((("POST", "/portal/be-guest", self._welcome),) if self._house.guests else ()),
            ("GET", _HOME, self._first_page),
            ("GET", "/portal/{tail:.*}", _nowhere),
        ):
            app.router.add_route(method, path, self._explained(handle))

    def _behind(self, page: Page) -> _SERVED:
        """Give what serves a page to who has signed in and may use it."""

        async def serve(request: web.Request) -> web.StreamResponse:
            visit = await self._house.visits.of(request)
            if visit.principal is None:
                return _to(f"{_SIGN_IN}?{urlencode({'next': request.path_qs})}" if page.method == "GET" else _SIGN_IN)
            counted = self._house.gatekeeper.count(visit.principal)
            if visit.principal.role not in self.roles[page.name]:
                raise Problem(Kind.FORBIDDEN, f"this page is not for {visit.principal.role.value}")
            form = await self._form(request, visit) if page.method == "POST" else {}
            answer = await self._answer(page.handler, Asked(request, visit, visit.principal, form))
            answer.headers.update(counted)
            for name, value in _OF_FILES.items():
                answer.headers.setdefault(name, value)
            return answer

        return serve

    async def _answer(self, handler: Handler, asked: Asked) -> web.StreamResponse:
        answer = await handler(asked)
        if isinstance(answer, Shown):
            if asked.wants_csv and answer.listing is not None:
                return _as_file(answer.listing.name, csv_text(answer.listing))
            return await self._shown(answer, asked.request, asked.visit)
        if isinstance(answer, Elsewhere):
            return _to_tell(answer)
        return answer

    @staticmethod
    async def _form(request: web.Request, visit: Visit) -> Form:
        form = {name: value for name, value in (await request.post()).items() if isinstance(value, str | web.FileField)}
        Visits.check_form(visit, form.pop(FORM_FIELD, None))
        return form

    async def _shown(self, shown: Shown, request: web.Request, visit: Visit) -> web.Response:
        nonce = secrets.token_urlsafe(16)
        context = {**await self._frame(request, visit, shown.zone), "style_nonce": nonce, **shown.context}
        answer = web.Response(
            text=self._rendering.html(shown.template, context), status=shown.status, content_type="text/html"
        )
        answer.headers.update(_headers(nonce))
        if _TOLD in request.cookies:
            answer.del_cookie(_TOLD, path=_HOME)
        return answer

    async def _frame(self, request: web.Request, visit: Visit, zone: str | None) -> Mapping[str, object]:
        """Give what every template may use: who looks, what they may use, the time and its zone."""
        principal = visit.principal
        partner = None if principal is None or principal.partner_id is None else principal.partner
        known = None if partner is None else await self._house.record.partner(partner)
        agreements = self._house.desk.agreements
        agreement = agreements.get(known.agreement_id) if known else next(iter(agreements.values()), None)
        return {
            "visit": visit,
            "principal": principal,
            "may": partial(self._may, principal),
            "partner": known,
            "menu": self._menu(principal),
            "path": request.path,
            "token": partial(_token_field, visit.form_token),
            "query": request.query,
            "told": unquote(request.cookies.get(_TOLD, "")),
            "zone": zone or (agreement.calendar.zone.key if agreement else "UTC"),
            "now": (self._house.clock.of(partner) if partner else self._house.clock).now(),
            "environment": self._house.name,
        }

    def _menu(self, principal: Principal | None) -> Mapping[str, Sequence[Page]]:
        menu: dict[str, list[Page]] = {}
        for page in self.pages:
            if page.title and principal is not None and principal.role in self.roles[page.name]:
                menu.setdefault(page.section, []).append(page)
        return menu

    def _may(self, principal: Principal | None, page: str) -> bool:
        """Tell whether somebody may use a page, by its name: what nobody may press is not shown."""
        return principal is not None and principal.role in self.roles.get(page, frozenset())

    def _explained(self, handle: _SERVED) -> _SERVED:
        """Give `handle` with every failure turned into a page."""

        async def explain(request: web.Request) -> web.StreamResponse:
            try:
                check_address(request)
                return await handle(request)
            except Exception as error:  # noqa: BLE001 - the last line of defence, as for the API
                return await self._failed(problem_for(error, request), request)

        return explain

    async def _failed(self, problem: Problem, request: web.Request) -> web.Response:
        try:
            visit = await self._house.visits.of(request)
            answer = await self._shown(Shown("problem.html", {"problem": problem}, problem.kind.status), request, visit)
        except Exception as error:  # noqa: BLE001 - even the page that explains may need the record
            problem = problem_for(error, request)
            body, content_type = problem.render("")
            answer = web.Response(body=body, status=problem.kind.status, content_type=content_type)
        answer.headers.update(problem.headers)
        return answer

    async def _ask_in(self, request: web.Request) -> web.Response:
        """Show the form of signing in."""
        visit = await self._house.visits.of(request)
        return await self._sign_in_page(request, visit, request.query.get("next", ""))

    async def _let_in(self, request: web.Request) -> web.StreamResponse:
        """Sign somebody in, and go to the page that was asked for first."""
        visit = await self._house.visits.of(request)
        form = await self._form(request, visit)
        login, password, code = (str(form.get(name, "")) for name in ("login", "password", "code"))
        wanted = str(form.get("next", ""))
        answer = _to(own_address(wanted))
        try:
            await self._house.visits.begin(answer, login.strip(), password, code.replace(" ", ""))
        except SignInRefused as refused:
            return await self._sign_in_page(request, visit, wanted, str(refused))
        return answer

    async def _welcome(self, request: web.Request) -> web.StreamResponse:
        """Sign a guest in."""
        form = await self._form(request, await self._house.visits.of(request))
        answer, login = _to(own_address(str(form.get("next", "")))), form.get("guest")
        if login not in {guest.login for guest in self._house.guests}:
            raise Problem(Kind.NOT_FOUND, "there is no such guest")
        await self._house.visits.welcome(answer, str(login))
        return answer

    async def _sign_in_page(self, request: web.Request, visit: Visit, wanted: str, refused: str = "") -> web.Response:
        context = {"refused": refused, "next": wanted, "guests": self._house.guests}
        shown = Shown("sign_in.html", context, 401 if refused else 200)
        answer = await self._shown(shown, request, visit)
        if visit.principal is None:
            self._house.visits.keep(visit, answer)
        return answer

    async def _first_page(self, request: web.Request) -> web.StreamResponse:
        """Go to the first page of the section that who visits works in, or else of the menu."""
        principal = (await self._house.visits.of(request)).principal
        menu = self._menu(principal)
        own = menu.get(_WORKS_IN[principal.role], ()) if principal and principal.role in _WORKS_IN else ()
        pages = [*own, *(page for section in menu.values() for page in section)]
        return _to(pages[0].path if pages else _SIGN_IN)

    async def _let_out(self, request: web.Request) -> web.StreamResponse:
        """Sign somebody out."""
        visit = await self._house.visits.of(request)
        await self._form(request, visit)
        answer = _to(_SIGN_IN)
        await self._house.visits.end(visit, answer)
        return answer


def roles_of(pages: Iterable[Page], routes: Mapping[str, Route]) -> Mapping[str, frozenset[Role]]:
    """Give who may use each page: all those who may call every operation that it stands for."""
    roles: dict[str, frozenset[Role]] = {}
    for page in pages:
        admitted = frozenset.intersection(*(routes[name].admitted for name in page.like))
        roles[page.name] = admitted if page.roles is None else admitted & page.roles
    return roles


def _token_field(form_token: str) -> Markup:
    """Give the hidden field that every form carries."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FORM_FIELD, form_token)


def _headers(nonce: str) -> Mapping[str, str]:
    policy = (
        f"default-src 'none'; style-src 'self' 'nonce-{nonce}'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


_OF_FILES: Final = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""What comes with all that is no page, e.g. a CLEC's document: a browser that showed it would let it do nothing."""


def _as_file(name: str, text: str) -> web.Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return web.Response(text=text, content_type="text/csv", headers=headers)


def _to_tell(answer: Elsewhere) -> web.Response:
    """Send the browser on; what was done stands in a cookie, since in the address anybody could put words there."""
    response = _to(answer.address)
    if answer.told:
        response.set_cookie(_TOLD, quote(answer.told), path=_HOME, httponly=True, samesite="Lax", max_age=60)
    return response


def own_address(asked: str) -> str:
    """Give the address if it is the portal's own, else the portal's first page: nobody is sent to another site."""
    return asked if asked.startswith(f"{_HOME}/") and "\\" not in asked else _HOME


def _to(address: str) -> web.Response:
    return web.Response(status=303, headers={"Location": address, "Cache-Control": "no-store"})


async def _to_home(request: web.Request) -> web.Response:
    """Lead browsers to the portal; to programs there is nothing here."""
    accept = request.headers.get("Accept", "*/*")
    if "text/html" not in accept and "*/*" not in accept:
        raise web.HTTPNotFound
    return _to(_HOME)


async def _nowhere(request: web.Request) -> web.Response:
    raise Problem(Kind.NOT_FOUND, f"there is no page {request.path}")
