"""Work that was given up: why, and sending it again; and sending again all that the back end has not confirmed."""

from gateway.doors.problems import Kind, Problem
from gateway.portal.pages import Asked, Elsewhere, Listing, Page, Shown
from gateway.portal.paging import A_FILE, A_PAGE, number_from
from gateway.portal.services import Services
from gateway.record.audit import Act

_HERE = "/portal/operations/dead"
_COLUMNS = ("Order", "PON", "VER", "Product", "Partner", "Stream", "Sent", "Made", "Reason", "Work")


class DeadLetters:
    """Dead letters and replay."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def list(self, asked: Asked) -> Shown:
        """Show a page of them, oldest first."""
        limit = A_FILE if asked.wants_csv else A_PAGE
        found = await self._services.overall.dead_work(number_from(asked, "after"), limit + 1)
        shown = found[:limit]
        following = f"after={shown[-1].work.seq}" if len(found) > limit else ""
        rows = [
            (
                one.work.order_id,
                one.pon,
                one.work.ver,
                one.product,
                one.work.partner_id,
                one.work.stream,
                one.work.sends,
                one.work.created_at,
                one.work.reason,
                one.work.id,
            )
            for one in shown
        ]
        counts = await self._services.record.work_counts()
        context = {"dead": shown, "following": following, "counts": counts}
        return Shown("operations/dead.html", context, listing=Listing("dead-letters", _COLUMNS, rows))

    async def retry(self, asked: Asked) -> Elsewhere:
        """Send those that the form names again."""
        chosen = asked.text("work").split()[:A_PAGE]
        if not chosen:
            raise Problem(Kind.MALFORMED_REQUEST, "no work is named; choose what to send again")
        subject = chosen[0][:100] if len(chosen) == 1 else f"{len(chosen)} items"
        named = {} if len(chosen) == 1 else {"work": [work_id[:100] for work_id in chosen]}
        await self._services.audit.note(Act(asked.principal.credential_id, "work.retry", subject, named))
        again = await self._services.queue.sweep.retry_dead(chosen)
        return Elsewhere(_HERE, f"{_pieces(again)} sent again.")

    async def ask_replay(self, asked: Asked) -> Shown:
        """Ask whether all that is not settled is to be sent again."""
        del asked
        return Shown("operations/replay.html", {"counts": await self._services.record.work_counts()})

    async def replay(self, asked: Asked) -> Elsewhere:
        """Send it again."""
        await self._services.audit.note(Act(asked.principal.credential_id, "work.replay", "all", {}))
        again = await self._services.queue.sweep.replay()
        return Elsewhere(_HERE, f"{_pieces(again)} sent again.")

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        return (
            Page("GET", _HERE, "deadLetters", self.list, ("listDead",), "Dead letters", "Operations"),
            Page("POST", f"{_HERE}/retry", "deadRetry", self.retry, ("retryDead",)),
            Page("GET", "/portal/operations/replay", "replayAsked", self.ask_replay, ("replayWork",)),
            Page("POST", "/portal/operations/replay", "replayed", self.replay, ("replayWork",)),
        )


def _pieces(count: int) -> str:
    return "1 piece of work is" if count == 1 else f"{count} pieces of work are"
