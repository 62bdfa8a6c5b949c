"""Every administrative act, newest first, and whether the log's seals hold."""

import json
from collections.abc import Iterable, Mapping
from typing import Final

from gateway.portal.pages import Asked, Listing, Page, Shown
from gateway.portal.paging import A_FILE, A_PAGE, number_from
from gateway.portal.services import Services

_HERE: Final = "/portal/audit"
_COLUMNS: Final = ("Number", "At", "By", "Act", "Subject", "Detail", "Seal")


class AuditPages:
    """The audit log."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def list(self, asked: Asked) -> Shown:
        """Show a page of it. Its numbers have no gaps, so that a page can be counted back from its end."""
        last = await self._services.record.audit.last()
        newest = last.seq if last else 0
        until = min(number_from(asked, "until", newest), newest)
        after = max(until - (A_FILE if asked.wants_csv else A_PAGE), 0)
        found = await self._services.audit.page(after, until - after)
        entries = [(entry, json.dumps(entry.detail, sort_keys=True) if entry.detail else "") for entry in found[::-1]]
        rows = [(one.seq, one.at, one.actor, one.action, one.subject, detail, one.seal) for one, detail in entries]
        context = {
            "entries": entries,
            "names": await names_of(self._services, (entry.actor for entry in found)),
            "following": f"until={after}" if after else "",
            "newest": last,
        }
        return Shown("operations/audit.html", context, listing=Listing("audit-log", _COLUMNS, rows))

    async def check(self, asked: Asked) -> Shown:
        """Reckon every seal again, and look for one that was noted elsewhere."""
        expected = asked.query("expected").lower()
        checked = await self._services.audit.check(expected or None)
        return Shown("operations/audit_check.html", {"checked": checked, "expected": expected})

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        like = ("readAuditLog",)
        return (
            Page("GET", _HERE, "audit", self.list, like, "Audit log", "Operations"),
            Page("GET", f"{_HERE}/check", "auditCheck", self.check, like),
        )


async def names_of(services: Services, actors: Iterable[str | None]) -> Mapping[str, str]:
    """Give the logins of those actors who are people, by their ids; keys and commands go by what they are called."""
    ids = {actor for actor in actors if actor is not None and actor.startswith("prs_")}
    people = [await services.record.people.person(person_id) for person_id in sorted(ids)]
    return {person.id: person.login for person in people if person is not None}
