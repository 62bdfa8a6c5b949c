"""What the pages of order entry share: whose drafts, by which agreement, and how a draft is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from gateway.doors.problems import Kind, Problem
from gateway.portal.entry.judging import Judged
from gateway.portal.entry.prompts import buttons
from gateway.portal.entry.work import Work
from gateway.portal.forms.places import Findings
from gateway.portal.forms.views import Beside, Request
from gateway.portal.pages import Asked, Shown
from gateway.portal.services import Services
from gateway.record.portal import Draft
from gateway.record.rows import Partner
from gateway.services.drafts import Author, Drafts
from validators.agreement.terms import Agreement
from validators.fields import FieldCatalogue
from validators.messages.request import MessageFamily
from validators.releases import SECOND
from validators.rules.case import PartnerCodes
from validators.schema import Schemas
from validators.usage import Asked as AskedRules
from validators.usage import Usage


@dataclass(frozen=True, slots=True)
class Told:
    """What a page tells of a draft beside what is filled in.

    Attributes:
        judged: what the judge said, if it was asked.
        said: a sentence on top.
        beside: answers of the ILEC's systems, by the name of the input.
    """

    judged: Judged | None = None
    said: str = ""
    beside: Mapping[str, Sequence[Beside]] = field(default_factory=lambda: MappingProxyType({}))
    status: int = 200


class Drafting:
    """The desk at which drafts are worked on."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.drafts = Drafts(services.record, services.reads, services.desk.ids, services.machine)

    @staticmethod
    def author(asked: Asked) -> Author:
        """Give whose drafts are meant: those of who asks."""
        return Author(asked.principal.credential_id, asked.principal.partner)

    async def partner(self, asked: Asked) -> Partner:
        """Give the partner of who asks."""
        partner = await self.services.record.partner(asked.principal.partner)
        if partner is None:
            raise Problem(Kind.NOT_FOUND, "your partner is not on record; tell the ILEC's operator")
        return partner

    async def agreement(self, asked: Asked) -> Agreement:
        """Give the agreement of who asks."""
        return self.services.desk.agreement_with(await self.partner(asked))

    def codes(self, partner: Partner) -> PartnerCodes:
        """Give the codes by which a partner calls itself."""
        return PartnerCodes.of(partner.codes)

    async def catalogue(self, asked: Asked, family: MessageFamily) -> FieldCatalogue:
        """Give the forms and fields of a family in the release that the partner of who asks is on."""
        support = await self.services.trade.intake.support(asked.principal.partner)
        schemas = self._second if support.release == SECOND else self.services.schemas
        return (schemas if family in schemas.families() else self.services.schemas).catalogue(family)

    @cached_property
    def _second(self) -> Schemas:
        return Schemas(SECOND)

    @cached_property
    def _rules(self) -> AskedRules:
        return AskedRules(self.services.judge, self.services.schemas, self.services.machine.now())

    def usage(self, agreement: Agreement, family: MessageFamily, requisition: str, activity: str) -> Usage:
        """Give what the agreement's rules ask of a kind of request."""
        return self._rules.usage(agreement.id, family, requisition, activity)

    async def shown(self, asked: Asked, draft: Draft, work: Work, told: Told = Told()) -> Shown:
        """Show a draft as a form, with what there is to tell of it."""
        agreement = await self.agreement(asked)
        typed = work.typed
        kind = (typed.of_head("REQTYP"), typed.of_head("ACT"))
        findings = told.judged.findings if told.judged else Findings()
        usage = self.usage(agreement, typed.family, *kind)
        catalogue = await self.catalogue(asked, typed.family)
        request = Request(catalogue, typed, usage, findings, told.beside or buttons(typed))
        view = request.view()
        context = {
            "draft": draft,
            "work": work,
            "request": view,
            "judged": told.judged,
            "said": told.said,
            "wrong": view.links(findings.rejecting),
            "remarks": view.links(findings.remarks),
        }
        return Shown("entry/draft.html", context, told.status, zone=agreement.calendar.zone.key)
