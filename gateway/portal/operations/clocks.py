"""Clocks of all partners that run out within some hours or have run out, and the clock that is moved by hand."""

from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from gateway.doors.models import ClockMove
from gateway.doors.problems import Kind, Problem
from gateway.doors.reading import clock_target
from gateway.portal.instants import read_instant
from gateway.portal.pages import Answer, Asked, Context, Elsewhere, Listing, Page, Shown
from gateway.portal.paging import A_FILE, A_PAGE, number_from
from gateway.portal.rendering import label
from gateway.portal.services import Services
from gateway.record.audit import Act
from gateway.record.operations import NearClock
from gateway.services.time_travel import TimeTravel

_HERE: Final = "/portal/operations/clocks"
_MOVE: Final = "/portal/operations/clock"
_HOURS: Final = ((0, "have run out"), (4, "4 hours"), (24, "a day"), (72, "3 days"), (168, "a week"), (720, "30 days"))
_MOST_HOURS: Final = 8760
_COLUMNS: Final = ("Due", "Duty", "Clock", "Section", "Owed by", "Partner", "Order", "PON", "VER", "Product", "Ran out")


class NearClocks:
    """The list of clocks, and moving time where it stands still."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def list(self, asked: Asked) -> Shown:
        """Show a page of them, those that ran out first."""
        hours = number_from(asked, "hours", 24, _MOST_HOURS)
        limit = A_FILE if asked.wants_csv else A_PAGE
        until = self._services.clock.now() + timedelta(hours=hours)
        after, hidden = _after(asked.query("after")), asked.principal.hidden_product
        found = await self._services.overall.near_clocks(until, limit + 1, after, hidden_product=hidden)
        shown = found[:limit]
        following = urlencode({"hours": hours, "after": _place(shown[-1])}) if len(found) > limit else ""
        context = {
            "near": [(one, self._duty(one)) for one in shown],
            "following": following,
            "hours": hours,
            "choices": dict(_HOURS) | {hours: dict(_HOURS).get(hours, f"{hours} hours")},
            "moves": self._services.trade.travel is not None,
        }
        listing = Listing("clocks", _COLUMNS, [_row(one, self._duty(one)) for one in shown])
        return Shown("operations/clocks.html", context, listing=listing)

    async def ask(self, asked: Asked) -> Shown:
        """Ask how far the clock is to move."""
        del asked
        self._travel()
        return Shown("operations/move_clock.html", {"hours": "24", "to": "", "wrong": {}})

    async def move(self, asked: Asked) -> Answer:
        """Move the clock, so that everything that is due on the way fires at its own time."""
        travel = self._travel()
        target, wrong = self._target(asked)
        if target is None:
            context: Context = {"hours": asked.text("hours"), "to": asked.text("to"), "wrong": wrong}
            return Shown("operations/move_clock.html", context, 422)
        act = Act(asked.principal.credential_id, "clock.move", "clock", {"to": target.isoformat()})
        await self._services.audit.note(act)
        fired = await travel.to(target)
        zone = self._zone()
        return Elsewhere(_HERE, f"The clock stands at {target.astimezone(zone):%Y-%m-%d %H:%M %Z}; {fired} fired.")

    def _duty(self, one: NearClock) -> str:
        agreement = self._services.desk.agreements.get(one.agreement_id)
        term = agreement.clocks.get(one.clock.clock) if agreement else None
        return term.name if term else label(one.clock.clock)

    def _travel(self) -> TimeTravel:
        if self._services.trade.travel is None:
            raise Problem(Kind.FORBIDDEN, "this gateway runs on real time, which nobody moves")
        return self._services.trade.travel

    def _target(self, asked: Asked) -> tuple[datetime | None, dict[str, str]]:
        """Give where the clock is to stand, or what is wrong with which field."""
        now, field = self._services.clock.now(), "to" if asked.text("to") else "hours"
        try:
            move = (
                ClockMove(to=read_instant(asked.text("to"), self._zone()))
                if field == "to"
                else ClockMove(seconds=_seconds(asked.text("hours")))
            )
            target = clock_target(move, now)
        except ValueError as error:
            return None, {field: str(error)}
        except Problem as problem:
            return None, {field: problem.detail}
        if target < now:
            return None, {field: "that lies in the past; a clock only goes forward"}
        return target, {}

    def _zone(self) -> ZoneInfo:
        return self._services.desk.calendar_for(None).zone

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        return (
            Page("GET", _HERE, "nearClocksPage", self.list, ("nearClocks",), "Clocks of all", "Operations"),
            Page("GET", _MOVE, "moveClockAsked", self.ask, ("moveClock",)),
            Page("POST", _MOVE, "moveClockDone", self.move, ("moveClock",)),
        )


def _seconds(hours: str) -> int:
    if not hours.isascii() or not hours.isdigit() or not 1 <= len(hours) <= len("87600") or int(hours) > 87_600:
        raise ValueError("write whole hours, from 0 to 87600")
    return int(hours) * 3600


def _place(one: NearClock) -> str:
    return f"{one.clock.due_at.astimezone(UTC).isoformat()}~{one.clock.id}"


def _after(text: str) -> tuple[datetime, str] | None:
    if not text:
        return None
    due, _, clock_id = text.partition("~")
    try:
        due_at = datetime.fromisoformat(due)
    except ValueError:
        due_at = None
    if due_at is None or due_at.tzinfo is None or not clock_id:
        raise Problem(Kind.MALFORMED_REQUEST, "after takes the place that the link to the next page names")
    return due_at, clock_id


def _row(one: NearClock, duty: str) -> tuple[object, ...]:
    clock = one.clock
    return (
        clock.due_at,
        duty,
        clock.clock,
        clock.section,
        clock.owed_by,
        clock.partner_id,
        clock.order_id,
        one.pon,
        clock.ver,
        one.product,
        clock.breached_at,
    )
