"""The room of the ILEC's service representatives: queues, the page of work on an order, calendar, Premises, holds."""

from gateway.portal.pages import Page
from gateway.portal.services import Services
from gateway.portal.workbench.calendar_page import CalendarPage
from gateway.portal.workbench.credit_page import CreditPage
from gateway.portal.workbench.order_page import OrderDesk
from gateway.portal.workbench.premises_pages import PremisesPages
from gateway.portal.workbench.queue_pages import QueuePages


class Workbench:
    """All pages of the room."""

    def __init__(self, services: Services) -> None:
        self._parts = (
            QueuePages(services),
            OrderDesk(services),
            CalendarPage(services),
            PremisesPages(services),
            CreditPage(services),
        )

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        return tuple(page for part in self._parts for page in part.pages())
