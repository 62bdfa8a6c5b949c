"""How the gateway stands now: work, clocks, notices, each figure with what it means."""

from gateway.portal.operations.signs import Looked, signs
from gateway.portal.pages import Asked, Listing, Page, Shown
from gateway.portal.services import Services
from gateway.queue.streams import QueueUnavailable


class Health:
    """The operators' first page."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def show(self, asked: Asked) -> Shown:
        """Show it as it stands at this moment."""
        del asked
        now = self._services.clock.now()
        found = signs(await self._look(), now, self._services.queue.terms)
        rows = [(sign.name, sign.figure, sign.standing, sign.means, sign.todo) for sign in found]
        listing = Listing("health", ("Figure", "Value", "Standing", "Meaning", "To do"), rows)
        return Shown("operations/health.html", {"signs": found}, listing=listing)

    async def _look(self) -> Looked:
        record = self._services.record
        return Looked(
            await record.work_counts(),
            await record.clock_counts(self._services.clock.now()),
            await self._trouble(),
            await record.undelivered_notices(),
            await self._services.sending.undelivered.parked(),
        )

    async def _trouble(self) -> str:
        try:
            await self._services.queue.streams.ping()
        except QueueUnavailable as trouble:
            return str(trouble)
        return ""

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        like = ("nearClocks", "listDead")
        return (Page("GET", "/portal/operations", "health", self.show, like, "Health", "Operations"),)
