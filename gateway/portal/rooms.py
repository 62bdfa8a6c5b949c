"""The rooms of the portal, in the order of the menu."""

from gateway.portal.clec.dashboard import Dashboard
from gateway.portal.clec.mailbox import MailboxPages
from gateway.portal.clec.rooms import clec_rooms
from gateway.portal.collocation.requests import RequestPages
from gateway.portal.collocation.writing import WritingPages
from gateway.portal.entry.preorder_pages import PreorderPages
from gateway.portal.entry.room import EntryPages
from gateway.portal.entry.supplements import SupplementPages
from gateway.portal.operations.rooms import operations_rooms
from gateway.portal.orders.document import DocumentPages
from gateway.portal.orders.order import OrderPage
from gateway.portal.orders.search import OrderList
from gateway.portal.pages import Pages
from gateway.portal.services import Services
from gateway.portal.workbench.room import Workbench


def rooms(services: Services) -> tuple[Pages, ...]:
    """Give every room."""
    return (
        Dashboard(services),
        MailboxPages(services),
        OrderList(services),
        EntryPages(services),
        SupplementPages(services),
        PreorderPages(services),
        OrderPage(services),
        DocumentPages(services),
        WritingPages(services),
        RequestPages(services),
        Workbench(services),
        *clec_rooms(services),
        *operations_rooms(services),
    )
