"""The figures of health, each in plain words: what it means, how it stands, and what to do about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from gateway.portal.rendering import spell
from gateway.queue.terms import QueueTerms
from gateway.record.port import ClockCounts, WorkCounts

_BY_PARTNER: Final = ("/portal/operations/undelivered", "By partner")
Standing = Literal["good", "watch", "act"]
"""Nothing to do; look again soon; somebody must do something."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One figure.

    Attributes:
        name: what is counted or measured.
        figure: how it stands, as people read it.
        means: what the figure says.
        todo: what to do where it does not stand well; empty where nothing is to be done.
        place: address of the page where that is done, and what its link says.
    """

    id: str
    name: str
    figure: str
    standing: Standing
    means: str
    todo: str = ""
    place: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look at record and queue gave.

    Attributes:
        queue: empty while Redis answers, else what it says.
        undelivered: notices that no CLEC has acknowledged.
        parked: deliveries to webhooks that were given up.
    """

    work: WorkCounts
    clocks: ClockCounts
    queue: str
    undelivered: int
    parked: int


def signs(looked: Looked, now: datetime, terms: QueueTerms) -> tuple[Sign, ...]:
    """Give every figure, the most urgent kinds first as they stand on the page."""
    return (
        _queue(looked.queue),
        _dead(looked.work.dead),
        _lag(looked.work, now, terms),
        _unsettled(looked.work, now, terms),
        _overdue(looked.clocks),
        _open_clocks(looked.clocks),
        _undelivered(looked.undelivered),
        _parked(looked.parked),
    )


def _queue(trouble: str) -> Sign:
    means = "Orders are taken as long as the database answers. Redis hands their work to the back end."
    if not trouble:
        return Sign("ready", "Database and Redis", "Both answer", "good", means)
    todo = f"Redis says: {trouble}. Work waits in the database and goes out by itself when Redis is back: start it."
    return Sign("ready", "Database and Redis", "Redis does not answer", "act", means, todo)


def _dead(count: int) -> Sign:
    means = "Work that the back end took again and again without confirming it. It is not tried any more by itself."
    place = ("/portal/operations/dead", "Dead letters")
    if not count:
        return Sign("dead", "Dead letters", "0", "good", means, place=place)
    todo = "Read the reason, mend the back end, then send them again."
    return Sign("dead", "Dead letters", str(count), "act", means, todo, place)


def _lag(work: WorkCounts, now: datetime, terms: QueueTerms) -> Sign:
    lag = _age(work.oldest_pending_at, now)
    means = f"{work.pending} pieces of work wait for the relay, which hands them to Redis within seconds."
    if lag <= terms.lease + terms.longest_backoff:
        return Sign("lag", "Lag of the relay", spell(lag), "good", means)
    todo = "If Redis answers, see whether any gateway process holds the relay: its log tells."
    return Sign("lag", "Lag of the relay", spell(lag), "watch", means, todo)


def _unsettled(work: WorkCounts, now: datetime, terms: QueueTerms) -> Sign:
    age = _age(work.oldest_unsettled_at, now)
    figure = str(work.sent)
    oldest = f" The oldest is {spell(age)} old." if work.oldest_unsettled_at else ""
    means = f"Work that the back end has not confirmed yet, by acknowledgement or by its decision.{oldest}"
    if age <= terms.stale_after:
        return Sign("unsettled", "With the back end", figure, "good", means)
    todo = "It is older than a back end may hold it: see that the back end runs. It is offered again by itself."
    return Sign("unsettled", "With the back end", figure, "watch", means, todo, ("/portal/operations/dead", "Replay"))


def _overdue(clocks: ClockCounts) -> Sign:
    means = "Duties that were not done by their time. Each stays open until it is done, and counts in the reports."
    place = ("/portal/operations/clocks?hours=0", "Breached clocks")
    if not clocks.overdue:
        return Sign("overdue", "Clocks run out", "0", "good", means, place=place)
    return Sign("overdue", "Clocks run out", str(clocks.overdue), "act", means, "Have the duty done.", place)


def _open_clocks(clocks: ClockCounts) -> Sign:
    means = "Duties with a time under the agreements, of the ILEC and of the CLECs."
    return Sign("open", "Clocks that run", str(clocks.open), "good", means, place=("/portal/operations/clocks", "Next"))


def _undelivered(count: int) -> Sign:
    means = "Notices in the CLECs' mailboxes that they have not acknowledged. A CLEC fetches them when it likes."
    return Sign("undelivered", "Notices not acknowledged", str(count), "good", means, place=_BY_PARTNER)


def _parked(count: int) -> Sign:
    means = (
        "Notices that a CLEC's webhook refused for days. They are in its mailbox, and are sent again only by a replay."
    )
    if not count:
        return Sign("parked", "Parked deliveries", "0", "good", means, place=_BY_PARTNER)
    todo = "Tell the CLEC; when its address works again, send them again."
    return Sign("parked", "Parked deliveries", str(count), "watch", means, todo, _BY_PARTNER)


def _age(since: datetime | None, now: datetime) -> timedelta:
    return timedelta(0) if since is None else max(now - since, timedelta(0))
