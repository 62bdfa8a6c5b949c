"""What orders are searched by: the parameters of `GET /v1/orders`, which the portal's list takes as well."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from gateway.doors.problems import Kind, Problem
from gateway.doors.routes import Parameter, Principal
from gateway.record.port import OrderQuery
from gateway.record.rows import WORKED, Family
from validators.agreement.calendar import BusinessCalendar

_TELEPHONE: Final = r"^[ ().+-]*(1[ ().+-]*)?[2-9][ ().+-]*([0-9][ ().+-]*){9}$"
_LENGTH: Final = 10
_FIRST, _LAST = date(2000, 1, 1), date(2100, 12, 31)
"""Far before and beyond any order, and near enough that every instant is one: a day beyond finds the same orders."""
_DAY: Final[dict[str, object]] = {"type": "string", "format": "date"}

SEARCHED_BY: Final = (
    Parameter("pon", "query", "Only this PON."),
    Parameter(
        "number",
        "query",
        "Only orders about this telephone number: ordered, ported, listed or an account's.",
        {"type": "string", "pattern": _TELEPHONE},
    ),
    Parameter("state", "query", "Only orders in this state."),
    Parameter("product", "query", "Only orders of this product."),
    Parameter("family", "query", "Only this family.", {"type": "string", "enum": [str(name) for name in WORKED]}),
    Parameter(
        "received_from", "query", "Only orders first received on this day or later, in the agreement's zone.", _DAY
    ),
    Parameter("received_until", "query", "Only orders first received on this day or before.", _DAY),
    Parameter("partner", "query", "Only this partner's orders; a CLEC gets its own, whatever stands here."),
)


def order_query(
    asked: Mapping[str, str], principal: Principal, calendar: BusinessCalendar, *, limit: int, newest_first: bool
) -> OrderQuery:
    """Read what is searched for. Nobody searches beyond what it may see.

    Raises:
        Problem: a telephone number, day or family is none; each is listed with its parameter as the path.
    """
    reading = _Reading(asked)
    partner = principal.partner if principal.role.of_partner else reading.text("partner")
    first, last = reading.day("received_from"), reading.day("received_until")
    query = OrderQuery(
        partner,
        pon=reading.text("pon"),
        state=reading.text("state"),
        family=reading.family("family"),
        after=reading.text("after") or None,
        limit=limit,
        product=reading.text("product"),
        number=reading.number("number"),
        since=calendar.start_of(first) if first else None,
        until=calendar.start_of(last + timedelta(days=1)) if last else None,
        newest_first=newest_first,
        hidden_product=principal.hidden_product,
    )
    if reading.errors:
        told = "; ".join(f"{error['path']} {error['text']}" for error in reading.errors)
        raise Problem(Kind.MALFORMED_REQUEST, told, reading.errors)
    return query


class _Reading:
    """Reads parameters one by one, and gathers what is wrong with them."""

    def __init__(self, asked: Mapping[str, str]) -> None:
        self._asked = asked
        self.errors: list[dict[str, str]] = []

    def text(self, name: str) -> str | None:
        return self._asked[name].strip() if name in self._asked else None

    def number(self, name: str) -> str | None:
        text = self.text(name)
        if text is None:
            return None
        if re.fullmatch(_TELEPHONE, text) is None:
            self._wrong(name, "takes a telephone number of ten digits", text)
        return re.sub(r"[^0-9]", "", text)[-_LENGTH:]

    def day(self, name: str) -> date | None:
        text = self.text(name)
        if text is None:
            return None
        try:
            day = date.fromisoformat(text) if len(text) == len("2026-11-23") else None
        except ValueError:
            day = None
        if day is None:
            self._wrong(name, "takes a day as 2026-11-23", text)
            return None
        return min(max(day, _FIRST), _LAST)

    def family(self, name: str) -> Family | None:
        text = self.text(name)
        if text is not None and text not in WORKED:
            self._wrong(name, f"takes {', '.join(WORKED)}", text)
            return None
        return None if text is None else Family(text)

    def _wrong(self, name: str, takes: str, text: str) -> None:
        self.errors.append({"path": name, "text": f"{takes}, not {text[:40]!r}"})
