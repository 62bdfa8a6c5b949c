"""Orders that live through a month in an office, and the report of that month."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gateway.reports.desk import Reports
from gateway.reports.measures.month import Month
from gateway.reports.measures.terms_file import load_measure_terms
from gateway.reports.pid.as_json import summary
from gateway.reports.pid.record_file import RecordFile
from gateway.services.taken import Taken
from tests.rig.court import CONDITIONED_LOOP
from tests.rig.office import PARTNER, Office

Answers = tuple[str, str, dict[str, Any]]
"""When, which decision, and the rest of its body."""


@dataclass(frozen=True)
class Ledger:
    """One report, as its readers see it."""

    summary: dict[str, Any]
    records: list[dict[str, Any]]

    def figure(self, measure: str, clec: str | None = None) -> dict[str, Any]:
        """Give the one figure of a measure, of all CLECs or of one."""
        (found,) = (one for one in self.summary["figures"] if (one["measure"], one["clec"]) == (measure, clec))
        return dict(found)

    def outcomes(self, measure: str) -> dict[str, str]:
        """Give what became of each order in a measure, or why it is left out."""
        of_measure = [one for one in self.records if one["figure"].startswith(f"{measure}|")]
        return {one["order"]: one.get("reason") or one.get("value") or one["outcome"] for one in of_measure}


@dataclass(frozen=True)
class Books:
    """Orders non-loaded loops and reports them."""

    office: Office

    async def at(self, local: str) -> None:
        """Let time pass to a local time."""
        await self.office.travel.to(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo("America/Denver")))

    async def loop(self, pon: str, *answers: Answers, partner: str = PARTNER, **fields: str) -> str:
        """Order a loop and let the back end answer."""
        document = self.office.document(CONDITIONED_LOOP, {"PON": pon, "DDD": "03-16-2026", **fields})
        taken = await self.office.submit(document, partner=partner)
        assert isinstance(taken, Taken)
        await self.answer(taken.order_id, *answers)
        return taken.order_id

    async def answer(self, order_id: str, *answers: Answers, ver: str = "01") -> None:
        """Let the back end answer."""
        for at, decision, body in answers:
            await self.at(at)
            await self.office.decide(order_id, decision, ver=ver, **body)

    async def report(self, month: str = "2026-03", partner: str | None = None) -> Ledger:
        """Report a month."""
        reports = Reports(self.office.record, self.office.desk.agreements, load_measure_terms())
        with RecordFile() as records:
            made = await reports.pid(Month.parse(month), records, partner)
            return Ledger(summary(made), list(records.records()))


@pytest.fixture
def books(office: Office) -> Books:
    """Give the books of an office."""
    return Books(office)
