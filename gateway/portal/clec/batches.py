"""Batch files: sent up, followed while they are processed, read request by request, and their response file."""

from aiohttp import web

from gateway.portal.clec.clecs import CLEC_ROLES
from gateway.portal.pages import Answer, Asked, Elsewhere, Listing, Page, Shown
from gateway.portal.services import Services

_A_PAGE = 50
_A_FILE = 10_000
_LONGEST_NAME = 200
_BATCHES = ("File", "Received", "State", "Requests", "Processed", "Finished")
_RESULTS = ("Request", "Row", "PON", "VER", "Outcome", "Order", "Findings")


class BatchPages:
    """A CLEC's batch files."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def list(self, asked: Asked) -> Shown:
        """Show a page of files, the newest first."""
        return await self._listed(asked)

    async def take(self, asked: Asked) -> Answer:
        """Take a file."""
        upload = asked.form.get("file")
        body = b"" if upload is None or isinstance(upload, str) else upload.file.read()
        if not body or upload is None or isinstance(upload, str):
            return await self._listed(asked, "Choose a file with at least one request.")
        name = upload.filename[:_LONGEST_NAME]
        batch = await self._services.trade.batches.receive(asked.principal.partner, body, name)
        return Elsewhere(f"/portal/batches/{batch.id}", f"{name or 'The file'} is on record; its requests follow.")

    async def show(self, asked: Asked) -> Shown:
        """Show how far a file is, and what became of its requests."""
        progress = await self._services.trade.batches.progress(asked.principal.partner_id, asked.part("id"))
        limit = _A_FILE if asked.wants_csv else _A_PAGE
        after = asked.query("after")
        found = await self._services.record.batches.results(
            progress.batch.id, int(after) if after.isdecimal() else 0, limit + 1
        )
        results = found[:limit]
        rows = [
            (
                result.number,
                result.told.get("row"),
                result.told.get("pon"),
                result.told.get("ver"),
                result.outcome,
                result.order_id,
                "; ".join(str(finding.get("text")) for finding in result.told.get("findings", ())),
            )
            for result in results
        ]
        context = {
            "progress": progress,
            "results": results,
            "following": f"after={results[-1].number}" if len(found) > limit else "",
        }
        return Shown("clec/batch.html", context, listing=Listing("batch", _RESULTS, rows))

    async def response(self, asked: Asked) -> web.StreamResponse:
        """Give the response file."""
        progress = await self._services.trade.batches.progress(asked.principal.partner_id, asked.part("id"))
        body = await self._services.trade.batches.response(progress.batch)
        headers = {
            "Content-Disposition": f'attachment; filename="{progress.batch.id}.csv"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        return web.Response(body=body, content_type="text/csv", charset="utf-8", headers=headers)

    async def _listed(self, asked: Asked, wrong: str = "") -> Shown:
        batches, partner = self._services.record.batches, asked.principal.partner
        limit = _A_FILE if asked.wants_csv else _A_PAGE
        found = await batches.of_partner(partner, asked.query("after") or None, limit + 1)
        shown = found[:limit]
        processed = await batches.processed_of([batch.id for batch in shown])
        rows = [
            (one.name, one.received_at, one.state.value, one.total, processed.get(one.id, 0), one.finished_at)
            for one in shown
        ]
        context = {
            "batches": shown,
            "processed": processed,
            "wrong": wrong,
            "following": f"after={shown[-1].id}" if len(found) > limit else "",
        }
        listing = Listing("batches", _BATCHES, rows)
        return Shown("clec/batches.html", context, 422 if wrong else 200, listing=listing)

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        path, one, roles = "/portal/batches", "/portal/batches/{id}", CLEC_ROLES
        return (
            Page("GET", path, "batches", self.list, ("readBatch",), "Batch files", roles=roles),
            Page("POST", path, "batchSent", self.take, ("submitBatch", "readBatch"), roles=roles),
            Page("GET", one, "batch", self.show, ("readBatch", "readBatchResponse"), roles=roles),
            Page("GET", f"{one}/response", "batchResponse", self.response, ("readBatchResponse",), roles=roles),
        )
