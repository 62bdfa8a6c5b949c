"""Personal data are purged on both databases: nothing of them is left anywhere, and nothing else is lost."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from gateway.metrics import Metrics
from gateway.notices.plain_text import plain_text
from gateway.queue.lease import Lease
from gateway.queue.wakeup import Wakeup
from gateway.record.holds import Hold, HoldBook, HoldKind
from gateway.record.portal import Draft, OrderNumber, SavedSearch
from gateway.record.preorder import Authorization, CustomerView
from gateway.record.rows import Family
from gateway.record.tables import metadata
from gateway.record.webhooks import DeliveryState, WebhookDelivery
from gateway.reports.desk import Reports
from gateway.reports.measures.month import Month
from gateway.reports.measures.terms_file import load_measure_terms
from gateway.reports.pid.as_json import report_json
from gateway.reports.pid.record_file import RecordFile
from gateway.services.audit import AuditLog
from gateway.services.batch_runner import BatchRunner, Shift
from gateway.services.batches import Batches, WriteBeside
from gateway.services.blanking import purged_at
from gateway.services.daily_reports import DailyReports
from gateway.services.personal_data import load_personal_data
from gateway.services.refusals import Purged, TooYoung
from gateway.services.retention import Retention
from gateway.services.right_of_way import RightOfWay
from gateway.services.taken import Duplicate, Taken
from tests.rig.batch_files import delimited_batch
from tests.rig.court import LOOP_WITH_PORT, MONDAY, sample
from tests.rig.office import PARTNER, Office, add_partners, open_office
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.judge import Judge
from validators.messages.compose import compose
from validators.releases import notice_in
from validators.rules import rule_book
from validators.schema import Schemas

_LOSER = "payette"
# Long enough that no random id holds one by chance.
_PLANTED = ("PLANTED", "5559876", "555-9876", "LARKSPUR", "MARBLEWOOD", "2085550120", "208-555-012")
"""What the names, addresses and numbers of end users in this file are known by."""
_EU = {
    "EU.NAME": "PLANTED NAME",
    "EU.SASN": "PLANTED STREET",
    "EU.LCON": "PLANTED CONTACT",
    "EU.TEL NO (LCON)": "208-555-9876",
    "EU.REMARKS": "PLANTED REMARK",
    "LSR.REMARKS": "ASK FOR PLANTED PERSON",
}
_LATER = timedelta(days=900)


@pytest.fixture(scope="module")
def judge() -> Judge:
    """The judge of the shipped agreements, made once."""
    return Judge(Schemas(), load_agreements(bundled_path("config") / "agreements"), rule_book())


@pytest.fixture
async def office(database_url: str, judge: Judge) -> AsyncIterator[Office]:
    """The services on an empty record, with two carriers."""
    async with open_office(database_url, judge, Schemas()) as opened:
        await add_partners(opened)
        await opened.partners.add(_LOSER, "Payette Bell", "template", ccna=["PYT"], cc=["8B8B"])
        yield opened


def _retention(office: Office, at_once: int = 20) -> Retention:
    record, desk = office.record, office.desk
    parts = (record, desk.agreements, load_personal_data(), office.clock, desk.ids)
    return Retention(*parts, by="a test", at_once=at_once)


def _port(office: Office, pon: str, **sets: str) -> bytes:
    given = {**_EU, "LSR.PON": pon, "LSR.ONSP": "8B8B", **sets}
    return compose(sample(LOOP_WITH_PORT), given, schemas=office.schemas)


async def _completed(office: Office, pon: str) -> str:
    """Have an order completed, with something of its end user wherever it can stand."""
    taken = await office.submit(_port(office, pon), key=f"key-{pon}")
    assert isinstance(taken, Taken)
    other = await office.submit(_port(office, pon, **{"EU.NAME": "PLANTED OTHER"}))
    assert isinstance(other, Duplicate)
    order_id = taken.order_id
    lines = [{"line": "00001", "telephone_number": "208-555-9876", "circuit_id": "99/PLANTED/1"}]
    await office.decide(order_id, "confirm", due_date="2026-03-09", lines=lines, remarks="PLANTED IS AT HOME")
    await office.decide(
        order_id,
        "jeopardy",
        rcode="1C",
        text="PLANTED DOG IN THE YARD",
        estimated_due_date="2026-03-10",
        caused_by="clec",
    )
    await office.decide(order_id, "complete", completed_on="2026-03-09", order_number="N100", remarks="PLANTED SIGNED")
    return order_id


async def _rejected(office: Office, pon: str) -> str:
    taken = await office.submit(_port(office, pon))
    assert isinstance(taken, Taken)
    finding = {
        "code": "E399",
        "section": "12.2.1.1.6",
        "text": "PLANTED NAME is no customer",
        "path": "/LocalServiceRequest/EU/NAME",
        "value": "PLANTED NAME",
    }
    await office.decide(taken.order_id, "reject", findings=[finding], remarks="PLANTED")
    return taken.order_id


async def _beside(office: Office, order_id: str) -> None:
    """Put what stands beside orders on record."""
    now, ids = office.clock.now(), office.desk.ids
    authorization = ids.new("aut", now)
    rows = (
        Authorization(authorization, PARTNER, "2085559876", "PLANTED NAME", now.date(), None, now, "key_1"),
        CustomerView(ids.new("viw", now), now, PARTNER, "key_1", "2085559876", authorization, found=True),
        Draft(ids.new("drf", now), "prs_1", PARTNER, "PLANTED DRAFT", {"EU.NAME": "PLANTED NAME"}, now),
        SavedSearch(ids.new("sch", now), "prs_1", "PLANTED", "number=2085559876"),
        OrderNumber(f"2085559876 {order_id}", "2085559876", order_id),
        *(
            WebhookDelivery(notice.id, PARTNER, order_id, notice.cursor, DeliveryState.DELIVERED, 1, now, now, now)
            for notice in await office.notices(order_id)
        ),
    )
    await office.record.commit(WriteBeside(rows))
    book = HoldBook(office.record)
    for number in ("2085559876", "2085559877"):
        hold = Hold(HoldKind.NUMBER, number, ids.new("hld", now), PARTNER, "", now, now + timedelta(days=1))
        assert await book.take(hold)
    await book.release_due(now + timedelta(days=2))


async def _batch(office: Office) -> str:
    """Have a file processed: one order, which is then rejected, and one that cannot be read."""
    lines = [line for line in sample(LOOP_WITH_PORT).splitlines() if line and not line.startswith("#")]
    fields = {**dict(line.split("=", 1) for line in lines), **_EU}
    rows = [{**fields, "LSR.PON": "BATCH1"}, {**fields, "LSR.PON": "BATCH2", "EU.ZIP": "PLANTED"}]
    batches = Batches(office.record, office.clock, lambda: None)
    batch = await batches.receive(PARTNER, delimited_batch(rows), "PLANTED.csv")
    lease = Lease(office.record, office.clock, "batches", "one", timedelta(seconds=10))
    shift = Shift(lease, Wakeup(office.clock), office.clock, RightOfWay(office.clock))
    schemas = office.schemas
    await BatchRunner(office.record, office.intake, schemas, schemas, office.clock, shift, Metrics()).work_off()
    first, second = await office.record.batches.results(batch.id)
    assert ("accepted", "unreadable") == (first.outcome, second.outcome)
    finding = {"code": "E399", "section": "12.2.1.1.6", "text": "PLANTED"}
    await office.decide(first.order_id or "", "reject", findings=[finding])
    return batch.id


@dataclass(frozen=True)
class _World:
    completed: str
    rejected: str
    open: str
    batch: str


async def _world(office: Office) -> _World:
    completed = await _completed(office, "OLD0001")
    office.clock.advance(timedelta(seconds=1))
    await _beside(office, completed)
    rejected, batch = await _rejected(office, "OLD0002"), await _batch(office)
    taken = await office.submit(_port(office, "OPEN001"))
    assert isinstance(taken, Taken)
    # The first order of all has the last event of all that are due.
    assert isinstance(await office.submit(_port(office, "OLD0001", **{"EU.NAME": "PLANTED LATE"})), Duplicate)
    await office.travel.to(office.clock.now() + _LATER)
    return _World(completed, rejected, taken.order_id, batch)


async def _everything(office: Office, *, but: str = "") -> dict[str, str]:
    """Give all rows of all tables as text, by table, without those that name an order."""
    found: dict[str, str] = {}
    async with office.record.engine.connect() as connection:
        for table in metadata.sorted_tables:
            rows = (await connection.execute(sa.select(table))).fetchall()
            shown = [_shown(row) for row in rows]
            found[table.name] = "\n".join(text for text in shown if not but or but not in text)
    return found


def _shown(row: sa.Row[tuple[object, ...]]) -> str:
    return repr([value.decode() if isinstance(value, bytes) else value for value in row])


async def _pid(office: Office) -> str:
    reports = Reports(office.record, office.judge.agreements, load_measure_terms())
    with RecordFile() as records:
        return "".join(report_json(await reports.pid(Month(2026, 3), records), records))


async def _purge(office: Office, day: date = date(2026, 6, 1)) -> dict[str, int]:
    retention, counts = _retention(office), dict[str, int]()
    async for kind, count in retention.purge(await retention.due_before(day)):
        counts[kind] = counts.get(kind, 0) + count
    return counts


def _left(everything: dict[str, str]) -> dict[str, list[str]]:
    """Give by table what is left of what was planted."""
    hits = {name: [value for value in _PLANTED if value in text] for name, text in everything.items()}
    return {name: found for name, found in hits.items() if found}


async def test_after_a_purge_nothing_of_an_end_user_stands_in_any_table(office: Office) -> None:
    """Before it something stands in every place of the list; after it only the order that is open has it."""
    world = await _world(office)
    before = _left(await _everything(office))
    counts = await _purge(office)

    places = set(load_personal_data().tables)
    assert places == {*before, "decisions"}
    assert {} == _left(await _everything(office, but=world.open))
    expected = {"orders": 3, "batches": 1, "customer_views": 1, "authorizations": 1, "drafts": 1, "holds": 2}
    assert expected == counts
    assert {} == await _purge(office)


async def test_what_measures_and_audits_need_is_as_it_was(office: Office) -> None:
    """The month's report is the same to the byte, the audit log holds and has the counts, clocks are untouched."""
    world = await _world(office)
    report, clocks = await _pid(office), await office.record.clocks(world.completed)
    before = await office.history(world.completed)
    await _purge(office)

    assert "OLD0001" in report
    assert report == await _pid(office)
    assert clocks == await office.record.clocks(world.completed)
    after = await office.history(world.completed)
    assert [(one.id, one.type, one.at, one.section, one.seq) for one in before] == [
        (one.id, one.type, one.at, one.section, one.seq) for one in after[:-1]
    ]
    assert ("order.purged", "18.2.7") == (after[-1].type, after[-1].section)
    entries = await AuditLog(office.record, office.clock).page(0, 100)
    (act,) = [entry for entry in entries if entry.action == "retention.purge"]
    assert ("a test", 3) == (act.actor, act.detail["orders"])
    assert (await AuditLog(office.record, office.clock).check()).broken_at is None


async def test_the_same_bytes_get_the_same_answer_after_a_purge(office: Office) -> None:
    """By the natural key and by the Idempotency-Key; other bytes under the same PON and VER stay a duplicate."""
    await _world(office)
    await _purge(office)
    again = await office.submit(_port(office, "OLD0001"))
    by_key = await office.submit(_port(office, "OLD0001"), key="key-OLD0001")
    other = await office.submit(_port(office, "OLD0001", **{"EU.NAME": "ANOTHER"}))

    assert isinstance(again, Taken)
    assert isinstance(by_key, Taken)
    assert (True, "accepted", "OLD0001") == (again.again, again.acknowledgement.outcome, again.acknowledgement.pon)
    assert again.acknowledgement == by_key.acknowledgement
    assert isinstance(other, Duplicate)


async def test_an_open_or_a_younger_order_is_untouched(office: Office) -> None:
    """Nothing of it changes, and what has happened to an order since counts as young."""
    world = await _world(office)
    young = await office.submit(
        _port(office, "YOUNG01", **{"LSR.DDD": "09-18-2028", "LSR.D/TSENT": "08-18-2028-0900AM"})
    )
    assert isinstance(young, Taken)
    kept = [await office.record.submissions(one) for one in (world.open, young.order_id)]
    lost = await office.decide(world.completed, "service-lost", lost_on="2028-08-01", kind="disconnect")
    await _purge(office)

    assert kept == [await office.record.submissions(one) for one in (world.open, young.order_id)]
    assert lost["state"] == (await office.order(world.completed)).state
    (sent,) = await office.record.submissions(world.completed)
    assert (None, True) == (purged_at(sent.body), b"PLANTED NAME" in sent.body)


async def test_what_happens_after_a_purge_is_purged_in_its_time(office: Office) -> None:
    """A service that is lost years later is told as ever, and goes with a later purge."""
    world = await _world(office)
    await _purge(office)
    remarks = "PLANTED MOVED AWAY"
    await office.decide(world.completed, "service-lost", lost_on="2028-08-01", kind="disconnect", remarks=remarks)
    await office.travel.to(office.clock.now() + _LATER)

    assert 1 == (await _purge(office, date(2028, 12, 1)))["orders"]
    assert {} == _left(await _everything(office, but=world.open))


async def test_a_rejected_order_that_was_purged_can_still_be_corrected(office: Office) -> None:
    """Its later version is taken, stands as it was sent, and is purged in its time."""
    world = await _world(office)
    await _purge(office)
    dates = {"LSR.DDD": "09-18-2028", "LSR.D/TSENT": "08-18-2028-0900AM"}
    later = await office.submit(_port(office, "OLD0002", **{"LSR.VER": "02", "LSR.SUP": "3", **dates}))
    first, second = await office.record.submissions(world.rejected)

    assert isinstance(later, Taken)
    assert (office.clock.now(), None) == (purged_at(first.body), purged_at(second.body))


async def test_a_purged_document_says_so(office: Office) -> None:
    """Document, notices and facts carry the instant, keep their shape and codes, and can still be read and shown."""
    world = await _world(office)
    before = [notice.kind for notice in await office.notices(world.completed)]
    await _purge(office)
    (sent,) = await office.record.submissions(world.completed)
    notices = await office.notices(world.completed)

    assert office.clock.now() == purged_at(sent.body)
    assert b"<PON>OLD0001</PON>" in sent.body
    assert before == [notice.kind for notice in notices]
    for notice in notices:
        assert office.clock.now() == purged_at(notice.document)
        assert "OLD0001" in plain_text(notice.document)
        assert b"OLD0001" in notice_in("r2", notice.document, plain_text)
        assert notice.data["purged_at"] == office.clock.now().isoformat()


async def test_a_day_whose_report_named_end_users_is_closed(office: Office) -> None:
    """Neither the winner's completions nor the loser's losses are told otherwise than they were."""
    world = await _world(office)
    reports, day = DailyReports(office.record, office.desk, office.clock), MONDAY.date()
    told = await reports.of_day(_LOSER, "loss", day)
    await _purge(office)

    assert 1 == told.count
    for partner, report in ((_LOSER, "loss"), (PARTNER, "completion")):
        with pytest.raises(Purged, match="what is reported of 2026-03-02 were purged"):
            await reports.of_day(partner, report, day)  # type: ignore[arg-type] # both are names of reports
    batches = Batches(office.record, office.clock, lambda: None)
    batch = (await batches.progress(PARTNER, world.batch)).batch
    with pytest.raises(Purged, match="batch"):
        await batches.response(batch)


async def test_an_interrupted_purge_is_done_by_the_next(office: Office) -> None:
    """What was committed is purged as a whole, and the rest is still due, older events than those of it or not."""
    world = await _world(office)
    retention = _retention(office, at_once=1)
    due = await retention.due_before(date(2026, 6, 1))
    steps = retention.purge(due)
    assert ("orders", 1) == await anext(steps)
    await steps.aclose()  # type: ignore[attr-defined] # a generator
    rest = {one.kind: one.due for one in await retention.show(due)}

    assert {"orders": 2, "batches": 0, "customer_views": 1, "authorizations": 1, "drafts": 1, "holds": 2} == rest
    assert [("orders", 1)] * 2 == [step async for step in retention.purge(due)][:2]
    assert {} == _left(await _everything(office, but=world.open))


async def test_what_an_audit_may_ask_for_is_not_purged(office: Office) -> None:
    """18.2.7 has the last 24 months kept; a partner that is audited is spared whatever its age."""
    await _world(office)
    retention = _retention(office)
    with pytest.raises(TooYoung, match=r"18\.2\.7"):
        await retention.due_before(office.clock.now().date() - timedelta(days=700))
    due = await retention.due_before(date(2026, 6, 1), [PARTNER])

    assert {0} == {one.due for one in await retention.show(due)}


_REFUSED = (
    "UPDATE submissions SET body = ''",
    "UPDATE events SET data = '{}'",
    "UPDATE customer_views SET wtn = ''",
    "UPDATE authorizations SET authnm = '', wtn = ''",
    "DELETE FROM submissions",
    "DELETE FROM events",
    "DELETE FROM purges",
    "UPDATE purges SET done_at = NULL",
)


async def test_a_purge_that_is_done_opens_nothing_any_more(office: Office) -> None:
    """What was purged can be changed no more than anything else, and no purge is taken back."""
    await _world(office)
    await _purge(office)

    for statement in _REFUSED:
        with pytest.raises(sa.exc.DBAPIError, match="append-only"):
            await _execute(office, statement)


async def test_the_database_itself_purges_only_closed_orders_and_only_what_may_go(office: Office) -> None:
    """An order that is open or young is not opened to a purge; of one that is opened ids and digests stand."""
    world = await _world(office)
    with pytest.raises(sa.exc.DBAPIError, match="purges take closed orders"):
        await _open_purge(office, world.open, "2026-06-01")
    with pytest.raises(sa.exc.DBAPIError, match="purges take closed orders"):
        await _open_purge(office, world.completed, "2026-01-01")
    await _open_purge(office, world.completed, "2026-06-01")
    for column in ("digest = ''", "ver = '09'", "outcome = 'x'"):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"):
            await _execute(office, f"UPDATE submissions SET body = '', {column} WHERE order_id = '{world.completed}'")  # noqa: S608 - a test's
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        await _execute(office, f"UPDATE events SET data = '{{}}' WHERE order_id = '{world.open}'")  # noqa: S608 - a test's


async def _applied(office: Office, pon: str, kind: str, fields: dict[str, str]) -> str:
    head = {"COLLO.PON": pon, "COLLO.VER": "00", "COLLO.MSG": "APPLICATION", "COLLO.KIND": kind}
    lines = "\n".join(f"{name}={text}" for name, text in {**head, **fields}.items())
    body = compose(lines, schemas=office.schemas)
    taken = await office.intake.submit(PARTNER, Family.COLLOCATION, body, idempotency_key=None, if_match=None)
    assert isinstance(taken, Taken)
    return taken.order_id


async def test_a_search_for_a_loop_is_purged_like_an_order_and_no_other_application_is(office: Office) -> None:
    """It names the address and the number of an end user; what is between the two carriers alone stays."""
    place = {"LOOP.SASN": "PLANTED STREET", "LOOP.CITY": "BOISE", "LOOP.WTN": "2085559876"}
    asks = {**place, "LOOP.REASON": "INACCURATE", "LOOP.BASIS": "PLANTED SAYS SO"}
    searched = await _applied(office, "SEARCH1", "LOOP-SEARCH", asks)
    await office.decide(searched, "nothing-found", text="PLANTED STANDS IN NO RECORD")
    other = await _applied(office, "FCP1", "FCP", {"COLLO.PREM": "BOISIDMA", "DOCS.FORM": "Y"})
    await office.decide(other, "cancelled-by-letter", costs="0.00")
    before = _left(await _everything(office))
    await office.travel.to(office.clock.now() + _LATER)

    assert {"orders", "submissions", "events", "notices"} <= set(before)
    assert {"orders": 1} == await _purge(office)
    assert {} == _left(await _everything(office))
    assert ["COMPLETED", "CANCELLED"] == [(await office.order(one)).state for one in (searched, other)]
    assert "purged_at" not in (await office.order(other)).facts
    with pytest.raises(sa.exc.DBAPIError, match="purges take closed orders"):
        await _open_purge(office, other, "2026-06-01")


async def _open_purge(office: Office, order_id: str, before: str) -> None:
    instant = datetime.fromisoformat(before).replace(tzinfo=UTC)
    row = {"id": f"prg_{before}", "kind": "order", "subject": order_id, "before": instant, "at": instant}
    async with office.record.engine.begin() as connection:
        await connection.execute(sa.insert(metadata.tables["purges"]).values(**row, through_seq=0))


async def _execute(office: Office, statement: str) -> None:
    async with office.record.engine.begin() as connection:
        await connection.exec_driver_sql(statement)
