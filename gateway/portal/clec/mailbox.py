"""A CLEC's mailbox: its notices, the newest first; each is acknowledged on its page, or all that a list shows."""

import asyncio
from collections.abc import Sequence
from typing import Final

from gateway.doors.parameters import MOST_CURSOR
from gateway.doors.reading import whole_number
from gateway.notices.plain_text import plain_text
from gateway.portal.pages import Asked, Elsewhere, Listing, Page, Shown
from gateway.portal.services import Services
from gateway.record.rows import Notice
from gateway.services.blanking import purged_at
from gateway.services.refusals import refuse_if_purged

_A_PAGE: Final = 50
_A_FILE: Final = 10_000
_LIST: Final = "/portal/mailbox"
_COLUMNS: Final = ("Cursor", "Kind", "PON", "VER", "Section", "Issued", "Acknowledged", "Order", "Notice")
_IN_HEAD: Final = frozenset(
    {"id", "kind", "section", "issued_at", "order_id", "pon", "ver", "findings", "charges", "form"}
)
"""Members of a notice that its page shows elsewhere."""


class MailboxPages:
    """Notices to read and to acknowledge."""

    def __init__(self, services: Services) -> None:
        self._reads = services.reads
        self._mailbox = services.trade.mailbox

    async def list(self, asked: Asked) -> Shown:
        """Show a page of notices: the unread ones, or all."""
        everything = asked.query("show") == "all"
        limit = _A_FILE if asked.wants_csv else _A_PAGE
        cursor = whole_number(asked.request, "after", default=MOST_CURSOR, least=0, most=MOST_CURSOR)
        found = await self._reads.notices_before(asked.principal.partner, cursor, limit + 1, unread=not everything)
        notices = found[:limit]
        context = {
            "notices": notices,
            "everything": everything,
            "later_page": bool(asked.query("after")),
            "shown": {"show": "all"} if everything else {},
            "following": _following(notices, everything=everything) if len(found) > limit else "",
            "unread": [notice.id for notice in notices if notice.acknowledged_at is None],
        }
        return Shown("clec/mailbox.html", context, listing=Listing("notices", _COLUMNS, [_row(one) for one in notices]))

    async def show(self, asked: Asked) -> Shown:
        """Show one notice as people read it."""
        notice = await self._mailbox.notice(asked.principal.partner, asked.part("id"))
        refuse_if_purged(f"notice {notice.id}", purged_at(notice.document))
        fields = [(name, value) for name, value in notice.data.items() if name not in _IN_HEAD]
        context = {"notice": notice, "text": plain_text(notice.document), "fields": fields}
        return Shown("clec/notice.html", context)

    async def acknowledge(self, asked: Asked) -> Elsewhere:
        """Note that a notice was taken."""
        notice_id = asked.part("id")
        await self._mailbox.acknowledge(asked.principal.partner, notice_id)
        return Elsewhere(f"{_LIST}/{notice_id}", "The notice is acknowledged.")

    async def acknowledge_all(self, asked: Asked) -> Elsewhere:
        """Note that the notices which a list has shown were taken, and none that came since."""
        shown = asked.text("notices").split()[:_A_PAGE]
        await asyncio.gather(*(self._mailbox.acknowledge(asked.principal.partner, one) for one in shown))
        return Elsewhere(_LIST, f"{len(shown)} notices are acknowledged.")

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        read, write = ("readMailbox", "readNotice"), ("readNotice", "acknowledgeNotice")
        return (
            Page("GET", _LIST, "mailbox", self.list, read, "Mailbox"),
            Page("GET", f"{_LIST}/{{id}}", "notice", self.show, read),
            Page("POST", f"{_LIST}/acknowledge", "acknowledgeAll", self.acknowledge_all, write),
            Page("POST", f"{_LIST}/{{id}}/acknowledge", "acknowledge", self.acknowledge, write),
        )


def _following(notices: Sequence[Notice], *, everything: bool) -> str:
    return f"{'show=all&' if everything else ''}after={notices[-1].cursor}"


def _row(notice: Notice) -> Sequence[object]:
    return (
        *(notice.cursor, notice.kind, notice.data.get("pon"), notice.ver, notice.section, notice.issued_at),
        *(notice.acknowledged_at, notice.data.get("order_id"), notice.id),
    )
