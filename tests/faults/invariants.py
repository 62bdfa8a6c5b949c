"""What must hold whatever was killed: pure checks of the record against what was promised outside."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from gateway.lifecycle.vocabulary import NoticeKind
from gateway.record.rows import ClockState, WorkState
from tests.faults.promises import Promises
from tests.faults.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken promise; `order` is None where it is not one order's."""

    invariant: str
    order: str | None
    text: str


_ONCE = frozenset({NoticeKind.FOC, NoticeKind.SOC, NoticeKind.BCN})
Found = Iterator[tuple[str | None, str]]
Invariant = Callable[[Promises, Snapshot], Found]


def acknowledged_is_recorded_once(promises: Promises, record: Snapshot) -> Found:
    """Every 202 stands for exactly one submission, with the bytes that were sent, and one order."""
    by_key = defaultdict(list)
    for row in record.submissions:
        by_key[row["pon"], row["ver"]].append(row)
    per_pon = Counter(order["pon"] for order in record.orders.values())
    for order_id, key in promises.acknowledged_orders().items():
        rows = by_key[key]
        if len(rows) != 1:
            yield order_id, f"{key} was acknowledged and stands {len(rows)} times in the record"
        elif rows[0]["order_id"] != order_id:
            yield order_id, f"{key} was acknowledged as {order_id} and stands as {rows[0]['order_id']}"
        elif bytes(rows[0]["body"]) != promises.sent[key]:
            yield order_id, f"{key} is recorded with other bytes than were sent"
        elif per_pon[key[0]] != 1:
            yield order_id, f"PON {key[0]} has {per_pon[key[0]]} orders"


def no_surprises(promises: Promises, record: Snapshot) -> Found:
    """Nobody was refused what is right, however the gateway fared."""
    del record
    yield from ((None, surprise) for surprise in promises.surprises)


def same_bytes_same_answer(promises: Promises, record: Snapshot) -> Found:
    """A submission that was sent again got its first answer again."""
    del record
    for key, answers in promises.answers.items():
        if len(set(answers)) > 1:
            yield answers[0].order_url, f"{key} got {len(set(answers))} different answers to the same bytes"


def acknowledged_reaches_the_back_end(promises: Promises, record: Snapshot) -> Found:
    """Every acknowledged order was handed to the back end at least once, and is settled."""
    del record
    for order_id, key in promises.acknowledged_orders().items():
        if not promises.deliveries[order_id]:
            yield order_id, f"{key} was acknowledged and never reached the back end"


def work_is_settled(promises: Promises, record: Snapshot) -> Found:
    """Once all is quiet, no work item waits, hangs or is dead."""
    del promises
    for row in record.outbox:
        if row["state"] != WorkState.SETTLED:
            yield row["order_id"], f"work {row['id']} is still {row['state']} after {row['sends']} sends"


def decision_has_one_notice(promises: Promises, record: Snapshot) -> Found:
    """Every decision of the back end is recorded once, and every recorded one has a notice of its own."""
    told = Counter(row["answer"]["notice"] for row in record.decisions)
    for key, answers in promises.decisions.items():
        for order_id, notice in answers:
            if told[notice] != 1:
                yield order_id, f"decision {key} was answered with notice {notice} and is recorded {told[notice]} times"
            if len(answers) != 1:
                yield order_id, f"decision {key} was sent again and answered differently"
    recorded = {row["id"] for row in record.decisions}
    for decision_id, order_id in promises.streamed.items():
        if decision_id not in recorded:
            yield (
                order_id,
                f"decision {decision_id} was sent over the stream, and again, and is not in the record",
            )
    issued = {row["id"] for row in record.notices}
    for row in record.decisions:
        notice = row["answer"]["notice"]
        if notice not in issued:
            yield row["order_id"], f"decision {row['id']} has no notice"
        elif told[notice] != 1:
            yield row["order_id"], f"notice {notice} serves {told[notice]} decisions"


def notice_is_issued_once(promises: Promises, record: Snapshot) -> Found:
    """The history tells of each notice in the mailbox exactly once, and of no other."""
    del promises
    told = Counter(
        event["data"]["notice"]
        for events in record.events.values()
        for event in events
        if event["type"] == "notice.issued"
    )
    in_mailbox = {row["id"]: row["order_id"] for row in record.notices}
    for notice_id in told.keys() | in_mailbox.keys():
        if told[notice_id] != 1 or notice_id not in in_mailbox:
            yield in_mailbox.get(notice_id), f"notice {notice_id} was issued {told[notice_id]} times"


def confirmation_is_single(promises: Promises, record: Snapshot) -> Found:
    """No version of an order has two notices of a kind that may come once: FOC, SOC, BCN."""
    del promises
    once = Counter((row["order_id"], row["ver"], row["kind"]) for row in record.notices if row["kind"] in _ONCE)
    for (order_id, ver, kind), count in once.items():
        if count > 1:
            yield order_id, f"version {ver} has {count} notices {kind}"


def cursor_skips_nothing(promises: Promises, record: Snapshot) -> Found:
    """A CLEC that follows its cursor reads every notice, once."""
    read = Counter(promises.mailbox)
    for row in record.notices:
        if read[row["id"]] != 1:
            yield row["order_id"], f"notice {row['id']} ({row['kind']}) was read {read[row['id']]} times"


def clock_fires_once(promises: Promises, record: Snapshot) -> Found:
    """No clock that is due waits, none ran out twice, and none ran out in time or after it was stopped."""
    del promises
    breaches = Counter(
        (order_id, event["data"]["clock"], event["data"]["ver"], event["data"]["due_at"])
        for order_id, events in record.events.items()
        for event in events
        if event["type"] == "clock.breached"
    )
    expected: Counter[tuple[str, str, str, str]] = Counter()
    for clock in record.clocks:
        order_id, name = clock["order_id"], f"clock {clock['clock']} {clock['id']}"
        if clock["next_at"] is not None and clock["next_at"] <= record.now:
            yield order_id, f"{name} was to be looked at {clock['next_at']} and was not"
        if clock["state"] == ClockState.OPEN and clock["due_at"] < record.now and clock["breached_at"] is None:
            yield order_id, f"{name} was due {clock['due_at']} and never ran out"
        if clock["breached_at"] is not None:
            expected[order_id, clock["clock"], clock["ver"], clock["due_at"].isoformat()] += 1
            if clock["breached_at"] <= clock["due_at"]:
                yield order_id, f"{name} ran out {clock['breached_at']}, when it was still in time"
    for key in breaches.keys() | expected.keys():
        if breaches[key] != expected[key]:
            yield key[0], f"clock {key[1]} due {key[3]} ran out {expected[key]} times and is told {breaches[key]} times"


def warning_comes_once(promises: Promises, record: Snapshot) -> Found:
    """No warning of a clock was given twice at the same time."""
    del promises
    for order_id, events in record.events.items():
        given = Counter(
            (event["data"]["clock"], event["data"]["ver"], event["data"]["due_at"], event["at"])
            for event in events
            if event["type"] == "clock.warning"
        )
        for (clock, _, _, at), count in given.items():
            if count > 1:
                yield order_id, f"clock {clock} warned {count} times at {at}"


def history_runs_forward(promises: Promises, record: Snapshot) -> Found:
    """The history of an order never goes back in time and ends in the state that the order has."""
    del promises
    for order_id, events in record.events.items():
        instants = [event["at"] for event in events]
        if instants != sorted(instants):
            yield order_id, "its history goes back in time"
        states = [event["data"]["to"] for event in events if "to" in event["data"]]
        state = record.orders[order_id]["state"]
        if states and states[-1] != state:
            yield order_id, f"its history ends in {states[-1]}, the order stands in {state}"


INVARIANTS: tuple[Invariant, ...] = (
    acknowledged_is_recorded_once,
    no_surprises,
    same_bytes_same_answer,
    acknowledged_reaches_the_back_end,
    work_is_settled,
    decision_has_one_notice,
    notice_is_issued_once,
    confirmation_is_single,
    cursor_skips_nothing,
    clock_fires_once,
    warning_comes_once,
    history_runs_forward,
)


def violations(promises: Promises, record: Snapshot, invariants: Iterable[Invariant] = INVARIANTS) -> list[Violation]:
    """Give every broken promise."""
    return [
        Violation(invariant.__name__, order, text)
        for invariant in invariants
        for order, text in invariant(promises, record)
    ]
