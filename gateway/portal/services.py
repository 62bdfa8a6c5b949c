"""What pages work with: the very services that the API's doors work with, and nothing else."""

from dataclasses import dataclass

from gateway.clock import Clock
from gateway.metrics import Metrics
from gateway.queue.assembly import Queue
from gateway.record.operations import OperationsReads
from gateway.record.port import Record
from gateway.record.portal import PortalReads
from gateway.record.waiting import WaitingReads
from gateway.reports.on_request import ReportsOnRequest
from gateway.sandbox.examination import Examination
from gateway.services.audit import AuditLog
from gateway.services.batches import Batches
from gateway.services.by_hand import OrdersByHand
from gateway.services.daily_reports import DailyReports
from gateway.services.decisions import Decisions
from gateway.services.desk import Desk
from gateway.services.intake import Intake
from gateway.services.keys import Keys
from gateway.services.mailbox import Mailbox
from gateway.services.order_claims import OrderClaims
from gateway.services.partner_files import PartnerFiles
from gateway.services.preorder import PreOrder
from gateway.services.reference_files import ReferenceFiles
from gateway.services.registers import Registers
from gateway.services.time_travel import TimeTravel
from gateway.services.undelivered import UndeliveredNotices
from gateway.services.webhook_endpoints import WebhookEndpoints
from gateway.webhooks.tools import Tools
from validators.judge import Judge
from validators.schema import Schemas


@dataclass(frozen=True, slots=True)
class Trade:
    """Of orders: questions before them, orders in, decisions, notices."""

    intake: Intake
    decisions: Decisions
    mailbox: Mailbox
    preorder: PreOrder
    reference_files: ReferenceFiles
    batches: Batches
    by_hand: OrdersByHand
    travel: TimeTravel | None
    """Moves the clock, where one is set by hand."""


@dataclass(frozen=True, slots=True)
class Offices:
    """Of those who run the gateway: keys, partners, reports."""

    keys: Keys
    files: PartnerFiles
    daily: DailyReports
    monthly: ReportsOnRequest
    examination: Examination | None
    """Of the test environment alone: which suites a partner has passed."""


@dataclass(frozen=True, slots=True)
class Sending:
    """Of notices to the CLECs' own addresses."""

    endpoints: WebhookEndpoints
    tools: Tools
    undelivered: UndeliveredNotices


@dataclass(frozen=True, slots=True)
class Services:
    """All of them. `machine` is the machine's clock, `clock` is contract time."""

    record: Record
    reads: PortalReads
    overall: OperationsReads
    waiting: WaitingReads
    claims: OrderClaims
    desk: Desk
    clock: Clock
    machine: Clock
    registers: Registers
    queue: Queue
    audit: AuditLog
    metrics: Metrics
    judge: Judge
    schemas: Schemas
    trade: Trade
    offices: Offices
    sending: Sending
