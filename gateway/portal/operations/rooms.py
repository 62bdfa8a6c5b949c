"""What operations look at and do, in the order of the menu."""

from gateway.portal.operations.agreements import AgreementPages
from gateway.portal.operations.audit_log import AuditPages
from gateway.portal.operations.clocks import NearClocks
from gateway.portal.operations.daily_report import DailyReportPages
from gateway.portal.operations.dead_letters import DeadLetters
from gateway.portal.operations.deliveries import DeliveryPages
from gateway.portal.operations.health import Health
from gateway.portal.operations.monthly_reports import MonthlyReportPages
from gateway.portal.operations.partners import PartnerPages
from gateway.portal.operations.register_entry import RegisterEntry
from gateway.portal.operations.registers import RegisterPages
from gateway.portal.pages import Pages
from gateway.portal.services import Services


def operations_rooms(services: Services) -> tuple[Pages, ...]:
    """Give every room of operations."""
    return (
        Health(services),
        NearClocks(services),
        DeadLetters(services),
        DeliveryPages(services),
        RegisterEntry(services),
        RegisterPages(services),
        PartnerPages(services),
        AgreementPages(services),
        AuditPages(services),
        MonthlyReportPages(services),
        DailyReportPages(services),
    )
