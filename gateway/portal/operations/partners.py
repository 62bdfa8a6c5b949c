"""Trading partners: under which agreement, with what still to do, and all that is on record of one."""

from datetime import date
from typing import Any, Final

from gateway.portal.pages import Asked, Context, Listing, Page, Shown
from gateway.portal.paging import A_FILE, A_PAGE
from gateway.portal.services import Services
from gateway.record.port import OrderQuery
from gateway.record.rows import Family, Order, Partner
from gateway.services.partner_files import PartnerFile
from gateway.services.refusals import NoAgreement, NotFound
from gateway.services.webhook_endpoints import Standing
from validators.registers.certifications import CERTIFICATIONS, PINS
from validators.registers.entry import Entry
from validators.registers.onboarding import STEPS, STEPS_DONE, Step

_HERE: Final = "/portal/partners"
_COLUMNS: Final = ("Partner", "Name", "Agreement", "Active", "Codes", "On record since", "Steps missing", "Holds")
_MATTERS: Final = 50


class PartnerPages:
    """Partners, read only: adding one and its keys stays with the command line and the API."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def list(self, asked: Asked) -> Shown:
        """Show a page of them, by id."""
        limit, after = A_FILE if asked.wants_csv else A_PAGE, asked.query("after")
        found = [one for one in await self._services.record.partners() if one.id > after]
        files = [(one, await self._file(one)) for one in found[:limit]]
        following = f"after={files[-1][0].id}" if len(found) > limit else ""
        listing = Listing("partners", _COLUMNS, [_row(partner, file) for partner, file in files])
        return Shown("operations/partners.html", {"files": files, "following": following}, listing=listing)

    async def show(self, asked: Asked) -> Shown:
        """Show one: its steps, products, holds, disputes, certificates, matters and webhook."""
        partner = await self._services.record.partner(asked.part("id"))
        if partner is None:
            raise NotFound(f"partner {asked.part('id')}")
        file = await self._file(partner)
        query = OrderQuery(partner.id, family=Family.MATTER, limit=_MATTERS)
        context: Context = {
            "shown": partner,
            "file": file,
            "steps": _steps(file) if file else [],
            "certified": _entries(file, CERTIFICATIONS),
            "pins": _entries(file, PINS),
            "matters": [(one, self._name_of(one)) for one in await self._services.record.orders(query)],
            "webhook": await self._webhook(partner.id),
        }
        return Shown("operations/partner.html", context, zone=file.agreement.zone.key if file else None)

    async def _file(self, partner: Partner) -> PartnerFile | None:
        """Give where a partner stands; None where its agreement is not loaded, which the page says."""
        try:
            return await self._services.offices.files.of(partner.id)
        except NoAgreement:
            return None

    async def _webhook(self, partner_id: str) -> Standing | None:
        try:
            return await self._services.sending.endpoints.standing(partner_id)
        except NotFound:
            return None

    def _name_of(self, matter: Order) -> str:
        term = self._services.desk.agreement_of(matter).matters.get(matter.product)
        return f"{term.name} ({term.section})" if term else matter.product

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        like = ("getPartnerFile", "listMatters")
        return (
            Page("GET", _HERE, "partners", self.list, ("getPartnerFile",), "Partners", "Operations"),
            Page("GET", f"{_HERE}/{{id}}", "partner", self.show, like),
        )


def _steps(file: PartnerFile) -> list[tuple[Step, bool, date | None]]:
    """Give every step, whether it is missing, and since when it is done."""
    missing = {step.id for step in file.missing}
    return [
        (
            step,
            step.id in missing,
            min((entry.valid_from for entry in file.dossier.in_force(STEPS_DONE, file.day, step.id)), default=None),
        )
        for step in STEPS.values()
    ]


def _entries(file: PartnerFile | None, register: Any) -> list[Entry[Any]]:
    return list(file.dossier.in_force(register, file.day)) if file else []


def _row(partner: Partner, file: PartnerFile | None) -> tuple[object, ...]:
    codes = "; ".join(f"{kind.upper()} {', '.join(values)}" for kind, values in partner.codes.items() if values)
    return (
        partner.id,
        partner.name,
        partner.agreement_id,
        "yes" if partner.active else "no",
        codes,
        partner.created_at,
        len(file.missing) if file else None,
        len(file.holds) if file else None,
    )
