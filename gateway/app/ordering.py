"""The room of the trade itself: questions before an order, orders and batches in, decisions back, deadlines kept."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from gateway.app.ground import Ground, Loop, Room
from gateway.app.sandbox import Sandbox
from gateway.doors.backend import BackendDoor
from gateway.doors.batches import BatchDoor
from gateway.doors.by_hand import ByHandDoor
from gateway.doors.clec import ClecDoor
from gateway.doors.drop_folder import DropFolder
from gateway.doors.operations import OperationsDoor
from gateway.doors.preorder import PreOrderDoor
from gateway.doors.reading import Limits
from gateway.doors.reference_files import ReferenceFilesDoor
from gateway.doors.routes import Door
from gateway.doors.soap.door import SoapDoor
from gateway.lifecycle.decisions import DecisionInvalid
from gateway.portal.services import Trade
from gateway.preorder.ilec_system import IlecTerms
from gateway.queue.decisions import Handling
from gateway.queue.lease import Lease
from gateway.queue.wakeup import Wakeup
from gateway.record.holds import HoldBook
from gateway.record.preorder import PreOrderReads
from gateway.services.batch_runner import BatchRunner, Shift
from gateway.services.batches import Batches
from gateway.services.by_hand import OrdersByHand
from gateway.services.clock_keeper import ClockKeeper
from gateway.services.customer_records import CustomerRecords
from gateway.services.decisions import Decisions
from gateway.services.held_orders import HeldOrders
from gateway.services.holds import Holds, HoldTerms
from gateway.services.intake import Intake
from gateway.services.mailbox import Mailbox
from gateway.services.matters import Matters
from gateway.services.preorder import PreOrder, answered_of_record
from gateway.services.query_log import QueryLog
from gateway.services.rechecks import Rechecks
from gateway.services.reference_checks import ReferenceChecks
from gateway.services.reference_files import ReferenceFiles
from gateway.services.refusals import Refused
from gateway.services.register_keeper import RegisterKeeper
from gateway.services.right_of_way import RightOfWay
from gateway.services.time_travel import TimeTravel
from gateway.settings import Settings
from validators.bundled import bundled_path


def sources_of(settings: Settings) -> Path | IlecTerms:
    """Give where reference data comes from: the ILEC's own system if its address is set, else a territory's files."""
    if settings.ilec_url is None:
        return settings.territory or bundled_path("config") / "territory"
    keep = timedelta(minutes=settings.ilec_keep_minutes)
    return IlecTerms(settings.ilec_url, settings.ilec_key, settings.ilec_seconds, keep)


@dataclass(frozen=True, slots=True)
class BeforeOrders:
    """What is answered and held before anything is ordered."""

    preorder: PreOrder
    checks: ReferenceChecks
    files: ReferenceFiles
    query_log: QueryLog
    due: tuple[Callable[[], Awaitable[object]], ...]
    """What the clock keeper does whenever it looks: let go what was held too long, check what could not be checked."""


def before_orders(ground: Ground) -> BeforeOrders:
    """Build the answers to pre-order queries, and the checks of orders that use the same."""
    settings, record, sources, desk = ground.settings, ground.record, ground.sources, ground.desk
    terms = HoldTerms(timedelta(hours=settings.number_hold_hours), timedelta(hours=settings.appointment_hold_hours))
    holds, query_log = Holds(HoldBook(record), sources, ground.clock, desk.ids, terms), QueryLog(record, ground.machine)
    customers = CustomerRecords(record, PreOrderReads(record), sources, ground.clock, desk.ids)
    answered = answered_of_record(holds, customers)
    preorder = PreOrder(record, desk, sources, answered, query_log, ground.clock, ground.metrics)
    checks = ReferenceChecks(sources, HoldBook(record), settings.order_check_seconds)
    rechecks = Rechecks(record, PreOrderReads(record), desk, ground.judge, checks, ground.clock)
    files = ReferenceFiles(sources, ground.machine, timedelta(minutes=settings.reference_file_minutes))
    return BeforeOrders(preorder, checks, files, query_log, (holds.release_due, rechecks.run_due))


@dataclass(frozen=True, slots=True)
class Ordering:
    """The room of orders, its door for SOAP, which has open routes beside its others, and its services."""

    room: Room
    soap: SoapDoor
    trade: Trade


def ordering(ground: Ground, test: Sandbox | None) -> Ordering:
    """Build what takes orders, queues them, takes the decisions on them, and keeps their deadlines."""
    record, desk, queue, clock, limits = ground.record, ground.desk, ground.queue, ground.clock, ground.limits
    metrics, wake, before = ground.metrics, queue.wakeup.ring, before_orders(ground)
    decisions = Decisions(record, desk, ground.judge, clock, metrics, wake)
    keeper = ClockKeeper(record, desk, clock, metrics, wake, before.due)
    matters = Matters(record, desk, ground.registers)
    followers = RegisterKeeper(record, ground.registers, clock, (matters, HeldOrders(record, desk)))
    travel = TimeTravel(ground.manual, record, keeper, followers) if ground.manual else None
    right_of_way = RightOfWay(ground.machine)
    intake = Intake(record, desk, ground.judge, clock, wake, before.checks, right_of_way)
    mailbox = Mailbox(record, clock)
    soap = SoapDoor(intake, mailbox, before.preorder, metrics, limits)
    batches, batch_room = _batches(ground, intake, right_of_way)
    by_hand = OrdersByHand(record, intake, mailbox, ground.registers, ground.audit)
    doors: list[Door] = [
        ClecDoor(record, desk, intake, mailbox, metrics, limits),
        *batch_room.doors,
        PreOrderDoor(before.preorder, limits),
        ReferenceFilesDoor(before.files),
        ByHandDoor(by_hand, limits),
        BackendDoor(queue.claims, decisions, limits),
        OperationsDoor(record, queue.sweep, clock, travel, ground.audit, limits),
        soap,
    ]
    run_time: Loop = keeper.run
    if test:
        sandbox, back_end = test.room(ground, decisions, keeper, followers)
        doors.append(sandbox)
        run_time = back_end.run
    handling = Handling(decisions.take, (Refused, DecisionInvalid))
    loops: tuple[Loop, ...] = (
        queue.relay(ground.holder).run,
        queue.decision_reader(ground.holder, handling).run,
        run_time,
        partial(followers.run, ground.machine),
        before.query_log.run,
        *batch_room.loops,
    )
    trade = Trade(intake, decisions, mailbox, before.preorder, before.files, batches, by_hand, travel)
    return Ordering(Room(doors, loops), soap, trade)


def _batches(ground: Ground, intake: Intake, right_of_way: RightOfWay) -> tuple[Batches, Room]:
    """Build what takes whole files of orders, by a door and by a folder, and works them off."""
    settings, machine = ground.settings, ground.machine
    bell = Wakeup(machine)
    batches = Batches(ground.record, ground.clock, bell.ring)
    lease = Lease(ground.record, machine, "batches", ground.holder, ground.queue.terms.lease)
    shift = Shift(lease, bell, machine, right_of_way)
    schemas, later = ground.schemas, ground.later
    loops = [BatchRunner(ground.record, intake, schemas, later, ground.clock, shift, ground.metrics).run]
    if settings.drop_folder is not None:
        loops.append(DropFolder(settings.drop_folder, batches, machine, settings.batch_limit).run)
    return batches, Room([BatchDoor(batches, intake, Limits(settings.batch_limit, settings.batch_seconds))], loops)
