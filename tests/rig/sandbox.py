"""A test environment in one process: partners with times of their own, and the scripted back end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from gateway.metrics import Metrics
from gateway.record.rows import Family
from gateway.record.sandbox_times import KeptTimes
from gateway.sandbox.back_end import ScriptedBackEnd
from gateway.sandbox.script import Script
from gateway.sandbox.times import PartnerTimes
from gateway.sandbox.travel import PartnerTravel
from gateway.services.clock_keeper import ClockKeeper
from gateway.services.decisions import Decisions
from gateway.services.intake import Intake
from gateway.services.taken import Taken
from tests.rig.court import CONDITIONED_LOOP, sample
from tests.rig.office import Office
from validators.bundled import bundled_path
from validators.messages.compose import compose


@dataclass(frozen=True)
class Sandbox:
    """The test environment, with the office whose record it stands on."""

    office: Office
    times: PartnerTimes
    kept: KeptTimes
    travel: PartnerTravel
    intake: Intake

    async def order(self, partner: str, pon: str, fields: Mapping[str, str] | None = None) -> str:
        """Order the sample loop with approved conditioning, with fields set as `EU.SASN`, and give the order's id."""
        sets = {"LSR.PON": pon, **(fields or {})}
        body = compose(sample(CONDITIONED_LOOP), sets, schemas=self.office.schemas)
        taken = await self.intake.submit(partner, Family.LSR, body, idempotency_key=None, if_match=None)
        assert isinstance(taken, Taken)
        assert taken.name != "rejected", taken.acknowledgement.findings
        return taken.order_id

    async def pass_time(self, partner: str, by: timedelta) -> int:
        """Move a partner's clock by a length of time."""
        return await self.travel.to(partner, self.travel.stands(partner) + by)


def open_sandbox(office: Office, stand: dict[str, datetime]) -> Sandbox:
    """Give a test environment on the record of an office, as one process has it."""
    times = PartnerTimes(office.clock, stand)
    script = Script.read(bundled_path("config") / "sate" / "test-accounts.yaml")
    metrics = Metrics()
    decisions = Decisions(office.record, office.desk, office.judge, times, metrics, _nobody)
    keeper = ClockKeeper(office.record, office.desk, times, metrics, _nobody)
    back_end = ScriptedBackEnd(office.record, office.desk, office.judge, decisions, script, times)
    kept = KeptTimes(office.record.engine)
    travel = PartnerTravel(times, kept, office.record, keeper, back_end)
    return Sandbox(office, times, kept, travel, Intake(office.record, office.desk, office.judge, times, _nobody))


def _nobody() -> None:
    """Stand for the queue."""
