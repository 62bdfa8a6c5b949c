"""What must hold of the record after any lives whatever: pure checks."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gateway.lifecycle.lsr import LSR_ORDER
from gateway.lifecycle.vocabulary import NoticeKind, State
from gateway.record.rows import ClockState
from tests.faults.snapshot import Snapshot
from tests.lives.kinds import LOSER
from tests.lives.life import Life
from validators.agreement.clock_terms import Trigger
from validators.agreement.terms import Agreement

Found = Iterator[tuple[str | None, str]]

_OVER = frozenset({State.BILLED, State.CANCELLED})
_WAITING = {
    State.REJECTED: "a new version of the CLEC",
    State.ACCEPTED: "the FOC",
    State.NEGOTIATING: "the agreed time",
    State.PENDING_FACILITIES: "facilities, on products whose wait has no end in the agreement",
    State.JEOPARDY: "a new FOC, a supplement or the completion",
    State.COMPLETED: "the billing completion",
}
"""The states in which an order may stand for ever, and what it waits for. A confirmed one may not: its date comes."""
_STEPS = frozenset(
    (str(state), str(step.trigger or event), str(step.to))
    for (state, event), steps in LSR_ORDER.table.items()
    for step in steps
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was played, and what stands in the record afterwards."""

    lives: tuple[Life, ...]
    record: Snapshot
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Broken:
    """An invariant that does not hold."""

    invariant: str
    order: str | None
    text: str


Invariant = Callable[[Evidence], Found]


def every_step_is_in_the_table(evidence: Evidence) -> Found:
    """From each state only the steps of the table lead on, and the order stands where the last one led."""
    for order_id, events in evidence.record.events.items():
        state = str(LSR_ORDER.first)
        for event in events:
            if "to" not in event["data"]:
                continue
            before, after = event["data"]["from"], event["data"]["to"]
            if before != state or (before, event["type"].removeprefix("order."), after) not in _STEPS:
                yield order_id, f"{event['type']} led from {before} to {after}, standing in {state}"
            state = after
        if state != evidence.record.orders[order_id]["state"]:
            yield order_id, f"its history ends in {state}, it stands in {evidence.record.orders[order_id]['state']}"


def a_version_has_one_outcome(evidence: Evidence) -> Found:
    """No version is confirmed and rejected, none is rejected, completed or billed twice."""
    told: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for notice in evidence.record.notices:
        told[notice["order_id"], notice["ver"]][notice["kind"]] += 1
    for (order_id, ver), kinds in told.items():
        if kinds[NoticeKind.FOC] and kinds[NoticeKind.REJECT]:
            yield order_id, f"version {ver} was confirmed and rejected"
        for kind in (NoticeKind.REJECT, NoticeKind.SOC, NoticeKind.BCN, NoticeKind.CANCELLED):
            if kinds[kind] > 1:
                yield order_id, f"version {ver} has {kinds[kind]} notices {kind}"


def every_further_foc_follows_a_jeopardy(evidence: Evidence) -> Found:
    """A version is confirmed again only after a jeopardy told that its date would not hold."""
    by_order: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for notice in sorted(evidence.record.notices, key=lambda notice: notice["cursor"]):
        by_order[notice["order_id"]].append(notice)
    for order_id, notices in by_order.items():
        confirmed: str | None = None
        for notice in notices:
            if notice["kind"] == NoticeKind.FOC and confirmed == notice["ver"]:
                yield order_id, f"version {confirmed} was confirmed twice with no jeopardy between"
            if notice["kind"] == NoticeKind.FOC:
                confirmed = notice["ver"]
            if notice["kind"] == NoticeKind.JEOPARDY:
                confirmed = None


def a_clock_stops_once(evidence: Evidence) -> Found:
    """What stopped says when and by what, within the life of the clock; what runs says neither."""
    for clock in evidence.record.clocks:
        stopped = clock["state"] == ClockState.STOPPED
        marks = (clock["stopped_at"] is not None, clock["stopped_by"] is not None)
        if marks != (stopped, stopped):
            yield clock["order_id"], f"clock {clock['clock']} is {clock['state']}, stopped at and by: {marks}"
        if stopped and clock["next_at"] is not None:
            yield clock["order_id"], f"clock {clock['clock']} is stopped and waits to fire"


def what_counts_from_receipt_counts_from_its_own(evidence: Evidence) -> Found:
    """A clock that counts from receipt counts from that of the version it was started for."""
    received = {(sent["order_id"], sent["ver"]): sent["received_at"] for sent in evidence.record.submissions}
    for clock in evidence.record.clocks:
        of_version = received[clock["order_id"], clock["ver"]]
        if evidence.agreement.clocks[clock["clock"]].start == "receipt" and clock["starts_at"] != of_version:
            yield clock["order_id"], f"clock {clock['clock']} of {clock['ver']} counts from {clock['starts_at']}"


def no_clock_runs_twice(evidence: Evidence) -> Found:
    """Of one obligation at most one clock runs on an order."""
    running = Counter((clock["order_id"], clock["clock"]) for clock in evidence.record.clocks if _runs(clock))
    yield from ((order, f"clock {name} runs {count} times") for (order, name), count in running.items() if count > 1)


def nothing_runs_in_an_order_that_is_over(evidence: Evidence) -> Found:
    """When the order is cancelled or billed nothing of it is owed any more, but what is owed for its completion."""
    for clock in evidence.record.clocks:
        state = State(evidence.record.orders[clock["order_id"]]["state"])
        term = evidence.agreement.clocks[clock["clock"]]
        owed_after = term.starts_on is Trigger.COMPLETED and state is State.BILLED
        if _runs(clock) and state in _OVER and not owed_after:
            yield clock["order_id"], f"clock {clock['clock']} runs, and the order is {state}"


def every_clock_has_fired(evidence: Evidence) -> Found:
    """After all that time every clock that is not paused has run out, each breach is told once, and none too early."""
    told = Counter(
        (order_id, event["data"]["clock"], event["data"]["ver"])
        for order_id, events in evidence.record.events.items()
        for event in events
        if event["type"] == "clock.breached"
    )
    for clock in evidence.record.clocks:
        name = f"clock {clock['clock']} due {clock['due_at']}"
        paused = clock["id"] in evidence.record.orders[clock["order_id"]]["facts"].get("paused", {})
        if _runs(clock) and not paused and (clock["next_at"] is not None or clock["breached_at"] is None):
            yield clock["order_id"], f"{name} never ran out"
        if clock["breached_at"] is not None:
            told[clock["order_id"], clock["clock"], clock["ver"]] -= 1
            broken = clock["breached_at"] == clock["stopped_at"]
            if clock["breached_at"] <= clock["due_at"] and not broken:
                yield clock["order_id"], f"{name} ran out {clock['breached_at']}"
    yield from (
        (order_id, f"breaches of {name} (version {ver}) told and kept differ by {count}")
        for (order_id, name, ver), count in told.items()
        if count
    )


def every_notice_has_its_section(evidence: Evidence) -> Found:
    """Each notice cites a section, in the mailbox, in its document and in its JSON form alike."""
    for notice in evidence.record.notices:
        section = notice["section"].strip()
        inside = f"<SECTION>{section}</SECTION>".encode() in notice["document"]
        if not section or not inside or notice["data"]["section"] != section:
            yield notice["order_id"], f"{notice['kind']} {notice['id']} cites {section!r}, in its document: {inside}"


def every_notice_is_told_once(evidence: Evidence) -> Found:
    """The history tells of each notice once, and an order's responses are counted without a gap."""
    told = Counter(
        event["data"]["notice"]
        for events in evidence.record.events.values()
        for event in events
        if event["type"] == "notice.issued"
    )
    responses: Counter[str] = Counter()
    for notice in sorted(evidence.record.notices, key=lambda notice: notice["cursor"]):
        order_id = notice["order_id"]
        if told.pop(notice["id"], 0) != 1:
            yield order_id, f"notice {notice['id']} is not told once"
        if notice["partner_id"] == LOSER:
            continue
        responses[order_id] += 1
        if notice["data"]["ec_ver"] != f"{min(responses[order_id], 99):02}":
            yield order_id, f"notice {notice['id']} is response {responses[order_id]}, as {notice['data']['ec_ver']}"
    yield from ((None, f"notice {notice_id} is told and in no mailbox") for notice_id in told)


def every_order_ends_or_waits(evidence: Evidence) -> Found:
    """Whatever was acknowledged is over, or stands where somebody still owes something."""
    for life in evidence.lives:
        for ver, (order_id, _) in life.told.items():
            order = evidence.record.orders.get(order_id)
            if order is None or order["pon"] != life.pon:
                yield order_id, f"{life.pon} version {ver} was acknowledged and is not on record"
                continue
            state = State(order["state"])
            if state not in _OVER and state not in _WAITING:
                yield order_id, f"it stands in {state}, where nothing is waited for"
            loop = order["product"] in evidence.agreement.products_named(("unbundled-loops",))
            if state is State.PENDING_FACILITIES and loop:
                yield order_id, "a loop is kept pending beyond thirty business days"


def what_was_sent_is_kept(evidence: Evidence) -> Found:
    """Each acknowledged version stands on record once, byte for byte, with the outcome that was told."""
    kept = {(row["pon"], row["ver"]): row for row in evidence.record.submissions}
    for life in evidence.lives:
        for ver, (order_id, outcome) in life.told.items():
            row = kept.get((life.pon, ver))
            if row is None or bytes(row["body"]) != life.sent[ver] or row["outcome"] != outcome:
                yield order_id, f"{life.pon} version {ver} is not on record as it was sent and answered"
    acknowledged = sum(len(life.told) for life in evidence.lives)
    if acknowledged != len(evidence.record.submissions):
        yield None, f"{acknowledged} versions were acknowledged, {len(evidence.record.submissions)} are on record"


def no_mailbox_has_anothers_notice(evidence: Evidence) -> Found:
    """A notice is in the mailbox of the partner whose order it is about; one of a loss has nothing of that order."""
    for notice in evidence.record.notices:
        order = evidence.record.orders[notice["order_id"]]
        if notice["partner_id"] == order["partner_id"]:
            continue
        if notice["kind"] != NoticeKind.LOSS:
            yield notice["order_id"], f"notice {notice['id']} is in the mailbox of {notice['partner_id']}"
        for secret in (order["id"], order["pon"], order["number"]):
            if secret.encode() in notice["document"] or secret in str(notice["data"]):
                yield notice["order_id"], f"loss notice {notice['id']} tells {secret} to {notice['partner_id']}"


def every_loss_is_told(evidence: Evidence) -> Found:
    """Each completion that takes a service from the partner who loses them here brings it one notice, and no other."""
    expected = Counter(
        order["id"]
        for order in evidence.record.orders.values()
        if order["state"] in (State.COMPLETED, State.BILLED) and (order["facts"]["taken_over"] or {}).get("carrier")
    )
    told = Counter(notice["order_id"] for notice in evidence.record.notices if notice["partner_id"] == LOSER)
    for order_id in expected.keys() | told.keys():
        if expected[order_id] != told[order_id]:
            yield order_id, f"its loss is told {told[order_id]} times, not {expected[order_id]}"


def _runs(clock: Mapping[str, Any]) -> bool:
    return bool(clock["state"] == ClockState.OPEN)


INVARIANTS: tuple[Invariant, ...] = (
    every_step_is_in_the_table,
    a_version_has_one_outcome,
    every_further_foc_follows_a_jeopardy,
    a_clock_stops_once,
    what_counts_from_receipt_counts_from_its_own,
    no_clock_runs_twice,
    nothing_runs_in_an_order_that_is_over,
    every_clock_has_fired,
    every_notice_has_its_section,
    every_notice_is_told_once,
    every_order_ends_or_waits,
    what_was_sent_is_kept,
    no_mailbox_has_anothers_notice,
    every_loss_is_told,
)


def broken(evidence: Evidence, invariants: Iterable[Invariant] = INVARIANTS) -> list[Broken]:
    """Give everything that does not hold."""
    return [Broken(invariant.__name__, order, text) for invariant in invariants for order, text in invariant(evidence)]
