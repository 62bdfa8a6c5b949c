"""What notices say of happenings that change no state: service orders that were entered, services that were lost."""

from dataclasses import replace
from datetime import date

from gateway.lifecycle.happenings import LossKind, ServiceOrderEntered, ServiceOrderItem
from gateway.lifecycle.vocabulary import NoticeKind
from gateway.notices.notice import Detail, NoticeContent, notice_content
from validators.messages.service_place import ServicePlace

SERVICE_ORDER_SECTION = "12.2.1.1.2"
"""The agreement itself names no such notice: it comes with the interface's guidelines, which this section brings in."""
LOSS_SECTION = "9.2.2.15.4"
WIN_BACK_SECTION = "9.2.2.15.1"


def service_order(told: ServiceOrderEntered) -> NoticeContent:
    """Give the notice of a service order (PSON): its number, its date, and its contents as they were entered."""
    content = notice_content(
        NoticeKind.PSON, SERVICE_ORDER_SECTION, ORD=told.order_number, DD=told.due_date, REMARKS=told.remarks
    )
    return replace(content, details=tuple(_item(item) for item in told.items))


def loss(
    kind: LossKind, service: ServicePlace, lost_on: date, order_number: str | None, remarks: str | None = None
) -> NoticeContent:
    """Give the loss notice: what 12.2.5.2.4 lists, and nothing of whoever has the service now."""
    return notice_content(
        NoticeKind.LOSS,
        WIN_BACK_SECTION if kind is LossKind.WIN_BACK else LOSS_SECTION,
        LOSSTYPE=kind.value,
        CD=lost_on,
        ORD=order_number,
        AN=service.account,
        NAME=service.name,
        SA=service.address,
        LINES=service.lines,
        REMARKS=remarks,
    )


def _item(item: ServiceOrderItem) -> Detail:
    told = (
        ("ACTION", "action", item.action),
        ("CODE", "code", item.code),
        ("QTY", "quantity", str(item.quantity)),
        ("TEXT", "text", item.text),
    )
    return Detail("ITEM", "items", tuple((element, member, text) for element, member, text in told if text))
