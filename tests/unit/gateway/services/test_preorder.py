"""Questions that need the gateway's own record: holds, appointments, customer records; and the log of all."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gateway.clock import ManualClock
from gateway.preorder.caller import Caller
from gateway.preorder.port import Answered, SourceSilent
from gateway.preorder.queries.holding import RECORD_QUERIES
from gateway.preorder.queries.query import Query
from gateway.record.port import RecordUnavailable
from gateway.services.customer_records import WriteBeside
from gateway.services.query_log import QueryLog
from gateway.services.refusals import NotAuthorized, NotFound
from tests.rig.court import MONDAY
from tests.rig.office import OTHER_PARTNER, Office
from tests.rig.preorder import Counter, open_counter

PLACE = {"address": {"sano": "4120", "sasn": "OPALINE", "city": "BOISE"}}
NOWHERE = {"address": {"sano": "1", "sasn": "NO SUCH", "city": "BOISE"}}
WTN = "2085550201"
ASSERTED = {"wtn": WTN, "authnm": "S QUILLFEATHER", "dated": "2026-03-01"}


@pytest.fixture
async def counter(office: Office) -> AsyncIterator[Counter]:
    """Give the counter of an office with two CLECs."""
    async with open_counter(office.record, office.desk, office.clock) as counter:
        yield counter


@pytest.mark.upholds("preorder-lsr-tn-select")
async def test_numbers_can_be_chosen_and_held(counter: Counter) -> None:
    """What is held is not shown to choose from any more; a hold says until when."""
    shown = await counter.ask("telephone-number-selection", {"place": PLACE, "count": 3})
    held = await counter.ask("telephone-number-hold", {"wire_center": shown.wire_center, "numbers": shown.numbers})

    assert (True, "BOISIDMA", 3) == (shown.found, shown.wire_center, len(shown.numbers))
    assert (True, shown.numbers, []) == (held.found, [hold.what for hold in held.holds], held.refused)
    assert {counter.clock.now() + timedelta(hours=24)} == {hold.until for hold in held.holds}
    rest = [await counter.ask("telephone-number-selection", {"place": PLACE, "count": 50}) for _ in range(5)]
    assert set(shown.numbers).isdisjoint(number for answer in rest for number in answer.numbers)


async def test_numbers_of_another_place_are_not_held(counter: Counter) -> None:
    """A number is given out where it belongs."""
    told = await counter.ask("telephone-number-hold", {"wire_center": "BOISIDMA", "numbers": ["9865559700"]})

    assert (False, [], ["9865559700"]) == (told.found, told.holds, told.refused)


@pytest.mark.parametrize("question", [{"wire_center": "XXXXIDXX"}, {"place": NOWHERE}])
async def test_no_numbers_where_nothing_is(counter: Counter, question: dict[str, Any]) -> None:
    """Neither to choose from nor to hold."""
    assert not (await counter.ask("telephone-number-selection", question)).found
    assert not (await counter.ask("telephone-number-hold", question)).found


async def test_more_numbers_than_there_are_gives_what_there_is(counter: Counter) -> None:
    """Four times twenty-five, then what is left of a hundred, then none."""
    question = {"wire_center": "SNPTIDGL", "count": 24}
    told = [await counter.ask("telephone-number-hold", question) for _ in range(6)]

    assert [24, 24, 24, 24, 4, 0] == [len(answer.holds) for answer in told]
    assert [True, True, True, True, False, False] == [answer.found for answer in told]


async def test_appointments_are_open_on_business_days_to_come(counter: Counter, office: Office) -> None:
    """Not on a weekend, not on a holiday, not in a window that has begun."""
    office.clock.move_to(datetime(2026, 5, 22, 15, 0, tzinfo=UTC))  # Friday nine o'clock, Memorial Day follows
    told = await counter.ask("appointment-availability", {**PLACE, "first": "2026-05-22", "last": "2026-05-26"})

    assert [("2026-05-22", "13:00", 4), ("2026-05-26", "08:00", 4), ("2026-05-26", "13:00", 4)] == [
        (str(window.day), window.begin, window.open) for window in told.windows
    ]


@pytest.mark.upholds("preorder-lsr-appointment-reserve")
async def test_an_appointment_is_reserved_for_an_order_and_let_go(counter: Counter) -> None:
    """One place fewer in the window while it is reserved."""
    day = {**PLACE, "first": "2026-03-09", "last": "2026-03-09"}
    told = await counter.ask(
        "appointment-reservation", {**PLACE, "day": "2026-03-09", "begin": "08:00", "pon": "SLT26A000001"}
    )
    during = await counter.ask("appointment-availability", day)
    let_go = await counter.ask("appointment-release", {"ids": [told.hold.id]})
    after = await counter.ask("appointment-availability", day)

    assert ("2026-03-09 08:00-12:00 BOISIDMA", [told.hold.id]) == (told.hold.what, let_go.released)
    assert [[3, 4], [4, 4]] == [[window.open for window in answer.windows] for answer in (during, after)]


@pytest.mark.parametrize(
    "question",
    [
        {**PLACE, "day": "2026-03-09", "begin": "09:00", "pon": "P1"},
        {**PLACE, "day": "2026-03-08", "begin": "08:00", "pon": "P1"},
        {**NOWHERE, "day": "2026-03-09", "begin": "08:00", "pon": "P1"},
        {**PLACE, "day": "2026-02-27", "begin": "08:00", "pon": "P1"},
    ],
)
async def test_a_window_that_is_not_there_cannot_be_reserved(counter: Counter, question: dict[str, Any]) -> None:
    """No such hour, a Sunday, no such place, a day gone by."""
    told = await counter.ask("appointment-reservation", question)

    assert (False, None) == (told.found, told.hold)


@pytest.mark.upholds("preorder-lsr-csr")
async def test_a_customer_record_is_shown_under_an_authorization_and_the_look_is_written_down(
    counter: Counter,
) -> None:
    """Who, when, and under which authorization; the record has what 12.2.1.1.4.2 lists."""
    kept = await counter.ask("end-user-authorization", ASSERTED)
    told = await counter.ask("customer-service-record", {"wtn": WTN})

    assert (True, kept.id) == (told.found, told.authorization)
    assert (WTN, "4120 OPALINE ST BOISE ID 83799") == (told.record.wtn, told.record.service_address)
    (view,) = await counter.reads.views(WTN)
    assert ("sawtooth", "key of sawtooth", kept.id, True) == (
        view.partner_id,
        view.credential_id,
        view.authorization_id,
        view.found,
    )
    assert view.at == counter.clock.now()


@pytest.mark.parametrize(
    "asserted", [None, {"dated": "2026-03-03"}, {"until": "2026-03-01"}, {"wtn": "2085550202"}], ids=str
)
async def test_no_customer_record_without_an_authorization_that_holds(
    counter: Counter, asserted: dict[str, str] | None
) -> None:
    """None, one of tomorrow, one that has ended, one of another end user: nothing is shown, nobody has looked."""
    if asserted is not None:
        await counter.ask("end-user-authorization", ASSERTED | asserted)

    with pytest.raises(NotAuthorized):
        await counter.ask("customer-service-record", {"wtn": WTN})
    assert [] == await counter.reads.views(WTN)


async def test_an_authorization_serves_the_clec_that_has_it(counter: Counter) -> None:
    """Another CLEC needs its own."""
    await counter.ask("end-user-authorization", ASSERTED)

    with pytest.raises(NotAuthorized):
        await counter.ask("customer-service-record", {"wtn": WTN}, OTHER_PARTNER)


async def test_a_number_without_customer_has_no_record(counter: Counter) -> None:
    """The look is written down all the same."""
    await counter.ask("end-user-authorization", ASSERTED | {"wtn": "2085559999"})

    assert not (await counter.ask("customer-service-record", {"wtn": "2085559999"})).found
    assert [False] == [view.found for view in await counter.reads.views("2085559999")]


@pytest.mark.parametrize("query", RECORD_QUERIES, ids=lambda query: query.name)
def test_the_example_of_each_question_is_a_question(query: Any) -> None:
    """What the documents show can be sent."""
    assert query.question.model_validate(query.example)


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("telephone-number-selection", {"wire_center": "BOISIDMA", "count": 0}),
        ("telephone-number-hold", {"wire_center": "BOISIDMA", "numbers": ["12"]}),
        ("telephone-number-hold", {"numbers": ["9865550700"]}),
        ("telephone-number-release", {"ids": ["1"]}),
        ("appointment-availability", {**PLACE, "first": "2026-03-09", "last": "2026-03-08"}),
        ("appointment-availability", {**PLACE, "first": "2026-03-09", "last": "2026-12-08"}),
        ("appointment-reservation", {**PLACE, "day": "2026-03-09", "begin": "8", "pon": "P1"}),
        ("appointment-release", {"ids": []}),
        ("end-user-authorization", {"wtn": WTN, "dated": "2026-03-01"}),
        ("customer-service-record", {}),
    ],
)
def test_a_bad_question_is_refused(name: str, question: dict[str, Any]) -> None:
    """Before anything is looked up or held."""
    query = next(query for query in RECORD_QUERIES if query.name == name)
    with pytest.raises(ValueError, match="validation error"):
        query.question.model_validate(question)


@pytest.mark.upholds("near-real-time-processing")
async def test_every_query_leaves_its_response_time(counter: Counter) -> None:
    """Type of the query as PO-1 numbers it, when it came, how long it took, and whether it was answered."""
    await counter.ask("address-validation", PLACE)
    await counter.ask("address-validation", NOWHERE)
    with pytest.raises(NotAuthorized):
        await counter.ask("customer-service-record", {"wtn": WTN})
    await counter.ask("design-layout-record", {"circuit": "NONE"})
    await counter.log.write()

    now = counter.clock.now()
    kept = await counter.reads.queries(now, now + timedelta(seconds=1))
    assert sorted(
        [
            ("address-validation", 4, "found", "territory"),
            ("address-validation", 4, "not-found", "territory"),
            ("customer-service-record", 5, "refused", ""),
            ("design-layout-record", None, "not-found", "territory"),
        ],
        key=str,
    ) == sorted([(entry.query, entry.measure, entry.outcome, entry.source) for entry in kept], key=str)
    assert all(0 < entry.micros < 10_000_000 for entry in kept)
    assert [] == await counter.reads.queries(now - timedelta(days=1), now)


class _Silent:
    """Reference data that nobody gives."""

    async def answer(self, query: Query[Any, Any], asked: Any, caller: Caller) -> Answered[Any]:
        del query, asked, caller
        raise SourceSilent("the ILEC's system does not answer")

    async def close(self) -> None:
        pass


async def test_a_silent_system_is_told_and_counted(office: Office) -> None:
    """No answer is no measurement of PO-1, but it stands in the log."""
    async with open_counter(office.record, office.desk, office.clock, _Silent()) as counter:
        with pytest.raises(SourceSilent):
            await counter.ask("address-validation", PLACE)
        await counter.log.write()
        now = counter.clock.now()

        assert ["silent"] == [entry.outcome for entry in await counter.reads.queries(now, now + timedelta(seconds=1))]


async def test_a_stranger_asks_nothing(counter: Counter) -> None:
    """Only partners do."""
    with pytest.raises(NotFound):
        await counter.ask("address-validation", PLACE, "nobody")


class _Away:
    """A record that is away for a while."""

    def __init__(self) -> None:
        self.away = True
        self.rows: list[object] = []

    async def commit(self, command: Any) -> None:
        assert isinstance(command, WriteBeside)
        if self.away:
            raise RecordUnavailable("away")
        self.rows += command.rows


async def test_the_log_waits_for_a_database_that_is_away() -> None:
    """What could not be written is written later, in its order."""
    record: Any = _Away()
    log, entries = QueryLog(record, ManualClock(MONDAY)), [object(), object()]
    for entry in entries:
        log.note(entry)  # type: ignore[arg-type] # what it is made of does not matter here
        with pytest.raises(RecordUnavailable):
            await log.write()
    record.away = False
    await log.write()
    await log.write()

    assert entries == record.rows


async def test_many_entries_are_written_before_the_second_has_passed() -> None:
    """A few wait for it; two hundred do not."""
    record: Any = _Away()
    record.away = False
    log, entries = QueryLog(record, ManualClock(MONDAY)), [object() for _ in range(200)]
    running = asyncio.ensure_future(log.run())
    for number, entry in enumerate(entries):
        if number == len(entries) - 1:
            await _others_go_on()
            assert [] == record.rows
        log.note(entry)  # type: ignore[arg-type] # what it is made of does not matter here
    await _others_go_on()
    written = [*record.rows]
    running.cancel()

    assert entries == written


async def _others_go_on() -> None:
    """Let everything that can run do so; nothing is waited for."""
    for _ in range(10):
        await asyncio.sleep(0)
