"""The real services, judge and record in this process: no socket, no queue, and a clock for each scenario."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Any

from gateway.clock import ManualClock
from gateway.conformance.port import OWN, Answer, CannotPlay, Part
from gateway.conformance.scenario import Partner, Scenario
from gateway.conformance.unused_names import UnusedPremises
from gateway.doors.acceptance import accepted
from gateway.doors.models import ClockView, EventView, NoticeView, OrderView
from gateway.doors.problems import Kind, Problem
from gateway.doors.refusals import problem_of
from gateway.doors.register_models import EntryView
from gateway.ids import Ids
from gateway.lifecycle.decisions import DecisionInvalid
from gateway.metrics import Metrics
from gateway.preorder.port import BundledTerritory
from gateway.preorder.territory import Territory
from gateway.preorder.territory_files import read_files
from gateway.record.holds import HoldBook
from gateway.record.rows import Family, Order
from gateway.record.schema import ensure_schema
from gateway.record.scratch import scratch_record
from gateway.record.sql import SqlRecord, open_record
from gateway.services.clock_keeper import ClockKeeper
from gateway.services.decisions import Decisions
from gateway.services.desk import Desk
from gateway.services.held_orders import HeldOrders
from gateway.services.intake import Intake
from gateway.services.machines import MACHINES
from gateway.services.mailbox import Mailbox
from gateway.services.matters import Matters
from gateway.services.partner_files import PartnerFiles
from gateway.services.partners import Partners
from gateway.services.reference_checks import ReferenceChecks
from gateway.services.refusals import Refused
from gateway.services.register_keeper import RegisterKeeper
from gateway.services.registers import Registers, register_named
from gateway.services.taken import Duplicate, OutOfSequence, Taken
from gateway.services.time_travel import TimeTravel
from validators.agreement.terms import Agreement
from validators.bundled import bundled_path
from validators.judge import Judge
from validators.registers.given import given_entry

_PAGE = 500
_LONG_AGO = date(2000, 1, 1)
"""Since when partners of scenarios have done all that comes before an order, unless a scenario says otherwise."""
_CHECK_SECONDS = 5.0


@asynccontextmanager
async def open_in_process(
    judge: Judge, database: str | None = None, territory: Territory | None = None
) -> AsyncIterator["InProcess"]:
    """Open the gateway in process, on the database at the URL or else on a SQLite file that is thrown away.

    Orders are checked against `territory`; without one, against that which is shipped.

    Raises:
        RecordUnavailable: the database cannot be reached.
        SchemaOutdated: its tables are newer than this gateway.
    """
    if database is None:
        with TemporaryDirectory(prefix="oss-gateway-conformance-") as folder:
            async with _closing(await scratch_record(Path(folder))) as record:
                yield InProcess(judge, record, territory)
        return
    async with _closing(open_record(database)) as record:
        await ensure_schema(record.engine, upgrade=True)
        yield InProcess(judge, record, territory)


@asynccontextmanager
async def _closing(record: SqlRecord) -> AsyncIterator[SqlRecord]:
    try:
        yield record
    finally:
        await record.close()


class InProcess:
    """A `GatewayUnderTest` on one record. Each session has partners and Premises of its own: orders never meet."""

    one_time_for_all = False

    def __init__(self, judge: Judge, record: SqlRecord, territory: Territory | None) -> None:
        self._judge = judge
        self._record = record
        sources = BundledTerritory(territory or Territory(read_files(bundled_path("config") / "territory")))
        self._checks = ReferenceChecks(sources, HoldBook(record), _CHECK_SECONDS)
        self._desk = Desk(judge.agreements, MACHINES, Ids())

    @property
    def name(self) -> str:
        """What reports call it."""
        return f"the gateway in process, on {self._record.engine.dialect.name}"

    @asynccontextmanager
    async def session(self, scenario: Scenario) -> AsyncIterator["InProcessSession"]:
        """Open a session with new partners."""
        clock = ManualClock(datetime.fromisoformat(scenario.start))
        partners = Partners(self._record, clock, self._desk.ids)
        registers = Registers(self._record, clock, self._desk.ids)
        files = PartnerFiles(self._record, registers, self._desk.agreements, clock)
        ids = {}
        for name, partner in {OWN: scenario.partner, **scenario.others}.items():
            ids[name] = await _add(partners, name, partner, scenario.agreement)
            if partner.onboarded and _tracks(self._desk.agreements[partner.agreement or scenario.agreement]):
                await files.all_done(ids[name], _LONG_AGO, "scenario")
        desk = replace(self._desk, dossier_of=registers.dossier, look_again=registers.look_again)
        await registers.refresh()
        yield InProcessSession(self._record, desk, self._judge, registers, self._checks, clock, ids)


def _tracks(agreement: Agreement) -> bool:
    return agreement.onboarding is not None and agreement.onboarding.tracking == "tracked"


async def _add(partners: Partners, name: str, partner: Partner, agreement: str) -> str:
    partner_id = f"{name or 'clec'}-{token_hex(6)}"
    codes = {"ccna": list(partner.ccna), "cc": list(partner.cc)}
    added = await partners.add(partner_id, name or "CLEC", partner.agreement or agreement, **codes)
    return added.id


class InProcessSession:
    """One scenario's dealings with the services."""

    def __init__(
        self,
        record: SqlRecord,
        desk: Desk,
        judge: Judge,
        registers: Registers,
        checks: ReferenceChecks,
        clock: ManualClock,
        partners: Mapping[str, str],
    ) -> None:
        metrics = Metrics()
        self._registers = registers
        self._record = record
        self._partners = partners
        self._intake = Intake(record, desk, judge, clock, _nobody, checks)
        self._decisions = Decisions(record, desk, judge, clock, metrics, _nobody)
        followers = (Matters(record, desk, registers), HeldOrders(record, desk))
        # Each session's clock is its own, so it looks after its own partners and not after those of others.
        self._followers = RegisterKeeper(record, registers, clock, followers, set(partners.values()))
        keeper = ClockKeeper(record, desk, clock, metrics, _nobody)
        self._travel = TimeTravel(clock, record, keeper, self._followers)
        self._mailbox = Mailbox(record, clock)
        self._cursors = dict.fromkeys(partners, 0)
        self._premises = UnusedPremises()

    async def move_to(self, instant: datetime) -> None:
        """Let time pass until `instant`."""
        try:
            await self._travel.to(instant)
        except ValueError as backward:
            raise CannotPlay(str(backward)) from None

    async def submit(
        self, partner: str, family: Family, body: bytes, *, idempotency_key: str | None, if_match: int | None
    ) -> Answer:
        """Hand in a message as a partner."""
        sent = self._premises.outward(body)
        try:
            taken = await self._intake.submit(
                self._partners[partner], family, sent, idempotency_key=idempotency_key, if_match=if_match
            )
        except Refused as refusal:
            return _problem(problem_of(refusal))
        return _answered(taken)

    async def decide(self, order_id: str, body: Mapping[str, Any], *, idempotency_key: str | None) -> Answer:
        """Decide an order as the back end."""
        try:
            return Answer(200, await self._decisions.take(order_id, body, idempotency_key))
        except (Refused, DecisionInvalid) as refusal:
            return _problem(problem_of(refusal))

    async def enter(self, partner: str, register: str, body: Mapping[str, Any]) -> Answer:
        """Put an entry that concerns a partner into a register, as an operator."""
        given = given_entry(register_named(register), {**body, "partner": self._partners[partner]})
        (row,) = await self._registers.enter([given], "scenario")
        await self._followers.keep_up()
        return Answer(201, EntryView.of(row).model_dump(mode="json"))

    async def read(self, partner: str, order_id: str, part: Part) -> Answer:
        """Read a part of an order as a partner."""
        order = await self._record.order(order_id)
        if order is None or order.partner_id != self._partners[partner]:
            return _problem(Problem(Kind.NOT_FOUND, "there is no such order, or it is not yours"))
        return Answer(200, await self._part(order, part))

    async def _part(self, order: Order, part: Part) -> dict[str, Any]:
        if part == "order":
            return OrderView.of(order).model_dump(mode="json")
        if part == "history":
            events = await self._record.events(order.id)
            return {"events": [EventView.of(event).model_dump(mode="json") for event in events]}
        if part == "clocks":
            clocks = await self._record.clocks(order.id)
            return {"clocks": [ClockView.of(clock).model_dump(mode="json") for clock in clocks]}
        if part == "notices":
            notices = await self._record.order_notices(order.id)
            return {"notices": [NoticeView.of(notice).model_dump(mode="json") for notice in notices]}
        submissions = await self._record.submissions(order.id)
        body = next(sent.body for sent in submissions if sent.ver == order.ver)
        return {"document": self._premises.inward(body)}

    async def mailbox(self, partner: str) -> Sequence[Mapping[str, Any]]:
        """Give the partner's notices that this session has not been given yet."""
        found: list[Mapping[str, Any]] = []
        more = True
        while more:
            page = await self._mailbox.page(self._partners[partner], self._cursors[partner], _PAGE)
            found += [NoticeView.of(notice).model_dump(mode="json") for notice in page.notices]
            self._cursors[partner], more = page.cursor, page.more
        return found

    async def acknowledge(self, partner: str, notice_id: str) -> Answer:
        """Acknowledge a notice as a partner."""
        try:
            at = await self._mailbox.acknowledge(self._partners[partner], notice_id)
        except Refused as refusal:
            return _problem(problem_of(refusal))
        return Answer(200, {"id": notice_id, "acknowledged_at": at.isoformat()})


def _nobody() -> None:
    """Stand for the queue, which has nobody to wake here."""


def _problem(problem: Problem) -> Answer:
    return Answer(problem.kind.status, problem.as_json())


def _answered(taken: Taken | Duplicate | OutOfSequence) -> Answer:
    """Give what the CLEC's door answers."""
    try:
        return Answer(202, accepted(taken).acknowledgement.as_json())
    except Problem as problem:
        return _problem(problem)
