"""What must hold of the record after any lives of requests whatever: pure checks."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gateway.record.places import LEFT, Place
from gateway.record.rows import ClockState
from gateway.services.effects.queues import FALLS
from tests.faults.snapshot import Snapshot
from tests.lives.invariants import (
    Broken,
    Found,
    a_clock_stops_once,
    every_clock_has_fired,
    every_notice_has_its_section,
    every_notice_is_told_once,
)
from tests.lives.requests.life import RequestLife
from validators.agreement.process_terms import BACK, ProcessTerm
from validators.agreement.terms import Agreement


@dataclass(frozen=True, slots=True)
class RequestEvidence:
    """What was played, and what stands in the record afterwards."""

    lives: tuple[RequestLife, ...]
    record: Snapshot
    agreement: Agreement
    places: Sequence[Place]

    def process_of(self, order: Mapping[str, Any]) -> ProcessTerm:
        """Give the life cycle of an order's kind."""
        assert self.agreement.collocation is not None
        return self.agreement.collocation.process_of(order["facts"]["kind"])


Invariant = Callable[[Any], Found]


def every_step_is_in_the_file(evidence: RequestEvidence) -> Found:
    """From each state only the steps of the agreement file lead on, and the request stands where the last one led."""
    for order_id, events in evidence.record.events.items():
        order = evidence.record.orders[order_id]
        process = evidence.process_of(order)
        steps = {(source, step.on, step.to or source) for step in process.steps for source in process.sources(step)}
        state = process.first
        for event in events:
            if "to" not in event["data"]:
                continue
            before, after = event["data"]["from"], event["data"]["to"]
            named = event["type"].removeprefix("order.")
            if before != state or not {(before, named, after), (before, named, BACK)} & steps:
                yield order_id, f"{event['type']} led from {before} to {after}, standing in {state}"
            state = after
        if state != order["state"] and not any(event["type"] == "order.rejected" for event in events):
            yield order_id, f"its history ends in {state}, it stands in {order['state']}"


def a_request_has_one_outcome(evidence: RequestEvidence) -> Found:
    """A request comes to one end, and nothing moves it afterwards."""
    for order_id, events in evidence.record.events.items():
        process = evidence.process_of(evidence.record.orders[order_id])
        ends = [event for event in events if process.states.get(event["data"].get("to")) and _final(process, event)]
        if len(ends) > 1:
            yield order_id, f"it ended {len(ends)} times: {[event['data']['to'] for event in ends]}"


def _final(process: ProcessTerm, event: Mapping[str, Any]) -> bool:
    return process.states[event["data"]["to"]].final


def nothing_runs_in_a_request_that_is_over(evidence: RequestEvidence) -> Found:
    """With the end of a request every clock of it ends, but what the agreement lets outlive it."""
    for clock in evidence.record.clocks:
        order = evidence.record.orders[clock["order_id"]]
        over = evidence.process_of(order).states[order["state"]].final
        if over and clock["state"] != ClockState.STOPPED and not evidence.agreement.clocks[clock["clock"]].outlives:
            yield clock["order_id"], f"clock {clock['clock']} runs, and the request is {order['state']}"


def nobody_who_is_over_stands_in_a_queue(evidence: RequestEvidence) -> Found:
    """A request that is over has left the queues, but for a site or space that is held by its end."""
    for place in evidence.places:
        order = evidence.record.orders[place.id]
        if evidence.process_of(order).states[order["state"]].final and place.status != LEFT and place.queue == "denied":
            yield place.id, f"it is {order['state']} and stands in the queue {place.queue} as {place.status}"


def the_rank_is_the_first_receipt_or_the_late_cure(evidence: RequestEvidence) -> Found:
    """An application ranks by its first receipt, unless what was notified was cured late; then by that cure."""
    for place in evidence.places:
        order, events = evidence.record.orders[place.id], evidence.record.events[place.id]
        if evidence.process_of(order).id != "application":
            continue
        lost, cured = order["facts"].get("rank_lost"), [e["at"] for e in events if e["type"] == "order.complete"]
        expected = cured[-1] if lost and cured else order["received_at"]
        if place.rank_at != expected:
            yield place.id, f"it ranks from {place.rank_at}, not from {expected}"


def freed_space_goes_round_in_the_order_of_the_queue(evidence: RequestEvidence) -> Found:
    """Nobody is told of a space before those who stand before it, unless there is enough for all."""
    ranks = {place.id: (place.rank_at, place.id) for place in evidence.places}
    queues: dict[str, set[str]] = defaultdict(set)
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for event in sorted(_moves(evidence), key=lambda event: event["seq"]):
        order = evidence.record.orders[event["order_id"]]
        premises, queue = order["facts"]["premises"], queues[order["facts"]["premises"]]
        named = event["type"].removeprefix("order.")
        if named == "space-freed":
            decision = event["data"]["decision"]
            those = told[premises, decision["space"]]
            ahead = {one for one in queue if ranks[one] < ranks[order["id"]]}
            if not decision.get("enough_for_all") and not ahead <= those:
                yield order["id"], f"told of {decision['space']} before {sorted(ahead - those)}"
            those.add(order["id"])
        if event["data"]["to"] in ("DENIED_SPACE", "QUEUE_OFFERED"):
            queue.add(order["id"])
        else:
            queue.discard(order["id"])


def _moves(evidence: RequestEvidence) -> Iterator[Mapping[str, Any]]:
    for order_id, events in evidence.record.events.items():
        if evidence.process_of(evidence.record.orders[order_id]).id == "application":
            yield from (event for event in events if "to" in event["data"])


def no_right_is_used_after_its_time(evidence: RequestEvidence) -> Found:
    """What the agreement allows only within a clock happened by its last instant, as it was received."""
    for order_id, events in evidence.record.events.items():
        deadlines = evidence.record.orders[order_id]["facts"].get("deadlines", {})
        due = deadlines.get("quote-honoured-30d")
        for event in events:
            accepted = event["type"] in ("order.acceptance", "order.payment-received")
            moved = event["data"].get("from") == "QUOTED" and event["data"].get("to") in (
                "IN_CONSTRUCTION",
                "IN_SERVICE",
            )
            if (
                accepted
                and moved
                and due
                and event["at"] > datetime.fromisoformat(due)
                and "received_at" not in event["data"].get("decision", {})
            ):
                yield order_id, f"{event['type']} at {event['at']}, the quotation stood until {due}"


def what_was_sent_is_kept(evidence: RequestEvidence) -> Found:
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


def what_falls_with_a_job_has_fallen(evidence: RequestEvidence) -> Found:
    """No request lives on whose job was cancelled, where its kind falls with its job (8.2.1.15.2)."""
    orders = evidence.record.orders
    by_pon = {(order["partner_id"], order["pon"]): order for order in orders.values()}
    terms = evidence.agreement.collocation
    assert terms is not None
    for place in evidence.places:
        parent = by_pon.get((place.partner_id, place.facts.get("rests_on")))
        falls = FALLS in terms.kinds[place.kind].facts
        if not falls or parent is None:
            continue
        cancelled = [e for e in evidence.record.events[parent["id"]] if e["type"] == "order.cancellation-accepted"]
        child, events = orders[place.id], evidence.record.events[place.id]
        if cancelled and child["received_at"] < cancelled[0]["at"] and child["state"] not in _SPARED:
            fallen = any(event["type"] in ("order.parent-cancelled", "order.cancellation-accepted") for event in events)
            if not fallen:
                yield place.id, f"its job was cancelled, it stands in {child['state']}"


_SPARED = frozenset(
    {"READY", "WALKTHROUGH", "IN_SERVICE", "CLOSED", "DECLINED", "EXPIRED", "DENIED_OTHER", "CANCELLED"}
)
"""Where a request stands that is built, or has ended by itself."""


REQUEST_INVARIANTS: tuple[Invariant, ...] = (
    every_step_is_in_the_file,
    a_request_has_one_outcome,
    nothing_runs_in_a_request_that_is_over,
    nobody_who_is_over_stands_in_a_queue,
    the_rank_is_the_first_receipt_or_the_late_cure,
    freed_space_goes_round_in_the_order_of_the_queue,
    no_right_is_used_after_its_time,
    what_was_sent_is_kept,
    what_falls_with_a_job_has_fallen,
    a_clock_stops_once,
    every_clock_has_fired,
    every_notice_has_its_section,
    every_notice_is_told_once,
)


def broken_requests(evidence: RequestEvidence, invariants: Iterable[Invariant] = REQUEST_INVARIANTS) -> list[Broken]:
    """Give everything that does not hold."""
    return [Broken(invariant.__name__, order, text) for invariant in invariants for order, text in invariant(evidence)]


def count_of(evidence: RequestEvidence) -> tuple[Counter[str], Counter[str]]:
    """Give how many requests stand in each state, and how many notices of each kind there are."""
    states = Counter(order["state"] for order in evidence.record.orders.values())
    return states, Counter(notice["kind"] for notice in evidence.record.notices)
