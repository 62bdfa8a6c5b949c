"""Operator data: the registers, the entries of one, and one entry with its withdrawal."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from gateway.portal.operations.audit_log import names_of
from gateway.portal.operations.register_form import RegisterForm, told
from gateway.portal.pages import Answer, Asked, Elsewhere, Listing, Page, Shown
from gateway.portal.paging import A_FILE, A_PAGE
from gateway.portal.services import Services
from gateway.record.registers import RegisterQuery, RegisterRow
from gateway.services.registers import AlreadyWithdrawn, register_named
from validators.registers.announcements import ANNOUNCEMENTS
from validators.registers.conversions import BLOCKED_TIMES, CONVERSIONS
from validators.registers.credit import HOLDS
from validators.registers.entry import Register
from validators.registers.interfaces import MAINTENANCE, OUTAGES
from validators.registers.known import REGISTERS

HERE: Final = "/portal/registers"
_OFTEN: Final = {
    OUTAGES.id: "Outage log",
    MAINTENANCE.id: "Maintenance log",
    CONVERSIONS.id: "Embargoes and quiet periods",
    HOLDS.id: "Credit holds",
    BLOCKED_TIMES.id: "Times without porting",
    ANNOUNCEMENTS.id: "Announcements",
}
"""What operators need every day, as they call it."""
_MOST_REASON: Final = 500
_COLUMNS: Final = (
    "Entry",
    "Partner",
    "Key",
    "Says",
    "Section",
    "From",
    "Until",
    "Entered",
    "By",
    "Withdrawn",
    "By",
    "Because",
)


class RegisterPages:
    """Registers as they are looked at, and entries that are withdrawn."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def list(self, asked: Asked) -> Shown:
        """Show all registers."""
        del asked
        counts = await self._services.registers.counts()
        known = [(register, *counts.get(register.id, (0, 0))) for register in REGISTERS.values()]
        rows = [(one.id, one.purpose, one.section, entered - gone, gone) for one, entered, gone in known]
        listing = Listing("registers", ("Register", "Purpose", "Section", "Entries", "Withdrawn"), rows)
        often = [(_OFTEN[one.id], one, entered - gone) for one, entered, gone in known if one.id in _OFTEN]
        often.sort(key=lambda found: list(_OFTEN).index(found[1].id))
        return Shown("operations/registers.html", {"known": known, "often": often}, listing=listing)

    async def show(self, asked: Asked) -> Shown:
        """Show a page of one register."""
        register = register_named(asked.part("name"))
        limit = A_FILE if asked.wants_csv else A_PAGE
        filters = {name: asked.query(name) for name in ("partner", "key", "withdrawn") if asked.query(name)}
        query = RegisterQuery(
            register.id,
            partner_id=filters.get("partner"),
            key=filters.get("key"),
            withdrawn="withdrawn" in filters,
            after=asked.query("after") or None,
            limit=limit + 1,
        )
        found = await self._services.registers.page(query)
        entries, form = found[:limit], await form_of(self._services, register)
        context = {
            "register": register,
            "name": _OFTEN.get(register.id, ""),
            "entries": [(row, told(form, row.data), self._standing(row)) for row in entries],
            "following": urlencode({**filters, "after": entries[-1].id}) if len(found) > limit else "",
            "filters": filters,
            "partners": await partner_names(self._services),
        }
        listing = Listing(register.id, _COLUMNS, [_row(row, form) for row in entries])
        return Shown("operations/register.html", context, listing=listing)

    async def entry(self, asked: Asked) -> Shown:
        """Show one entry."""
        register = register_named(asked.part("name"))
        row = await self._services.registers.entry(register, asked.part("id"))
        return await self._shown(register, row)

    async def withdraw(self, asked: Asked) -> Answer:
        """Withdraw an entry; a second press of the same button finds it done."""
        register, by, because = register_named(asked.part("name")), asked.principal.credential_id, asked.text("because")
        row = await self._services.registers.entry(register, asked.part("id"))
        if not because or len(because) > _MOST_REASON:
            wrong = f"Say why, in {_MOST_REASON} characters at most: it stays on record."
            return await self._shown(register, row, because, wrong, 422)
        try:
            await self._services.registers.withdraw(register, row.id, by, because)
        except AlreadyWithdrawn:
            if (row.withdrawn_by, row.withdrawn_because) != (by, because):
                return await self._shown(register, row, because, status=409)
        return Elsewhere(f"{HERE}/{register.id}/{row.id}", "The entry is withdrawn.")

    async def _shown(
        self, register: Register[Any], row: RegisterRow, because: str = "", wrong: str = "", status: int = 200
    ) -> Shown:
        form = await form_of(self._services, register)
        context = {
            "register": register,
            "entry": row,
            "says_what": told(form, row.data),
            "standing": self._standing(row),
            "names": await names_of(self._services, (row.entered_by, row.withdrawn_by)),
            "because": because,
            "wrong": wrong,
        }
        return Shown("operations/entry.html", context, status)

    def _standing(self, row: RegisterRow) -> str:
        return standing_of(row, self._services.registers.today)

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        one = f"{HERE}/{{name}}/{{id}}"
        return (
            Page("GET", HERE, "registers", self.list, ("listRegisters",), "Registers", "Operations"),
            Page("GET", f"{HERE}/{{name}}", "register", self.show, ("listRegisterEntries",)),
            Page("GET", one, "registerEntry", self.entry, ("getRegisterEntry",)),
            Page("POST", f"{one}/withdrawal", "registerWithdrawal", self.withdraw, ("withdrawRegisterEntry",)),
        )


async def form_of(services: Services, register: Register[Any]) -> RegisterForm:
    """Give the form of a register, with the partners whom an entry may concern."""
    zone = services.desk.calendar_for(None).zone
    return RegisterForm(register, list((await partner_names(services)).items()), zone)


async def partner_names(services: Services) -> Mapping[str, str]:
    """Give the partners: their names by id."""
    return {partner.id: f"{partner.name} ({partner.id})" for partner in await services.record.partners()}


def standing_of(row: RegisterRow, today: date) -> str:
    """Say whether an entry is in force on a day."""
    if row.withdrawn_at is not None:
        return "withdrawn"
    if today < row.valid_from:
        return "later"
    return "over" if row.valid_until is not None and row.valid_until < today else "in force"


def _row(row: RegisterRow, form: RegisterForm) -> Sequence[object]:
    return (
        row.id,
        row.partner_id,
        row.key,
        "; ".join(f"{name}: {value}" for name, value in told(form, row.data)),
        row.section,
        row.valid_from,
        row.valid_until,
        row.entered_at,
        row.entered_by,
        row.withdrawn_at,
        row.withdrawn_by,
        row.withdrawn_because,
    )
