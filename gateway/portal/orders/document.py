"""Pages of an order's documents: one version's fields and XML, and two versions side by side."""

from collections.abc import Sequence

from aiohttp import web

from gateway.doors.problems import Kind, Problem
from gateway.portal.orders.documents import Part, differences, parts_of, pretty
from gateway.portal.orders.own import own_order
from gateway.portal.pages import Asked, Listing, Page, Shown
from gateway.portal.services import Services
from gateway.record.rows import Order, Submission
from gateway.services.blanking import purged_at
from gateway.services.refusals import refuse_if_purged

_LIKE = ("readOrder", "readDocument")


class DocumentPages:
    """What was sent."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def show(self, asked: Asked) -> Shown:
        """Show a version, the one in force if none is named."""
        order, versions = await self._versions(asked)
        shown = _named(versions, asked.query("ver") or order.ver)
        parts = self._parts(order, shown)
        context = {
            "order": order,
            "versions": versions,
            "shown": shown,
            "parts": parts,
            "xml": pretty(shown.body),
        }
        rows = [
            (part.form, part.number, field.name, field.title, field.value) for part in parts for field in part.fields
        ]
        listing = Listing(f"{order.pon}-{shown.ver}", ("Form", "Line", "Field", "Title", "Value"), rows)
        return Shown("orders/document.html", context, listing=listing)

    async def file(self, asked: Asked) -> web.Response:
        """Give a version byte for byte, as a file."""
        order, versions = await self._versions(asked)
        shown = _named(versions, asked.query("ver") or order.ver)
        headers = {
            "Content-Disposition": f'attachment; filename="{order.pon}-{shown.ver}.xml"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        }
        return web.Response(body=shown.body, content_type="application/xml", headers=headers)

    async def compare(self, asked: Asked) -> Shown:
        """Show two versions side by side; the last two if none are named."""
        order, versions = await self._versions(asked)
        latest = [version.ver for version in versions][-2:]
        before = _named(versions, asked.query("before") or latest[0])
        after = _named(versions, asked.query("after") or latest[-1])
        found = differences(self._parts(order, before), self._parts(order, after))
        all_fields = asked.query("all") == "yes"
        shown = found if all_fields else [one for one in found if one.how != "same"]
        context = {
            "order": order,
            "vers": [(version.ver, f"VER {version.ver}") for version in versions],
            "before": before,
            "after": after,
            "differences": shown,
            "all_fields": all_fields,
            "same": sum(one.how == "same" for one in found),
        }
        rows = [(one.part, one.field, one.title, one.how, one.before, one.after) for one in shown]
        columns = ("Form", "Field", "Title", "What", f"VER {before.ver}", f"VER {after.ver}")
        listing = Listing(f"{order.pon}-{before.ver}-{after.ver}", columns, rows)
        return Shown("orders/compare.html", context, listing=listing)

    async def _versions(self, asked: Asked) -> tuple[Order, Sequence[Submission]]:
        """Give the order and its documents.

        Raises:
            Problem: it is not there for who asks, or no message brought it.
        """
        order = await own_order(self._services.record, asked)
        versions = await self._services.record.submissions(order.id)
        if not versions:
            raise Problem(Kind.NOT_FOUND, "no message brought this: it has no document")
        # Two that came at one instant, as a clock that is set by hand allows, stand by their version.
        return order, sorted(versions, key=lambda version: (version.received_at, version.ver))

    def _parts(self, order: Order, version: Submission) -> Sequence[Part]:
        return parts_of(version.body, self._services.schemas.catalogue(order.family.message))

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        return (
            Page("GET", "/portal/orders/{id}/document", "orderDocument", self.show, _LIKE),
            Page("GET", "/portal/orders/{id}/document/file", "orderDocumentFile", self.file, _LIKE),
            Page("GET", "/portal/orders/{id}/versions", "orderVersions", self.compare, _LIKE),
        )


def _named(versions: Sequence[Submission], ver: str) -> Submission:
    for version in versions:
        if version.ver == ver:
            refuse_if_purged(f"version {ver}", purged_at(version.body))
            return version
    raise Problem(Kind.NOT_FOUND, f"this order has no version {ver[:10]!r}")
