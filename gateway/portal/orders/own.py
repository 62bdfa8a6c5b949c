"""An order by its id, for whom it exists."""

from gateway.doors.problems import Kind, Problem
from gateway.portal.pages import Asked
from gateway.record.port import Record
from gateway.record.rows import Order


async def own_order(record: Record, asked: Asked) -> Order:
    """Give the order that the page's address names.

    Raises:
        Problem: there is none, or it is another partner's; nobody can tell these two apart (404).
    """
    order = await record.order(asked.part("id"))
    if order is None or not asked.principal.may_read(order):
        raise Problem(Kind.NOT_FOUND, "there is no such order, or it is not yours")
    return order
