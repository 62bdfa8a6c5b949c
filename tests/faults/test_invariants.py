"""The judge of the fault suite sees every kind of loss and doubling that it is there to see."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gateway.record.rows import ClockState, WorkState
from tests.faults.invariants import violations
from tests.faults.promises import Answer, Promises
from tests.faults.snapshot import Snapshot

_RECEIVED = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)
_DUE = _RECEIVED + timedelta(hours=72)
_RAN_OUT = _DUE + timedelta(microseconds=1)
_NOW = _RECEIVED + timedelta(days=10)
_KEY = ("PON1", "01")


def _promises() -> Promises:
    promises = Promises()
    promises.sent[_KEY] = b"<x/>"
    promises.answers[_KEY] = [Answer("/v1/orders/ord_1", b"<a/>")] * 2
    promises.deliveries["ord_1"] = 2
    promises.decisions["confirm-1"] = {("ord_1", "ntc_foc")}
    promises.mailbox = ["ntc_status", "ntc_foc"]
    return promises


def _event(type_: str, at: datetime, **data: Any) -> dict[str, Any]:
    return {"type": type_, "at": at, "data": data}


def _record() -> Snapshot:
    """Give a record in which one order was confirmed after its FOC clock had run out."""
    told = {"clock": "foc", "ver": "01", "due_at": _DUE.isoformat()}
    return Snapshot(
        now=_NOW,
        orders={"ord_1": {"id": "ord_1", "pon": "PON1", "state": "CONFIRMED"}},
        submissions=[{"order_id": "ord_1", "pon": "PON1", "ver": "01", "body": b"<x/>"}],
        events={
            "ord_1": [
                _event("order.accepted", _RECEIVED, to="ACCEPTED"),
                _event("clock.warning", _DUE - timedelta(hours=4), **told),
                _event("clock.breached", _RAN_OUT, **told),
                _event("notice.issued", _RAN_OUT, notice="ntc_status"),
                _event("order.confirmed", _NOW, to="CONFIRMED"),
                _event("notice.issued", _NOW, notice="ntc_foc"),
            ]
        },
        notices=[
            {"id": "ntc_status", "order_id": "ord_1", "ver": "01", "kind": "status"},
            {"id": "ntc_foc", "order_id": "ord_1", "ver": "01", "kind": "foc"},
        ],
        clocks=[
            {
                "id": "clk_1",
                "order_id": "ord_1",
                "clock": "foc",
                "ver": "01",
                "due_at": _DUE,
                "next_at": None,
                "state": ClockState.STOPPED,
                "breached_at": _RAN_OUT,
            }
        ],
        outbox=[{"id": "wrk_1", "order_id": "ord_1", "state": WorkState.SETTLED, "sends": 2}],
        decisions=[{"id": "dec_1", "order_id": "ord_1", "answer": {"notice": "ntc_foc"}}],
    )


def _found(promises: Promises, record: Snapshot) -> set[str]:
    return {violation.invariant for violation in violations(promises, record)}


def test_a_run_without_loss_passes() -> None:
    """Deliveries and answers may come more than once; nothing else is doubled, and nothing is missing."""
    assert set() == _found(_promises(), _record())


def _twice(rows: Any) -> list[Any]:
    return [*rows, *rows]


def _with(field: str, change: Callable[[Any], Any]) -> Callable[[Snapshot], Snapshot]:
    return lambda record: replace(record, **{field: change(getattr(record, field))})


def _clock(**fields: Any) -> Callable[[Snapshot], Snapshot]:
    return _with("clocks", lambda clocks: [{**clocks[0], **fields}])


def _events(change: Callable[[list[Any]], list[Any]]) -> Callable[[Snapshot], Snapshot]:
    return _with("events", lambda events: {"ord_1": change(list(events["ord_1"]))})


@pytest.mark.parametrize(
    ("expected", "damage"),
    [
        ("acknowledged_is_recorded_once", _with("submissions", lambda _: [])),
        ("acknowledged_is_recorded_once", _with("submissions", _twice)),
        ("acknowledged_is_recorded_once", _with("submissions", lambda rows: [{**rows[0], "body": b"<y/>"}])),
        ("acknowledged_is_recorded_once", _with("submissions", lambda rows: [{**rows[0], "order_id": "ord_2"}])),
        (
            "acknowledged_is_recorded_once",
            _with("orders", lambda orders: {**orders, "ord_2": {**orders["ord_1"], "id": "ord_2"}}),
        ),
        ("work_is_settled", _with("outbox", lambda rows: [{**rows[0], "state": WorkState.SENT}])),
        ("work_is_settled", _with("outbox", lambda rows: [{**rows[0], "state": WorkState.DEAD}])),
        ("decision_has_one_notice", _with("decisions", lambda _: [])),
        ("decision_has_one_notice", _with("notices", lambda rows: rows[:1])),
        ("decision_has_one_notice", _with("decisions", lambda rows: [*rows, {**rows[0], "id": "dec_2"}])),
        ("notice_is_issued_once", _events(lambda events: [*events, events[-1]])),
        ("notice_is_issued_once", _events(lambda events: events[:-1])),
        ("confirmation_is_single", _with("notices", lambda rows: [*rows, {**rows[1], "id": "ntc_3"}])),
        ("cursor_skips_nothing", _with("notices", lambda rows: [*rows, {**rows[0], "id": "ntc_3"}])),
        ("clock_fires_once", _events(lambda events: [*events[:3], events[2], *events[3:]])),
        ("clock_fires_once", _events(lambda events: [*events[:2], *events[3:]])),
        ("clock_fires_once", _clock(state=ClockState.OPEN, breached_at=None)),
        ("clock_fires_once", _clock(state=ClockState.OPEN, next_at=_NOW)),
        ("clock_fires_once", _clock(breached_at=_DUE)),
        ("warning_comes_once", _events(lambda events: [*events[:2], events[1], *events[2:]])),
        ("history_runs_forward", _events(lambda events: [events[-1], *events])),
        ("history_runs_forward", _with("orders", lambda o: {"ord_1": {**o["ord_1"], "state": "ACCEPTED"}})),
    ],
)
def test_a_damaged_record_is_seen(expected: str, damage: Callable[[Snapshot], Snapshot]) -> None:
    """Each loss or doubling in the record breaks the invariant that speaks of it."""
    assert expected in _found(_promises(), damage(_record()))


def _other_answer(promises: Promises) -> None:
    promises.answers[_KEY].append(Answer("/v1/orders/ord_1", b"<b/>"))


def _streamed_in_vain(promises: Promises) -> None:
    promises.streamed["/back-end confirm-2"] = "ord_1"


def _refused(promises: Promises) -> None:
    promises.surprises.append("order PON1 was answered 400")


def _no_delivery(promises: Promises) -> None:
    promises.deliveries.clear()


def _answered_otherwise(promises: Promises) -> None:
    promises.decisions["confirm-1"].add(("ord_1", "ntc_other"))


def _read_twice(promises: Promises) -> None:
    promises.mailbox.append("ntc_foc")


@pytest.mark.parametrize(
    ("expected", "damage"),
    [
        ("same_bytes_same_answer", _other_answer),
        ("acknowledged_reaches_the_back_end", _no_delivery),
        ("decision_has_one_notice", _answered_otherwise),
        ("decision_has_one_notice", _streamed_in_vain),
        ("no_surprises", _refused),
        ("cursor_skips_nothing", _read_twice),
    ],
)
def test_a_broken_promise_is_seen(expected: str, damage: Callable[[Promises], None]) -> None:
    """What the outside saw go wrong breaks an invariant even if the record looks right."""
    promises = _promises()
    damage(promises)
    assert {expected} == _found(promises, _record())
