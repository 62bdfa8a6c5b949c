"""What the record says of an order, as lines that a person reads: when, who, what, and the clause it rests on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from validators.agreement.terms import Agreement

CLEC: Final = "CLEC"
GATEWAY: Final = "gateway"
BACK_END: Final = "back end"
CLOCK: Final = "clock"

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline.

    Attributes:
        at: local time of the agreement, aware.
        who: who does it.
        what: what, in words.
        section: clause that it rests on; empty where there is none.
        details: further lines below it.
    """

    at: datetime
    who: str
    what: str
    section: str = ""
    details: tuple[str, ...] = ()


class Chronicle:
    """Turns what is new about orders into lines; what was told is not told again.

    How a deadline is reckoned is told the first time that a clock of its kind starts. Clocks that only measure are told
    of that once.

    Args:
        agreement: for the zone, and the names of clocks.
    """

    def __init__(self, agreement: Agreement) -> None:
        self._agreement = agreement
        self._told: set[str] = set()
        self._measured: dict[str, str] = {}

    def local(self, instant: str) -> datetime:
        """Give an instant of the API in the agreement's zone."""
        return datetime.fromisoformat(instant).astimezone(self._agreement.zone)

    def news(
        self, events: Sequence[Json], clocks: Sequence[Json], notices: Sequence[Json], ways: Mapping[str, str]
    ) -> list[Line]:
        """Give the lines that were not given before, by time.

        Args:
            events: all events of an order, as the API gives them.
            clocks: all its clocks.
            notices: all its notices.
            ways: by kind of decision, the way it came: `redis` or `http`.
        """
        by_id = {notice["id"]: notice for notice in notices}
        new = [event for event in events if self._is_new(event["id"])]
        lines = [self._event(event, by_id, ways) for event in new if not _told_by_the_answer(event)]
        # The API tells from when a clock counts, which may be another day than the one on which a step set it.
        set_at = next((event["at"] for event in reversed(new) if event["type"].startswith("order.")), None)
        for clock in sorted(clocks, key=lambda clock: str(clock["due_at"])):
            known = not self._is_new(clock["id"])
            if self._is_dull(clock):
                continue
            if not known and set_at is not None:
                lines.append(self._started(clock, set_at))
            if clock["stopped_at"] and self._is_new(f"end of {clock['id']}") and not _ended_by_itself(clock):
                lines.append(self._stopped(clock))
        return sorted(lines, key=lambda line: line.at)

    def _is_new(self, what: str) -> bool:
        new = what not in self._told
        self._told.add(what)
        return new

    def _is_dull(self, clock: Json) -> bool:
        """Whether it only measures, and another order's of its kind was told of."""
        term = self._agreement.clocks[clock["clock"]]
        if not term.measure:
            return False
        return bool(self._measured.setdefault(term.id, clock["order"]) != clock["order"])

    def _event(self, event: Json, notices: Mapping[str, Json], ways: Mapping[str, str]) -> Line:
        kind, data = event["type"], event["data"]
        at, section = self.local(event["at"]), event["section"]
        if kind == "notice.issued":
            return Line(at, GATEWAY, _notice(notices[data["notice"]]), section)
        if "decision" in data:
            return _decided(at, data["decision"], ways, section)
        who, tell = _EVENTS.get(kind, (GATEWAY, lambda _data, _name, _at: kind))
        return Line(at, who, tell(data, self._name(data), event["at"]), section)

    def _started(self, clock: Json, set_at: str) -> Line:
        how = (f"owed by the {clock['owed_by']}: {clock['arithmetic']}",) if self._is_new(clock["clock"]) else ()
        due = moment(self.local(clock["due_at"]))
        return Line(self.local(set_at), CLOCK, f"starts: {self._name(clock)}, due {due}", clock["section"], how)

    def _stopped(self, clock: Json) -> Line:
        at, due = self.local(clock["stopped_at"]), self.local(clock["due_at"])
        how = f"{span(due - at)} left" if clock["breached_at"] is None else f"{span(at - due)} late"
        return Line(at, CLOCK, f"stops: {self._name(clock)}, {how}", clock["section"])

    def _name(self, data: Json) -> str:
        term = self._agreement.clocks.get(data.get("clock", ""))
        return str(data.get("clock", "")) if term is None else term.name


_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def moment(at: datetime) -> str:
    """Give a local instant to the minute, as in `Fri 2026-11-20 19:30`."""
    return f"{_WEEKDAYS[at.weekday()]} {at:%Y-%m-%d %H:%M}"


def day(written: str) -> str:
    """Give an ISO date with its weekday, as in `Tue 2026-12-01`."""
    on = date.fromisoformat(written)
    return f"{_WEEKDAYS[on.weekday()]} {on.isoformat()}"


def span(length: timedelta) -> str:
    """Give a length of time in its two largest units, as in `9 h 15 min`."""
    minutes = round(length.total_seconds() / 60)
    parts = ((minutes // 1440, "d"), (minutes // 60 % 24, "h"), (minutes % 60, "min"))
    return " ".join([f"{count} {unit}" for count, unit in parts if count][:2]) or "less than 1 min"


_TOLD_BY_THE_ANSWER: Final = frozenset(
    {
        "order.received",
        "order.accepted",
        "order.rejected",
        "submission.received",
        "submission.duplicate",
        "submission.out-of-sequence",
    }
)


def _told_by_the_answer(event: Json) -> bool:
    """Whether the answer to the CLEC's request says it, so that the record's word for it would only repeat."""
    return event["type"] in _TOLD_BY_THE_ANSWER and "decision" not in event["data"]


def _ended_by_itself(clock: Json) -> bool:
    """Whether it was what the clock did as it ran out that stopped it."""
    return bool(clock["stopped_at"] == clock["breached_at"])


def _left(data: Json, at: str) -> str:
    return span(datetime.fromisoformat(data["due_at"]) - datetime.fromisoformat(at))


_EVENTS: Final[Mapping[str, tuple[str, Callable[[Json, str, str], str]]]] = {
    "order.superseded": (GATEWAY, lambda data, _name, _at: f"puts VER {data['ver']} in force"),
    "order.due-date-missed": (
        CLOCK,
        lambda data, _name, _at: f"the due date has passed: the order goes from {data['from']} to {data['to']}",
    ),
    "clock.warning": (CLOCK, lambda data, name, at: f"warns the {data['owed_by']}: {name}, {_left(data, at)} left"),
    "clock.breached": (CLOCK, lambda data, name, _at: f"runs out: {name}; breach by the {data['owed_by']} recorded"),
}

_WAYS: Final = {"redis": ", over the decision stream", "http": ", over HTTP"}

_DECISIONS: Final[Mapping[str, Callable[[Json], str]]] = {
    "confirm": lambda told: f"confirms VER {told['ver']} for {day(told['due_date'])}",
    "reject": lambda told: f"rejects VER {told['ver']}",
    "jeopardy": lambda told: f"tells of a jeopardy, reason {told['rcode']}",
    "complete": lambda told: f"reports completion on {day(told['completed_on'])}",
    "bill": lambda told: f"reports billing on {day(told['billed_on'])}",
    "cancel": lambda told: f"cancels: {told['reason']}",
    "negotiate": lambda told: f"wants to agree on a time: {told['text']}",
    "facilities-unavailable": lambda _told: "finds no facilities",
}


def _decided(at: datetime, decision: Json, ways: Mapping[str, str], section: str) -> Line:
    kind = decision["decision"]
    details = tuple(line for found in decision.get("findings", ()) for line in finding_lines(found))
    return Line(at, BACK_END, f"{_DECISIONS[kind](decision)}{_WAYS.get(ways.get(kind, ''), '')}", section, details)


def finding_lines(finding: Json) -> tuple[str, ...]:
    """Give a finding as lines: its code, rule and section; where, with what value; what is wrong; how to cure it."""
    value = finding.get("value")
    return (
        f"{finding['code']}  {finding['rule']}  [{finding['section']}]",
        f"  at    {finding['path']} = {'absent' if value is None else repr(value)}",
        f"  what  {finding['text']}",
        f"  cure  {finding['cure']}",
    )


_NOTICES: Final[Mapping[str, tuple[str, Callable[[Json], str]]]] = {
    "foc": ("its FOC (firm order confirmation)", lambda content: f"due date {day(content['due_date'])}"),
    "reject": ("a reject notice", lambda content: f"{counted(len(content['findings']), 'finding')} to cure"),
    "jeopardy": ("a jeopardy notice", lambda content: content["text"]),
    "soc": ("its SOC (service order completion)", lambda content: f"completed {day(content['completion_date'])}"),
    "bcn": ("its BCN (billing completion)", lambda content: f"billed {day(content['billing_completion_date'])}"),
    "status": ("a status notice", lambda content: content["text"]),
}


def _notice(notice: Json) -> str:
    name, tell = _NOTICES.get(notice["kind"], (f"a {notice['kind']} notice", lambda content: content.get("text", "")))
    return f"sends the CLEC {name}: {tell(notice['content'])}"


def counted(count: int, thing: str) -> str:
    """Give a number of things, as in `1 finding` or `3 findings`."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
