"""What a month's report reads from the log is the same on both databases."""

from datetime import datetime, timedelta
from pathlib import Path

from gateway.record.histories import Wanted, histories, shares
from gateway.record.scratch import scratch_record
from gateway.reports.desk import Reports
from gateway.reports.measures.month import Month
from gateway.reports.measures.terms_file import load_measure_terms
from gateway.reports.pid.as_json import report_json, summary
from gateway.reports.pid.record_file import RecordFile
from gateway.reports.reading.story import TOLD_TYPES
from gateway.reports.workers import Workers
from gateway.services.taken import Taken
from tests.rig.court import CONDITIONED_LOOP, MONDAY
from tests.rig.office import PARTNER, Office, add_partners, open_office
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.judge import Judge
from validators.rules import rule_book
from validators.schema import Schemas


def _march(entered_until: datetime, partner_id: str | None = None) -> Wanted:
    first, last = datetime(2026, 3, 1, tzinfo=MONDAY.tzinfo), datetime(2026, 4, 1, tzinfo=MONDAY.tzinfo)
    return Wanted(first.date(), (last - timedelta(days=1)).date(), first, last, entered_until, TOLD_TYPES, partner_id)


async def _order(office: Office, pon: str, at: datetime, due: str, completed_on: str | None = None) -> None:
    await office.travel.to(at)
    fields = {"PON": pon, "DDD": f"{at + timedelta(days=14):%m-%d-%Y}"}
    taken = await office.submit(office.document(CONDITIONED_LOOP, fields))
    assert isinstance(taken, Taken)
    await office.decide(taken.order_id, "confirm", ver="01", due_date=due)
    if completed_on:
        await office.travel.to(datetime.fromisoformat(completed_on).replace(tzinfo=MONDAY.tzinfo) + timedelta(days=2))
        await office.decide(taken.order_id, "complete", ver="01", completed_on=completed_on, zone=1)


async def test_a_month_has_the_orders_received_answered_completed_or_pending_in_it(database_url: str) -> None:
    """An order done on the last day and told of after it is in, one of the next month is out; each comes once."""
    schemas = Schemas()
    judge = Judge(schemas, load_agreements(bundled_path("config") / "agreements"), rule_book())
    async with open_office(database_url, judge, schemas, start=MONDAY - timedelta(days=21)) as office:
        await add_partners(office)
        await _order(office, "MONTH001", MONDAY - timedelta(days=20), "2026-02-27", "2026-02-24")
        await _order(office, "MONTH002", MONDAY - timedelta(days=3), "2026-03-16")
        await _order(office, "MONTH003", MONDAY, "2026-03-31", "2026-03-31")
        await _order(office, "MONTH004", MONDAY + timedelta(days=31), "2026-04-20")
        end = office.clock.now() + timedelta(days=1)

        async def pons(wanted: Wanted) -> list[str]:
            return [history.pon async for history in histories(office.record.engine, wanted)]

        assert ["MONTH002", "MONTH003"] == await pons(_march(end))
        assert ["MONTH002", "MONTH003"] == await pons(_march(end, PARTNER))
        assert [] == await pons(_march(end, "nobody"))
        halves = await shares(office.record.engine, _march(end), 2, least=1)
        assert [["MONTH002"], ["MONTH003"]] == [await pons(half) for half in halves]
        assert [] == await shares(office.record.engine, _march(end), 2, least=2)

        reports = Reports(office.record, judge.agreements, load_measure_terms())
        with RecordFile() as once, RecordFile() as again:
            first = "".join(report_json(await reports.pid(Month(2026, 3), once), once))
            second = "".join(report_json(await reports.pid(Month(2026, 3), again), again))
            figures = summary(await reports.pid(Month(2026, 3), again))["figures"]
        assert first == second
        assert {"GA-1", "GA-4", "OP-3D", "OP-4D", "OP-15A", "OP-15B", "PO-2A", "PO-2B", "PO-5B(b)"} == {
            figure["measure"] for figure in figures
        }


async def test_a_report_made_in_several_processes_is_the_same_to_the_byte(tmp_path: Path) -> None:
    """Judged by two processes, figures, records and page are those of one; nothing is left in a file."""
    schemas, folder = Schemas(), bundled_path("config") / "agreements"
    judge = Judge(schemas, load_agreements(folder), rule_book())
    await (await scratch_record(tmp_path)).close()
    url = f"sqlite:///{tmp_path / 'scratch.db'}"
    async with open_office(url, judge, schemas, start=MONDAY - timedelta(days=21)) as office:
        await add_partners(office)
        await _order(office, "PART001", MONDAY - timedelta(days=3), "2026-03-16")
        await _order(office, "PART002", MONDAY, "2026-03-31", "2026-03-31")
        terms = load_measure_terms()
        alone = Reports(office.record, judge.agreements, terms)
        together = Reports(office.record, judge.agreements, terms, Workers(url, folder, 2, least=1))
        texts = []
        for reports in (alone, together):
            with RecordFile() as records:
                texts.append("".join(report_json(await reports.pid(Month(2026, 3), records), records)))
        assert texts[0] == texts[1]
        assert "PART001" in texts[0]
