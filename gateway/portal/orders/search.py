"""The list of orders: searched by what `GET /v1/orders` searches by, newest first, with searches that people keep."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Final
from urllib.parse import parse_qsl, urlencode

from gateway.doors.order_search import SEARCHED_BY, order_query
from gateway.doors.problems import Kind, Problem
from gateway.ids import Ids
from gateway.lifecycle.vocabulary import State
from gateway.portal.pages import Asked, Elsewhere, Listing, Page, Shown
from gateway.portal.rendering import label
from gateway.portal.services import Services
from gateway.record.rows import Order
from gateway.services.saved_searches import MOST_SEARCHES, SavedSearches

_A_PAGE: Final = 50
_A_FILE: Final = 10_000
_LIST: Final = "/portal/orders"
_NAMES: Final = tuple(parameter.name for parameter in SEARCHED_BY)
_LONGEST_NAME: Final = 60
_COLUMNS: Final = (
    *("PON", "VER", "Partner", "Family", "Product", "State", "Provider's number", "First received"),
    *("Desired due date", "Due date", "Last changed"),
)


class OrderList:
    """Orders, searched and listed."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._searches = SavedSearches(services.record, services.reads, services.desk.ids, services.machine)

    async def show(self, asked: Asked) -> Shown:
        """Show a page of orders."""
        searched = _searched(asked.request.query)
        try:
            orders, following = await self._found(asked)
        except Problem as problem:
            if problem.kind is not Kind.MALFORMED_REQUEST:
                raise
            wrong = {error["path"]: error["text"] for error in problem.errors}
            return await self._page(asked, searched, [], "", wrong)
        return await self._page(asked, searched, orders, following, {})

    async def _found(self, asked: Asked) -> tuple[Sequence[Order], str]:
        """Give the orders of the page, and how the address of the next one ends.

        Raises:
            Problem: a criterion is none.
        """
        principal, record = asked.principal, self._services.record
        partner = None if principal.partner_id is None else await record.partner(principal.partner_id)
        limit = _A_FILE if asked.wants_csv else _A_PAGE
        calendar = self._services.desk.calendar_for(partner)
        narrowed = {**_searched(asked.request.query), "after": asked.query("after")}
        query = order_query(narrowed, principal, calendar, limit=limit + 1, newest_first=True)
        found = await record.orders(query)
        if len(found) <= limit:
            return found, ""
        return found[:limit], urlencode({**_searched(asked.request.query), "after": found[limit - 1].id})

    async def _page(
        self,
        asked: Asked,
        searched: Mapping[str, str],
        orders: Sequence[Order],
        following: str,
        wrong: Mapping[str, str],
    ) -> Shown:
        partners = {} if asked.principal.role.of_partner else await self._partners()
        context = {
            "orders": [(order, Ids.made_at(order.id)) for order in orders],
            "following": following,
            "searched": searched,
            "wrong": wrong,
            "later_page": bool(asked.query("after")),
            "partners": partners,
            "states": [(name, label(name)) for name in self._states()],
            "products": [(name, label(name)) for name in self._products()],
            "searches": await self._searches.of(asked.principal.credential_id),
            "query_text": urlencode(searched),
        }
        return Shown(
            "orders/list.html", context, 422 if wrong else 200, listing=Listing("orders", _COLUMNS, _rows(orders))
        )

    async def _partners(self) -> Mapping[str, str]:
        return {partner.id: partner.name for partner in await self._services.record.partners()}

    def _states(self) -> Sequence[str]:
        processes = [
            terms.collocation.processes for terms in self._services.desk.agreements.values() if terms.collocation
        ]
        others = {state for terms in processes for process in terms.values() for state in process.states}
        return (*State, *sorted(others.difference(State)))

    def _products(self) -> Sequence[str]:
        agreements = self._services.desk.agreements.values()
        kinds = chain.from_iterable(terms.collocation.kinds for terms in agreements if terms.collocation)
        return sorted({*chain.from_iterable(terms.products for terms in agreements), *kinds})

    async def keep(self, asked: Asked) -> Elsewhere | Shown:
        """Keep a search under a name."""
        searched = _searched(dict(parse_qsl(asked.text("query"))))
        name = asked.text("name")
        if not name or len(name) > _LONGEST_NAME:
            wrong = {"name": f"takes a name of 1 to {_LONGEST_NAME} characters"}
            return await self._page(asked, searched, [], "", wrong)
        if not await self._searches.keep(asked.principal.credential_id, name, urlencode(searched)):
            wrong = {"name": f"you keep {MOST_SEARCHES} searches already; forget one first"}
            return await self._page(asked, searched, [], "", wrong)
        return Elsewhere(f"{_LIST}?{urlencode(searched)}", f"The search is kept as {name}.")

    async def forget(self, asked: Asked) -> Elsewhere:
        """Forget a search."""
        await self._searches.forget(asked.principal.credential_id, asked.part("id"))
        return Elsewhere(_LIST, "The search is forgotten.")

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        like = ("listOrders",)
        return (
            Page("GET", _LIST, "orders", self.show, like, "Orders"),
            Page("POST", f"{_LIST}/searches", "keepSearch", self.keep, like),
            Page("POST", f"{_LIST}/searches/{{id}}/forget", "forgetSearch", self.forget, like),
        )


def _searched(query: Mapping[str, str]) -> dict[str, str]:
    """Give what of an address narrows the search."""
    return {name: text for name in _NAMES if (text := query.get(name, "").strip())}


def _rows(orders: Sequence[Order]) -> Sequence[Sequence[object]]:
    return [
        (
            *(order.pon, order.ver, order.partner_id, order.family.value, order.product, order.state, order.number),
            *(Ids.made_at(order.id), order.desired_due_date, order.due_date, order.updated_at),
        )
        for order in orders
    ]
