"""What only the test environment has: a clock for each partner, a back end that follows a script, and suites."""

from dataclasses import dataclass

from gateway.app.ground import Ground
from gateway.clock import Clock
from gateway.doors.sandbox import SandboxDoor
from gateway.record.sandbox_times import KeptTimes
from gateway.record.sql import SqlRecord
from gateway.sandbox.back_end import ScriptedBackEnd
from gateway.sandbox.examination import Examination
from gateway.sandbox.script import Script
from gateway.sandbox.suites import Suites
from gateway.sandbox.times import PartnerTimes
from gateway.sandbox.travel import PartnerTravel
from gateway.services.clock_keeper import ClockKeeper
from gateway.services.decisions import Decisions
from gateway.services.register_keeper import RegisterKeeper
from gateway.settings import Settings
from validators.bundled import bundled_path


def suites() -> Suites:
    """Give the suites that certify a partner."""
    return Suites.read(bundled_path("config") / "sate" / "certification.yaml")


@dataclass(frozen=True, slots=True)
class Sandbox:
    """The partners' clocks, as they were left, and what answers their orders."""

    times: PartnerTimes
    kept: KeptTimes
    script: Script

    def room(
        self, ground: Ground, decisions: Decisions, keeper: ClockKeeper, followers: RegisterKeeper
    ) -> tuple[SandboxDoor, ScriptedBackEnd]:
        """Give the door by which a partner moves its clock, and the back end to run in the clock keeper's place.

        Where each partner's clock stands until it is moved, the deadlines fire as it moves.
        """
        back_end = ScriptedBackEnd(ground.record, ground.desk, ground.judge, decisions, self.script, self.times)
        by_hand = PartnerTravel(self.times, self.kept, ground.record, keeper, back_end, followers)
        shown = Examination(ground.record, ground.desk, suites())
        return SandboxDoor(by_hand, self.script, shown, ground.limits), back_end


async def open_sandbox(settings: Settings, record: SqlRecord, machine: Clock) -> Sandbox | None:
    """Give the test environment if the settings ask for it."""
    if not settings.sandbox:
        return None
    kept = KeptTimes(record.engine)
    script = Script.read(bundled_path("config") / "sate" / "test-accounts.yaml")
    return Sandbox(PartnerTimes(machine, await kept.all()), kept, script)
