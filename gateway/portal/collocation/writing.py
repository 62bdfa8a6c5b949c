"""A message about collocation as a form: written, kept, checked as intake would, and sent."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from gateway.doors.problems import Kind, Problem
from gateway.portal.collocation.asked_for import WHOLE, AskedForm, forms_of
from gateway.portal.collocation.letter import FAMILY, Letter
from gateway.portal.collocation.requests import own_request
from gateway.portal.entry.judging import Counter, Judged
from gateway.portal.entry.versions import next_version
from gateway.portal.entry.work import KEY_FIELD, Work
from gateway.portal.forms.places import Findings
from gateway.portal.forms.typed import Typed
from gateway.portal.pages import Answer, Asked, Elsewhere, Page, Shown
from gateway.portal.services import Services
from gateway.record.portal import Draft
from gateway.record.rows import ClockState, Order
from gateway.services.drafts import Author, Drafts, TooManyDrafts
from gateway.services.premises_list import PremisesList
from gateway.services.request_outlook import Outlooks
from validators.agreement.terms import Agreement
from validators.fields import FieldCatalogue
from validators.messages.collocation import APPLICATION, CollocationRequest
from validators.verdict import Outcome

_ANYWAY: Final = "send-anyway"
_DRAFT: Final = "draft"
"""Name of the hidden field that tells which draft the form is kept in, and of the query that opens one."""


class WritingPages:
    """The wizard of an application, and the forms of what may be sent about one later."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._counter = Counter(services)
        self._drafts = Drafts(services.record, services.reads, services.desk.ids, services.machine)
        self._outlooks = Outlooks(services.record, services.desk, services.clock)
        self._full = PremisesList(services.record, services.registers, services.clock)

    async def begin(self, asked: Asked) -> Answer:
        """Ask for kind and Premises, and then for what an application of that kind holds; or show one that was kept."""
        agreement = await self._agreement(asked)
        if asked.query(_DRAFT):
            draft = await self._drafts.one(asked.query(_DRAFT), _author(asked))
            letter = self._first(asked, agreement, str(draft.fields.get("kind", "")))
            work = Work.from_json(draft.fields)
            work = replace(work, typed=letter.stamped(self._catalogue, work.typed))
            return self._shown(letter, work, draft=draft.id)
        kind = asked.query("kind")
        terms = agreement.collocation
        if terms is None or kind not in terms.kinds:
            return Shown("collocation/begin.html", {"terms": terms, "full": await self._full.now()})
        letter = self._first(asked, agreement, kind)
        given = {"COLLO.PREM": asked.query("premises").upper(), "COLLO.PON": asked.query("pon").upper()}
        values = {**await self._known_of(asked), **{name: text for name, text in given.items() if text}}
        return self._shown(letter, Work.new(letter.begun(self._catalogue, values)))

    async def begin_sent(self, asked: Asked) -> Answer:
        """Check, keep or send the first message of a request."""
        return await self._acted(asked, self._first(asked, await self._agreement(asked), asked.text("kind")))

    async def go_on(self, asked: Asked) -> Answer:
        """Ask for what a later message holds; one that carries the whole application begins with the last one."""
        letter, order = await self._later(asked)
        values = await self._last_whole(order) if letter.says in WHOLE else letter.begun(self._catalogue, {})
        return self._shown(letter, Work.new(letter.stamped(self._catalogue, values), order.id))

    async def go_on_sent(self, asked: Asked) -> Answer:
        """Check or send a later message."""
        return await self._acted(asked, (await self._later(asked))[0])

    async def _acted(self, asked: Asked, letter: Letter) -> Answer:
        """Do what the button that was used stands for."""
        do, draft = asked.text("do"), asked.text(_DRAFT)
        typed = letter.stamped(self._catalogue, Typed.sent(self._catalogue, FAMILY, asked.form))
        work = Work(typed, asked.text(KEY_FIELD), letter.order.id if letter.order else "")
        verb, _, rest = do.partition(" ")
        if verb in ("add", "take"):
            form, _, number = rest.partition(" ")
            line = int(number) if number.isdecimal() else 0
            typed = typed.with_detail(form) if verb == "add" else typed.without_detail(form, line)
            return self._shown(letter, replace(work, typed=typed), draft=draft)
        if verb == "save":
            return await self._kept(asked, letter, work, draft)
        if verb == "delete":
            await self._forget(asked, draft)
            return Elsewhere("/portal/collocation", "The draft is deleted.")
        judged = await self._counter.try_out(letter.partner_id, self._catalogue, work)
        lacking = judged.acknowledgement is not None and judged.acknowledgement.outcome == Outcome.DEFERRED
        waits = not judged.again and (not judged.good or (lacking and do != _ANYWAY))
        if do == "check" or waits:
            return self._shown(letter, work, judged, 422 if waits and do != "check" else 200, draft)
        return await self._sent(asked, letter, work, draft)

    async def _sent(self, asked: Asked, letter: Letter, work: Work, draft: str) -> Answer:
        judged = await self._counter.hand_in(letter.partner_id, self._catalogue, work)
        if judged.acknowledgement is None:
            return self._shown(letter, work, judged, 409, draft)
        await self._forget(asked, draft)
        return Elsewhere(f"/portal/collocation/{judged.order_id}", _told(letter, judged))

    async def _kept(self, asked: Asked, letter: Letter, work: Work, draft_id: str) -> Answer:
        """Keep what is filled in of a first message; a later one begins with what is on record."""
        author, fields = _author(asked), {**work.as_json(), "kind": letter.kind}
        try:
            draft = await self._draft(
                draft_id, author, f"{work.typed.value('COLLO.PON')} {letter.kind}".strip(), fields
            )
        except TooManyDrafts as refusal:
            return self._shown(letter, work, Judged(Findings(({"path": "", "text": str(refusal)},))), 409)
        return Elsewhere(f"/portal/collocation/new?{_DRAFT}={draft.id}", "Your draft is saved.")

    async def _draft(self, draft_id: str, author: Author, title: str, fields: dict[str, Any]) -> Draft:
        known = {draft.id: draft for draft in await self._drafts.all(author)}
        if draft_id not in known:
            return await self._drafts.begin(author, title, fields)
        return await self._drafts.keep(known[draft_id], fields)

    async def _forget(self, asked: Asked, draft_id: str) -> None:
        """Delete a draft, if it is there: a form that is sent twice finds it gone."""
        for draft in await self._drafts.all(_author(asked)):
            if draft.id == draft_id:
                await self._drafts.forget(draft)

    def _shown(
        self, letter: Letter, work: Work, judged: Judged | None = None, status: int = 200, draft: str = ""
    ) -> Shown:
        findings = letter.placed(judged.findings) if judged else Findings()
        view = letter.view(work.typed, findings)
        terms = letter.agreement.collocation
        context = {
            "letter": letter,
            "kind": terms.kinds[letter.kind] if terms else None,
            "work": work,
            "pon": work.typed.value("COLLO.PON"),
            "draft": draft,
            "request": view,
            "judged": judged,
            "wrong": view.links(findings.rejecting),
            "lacking": view.links(findings.remarks),
            "deferred": judged is not None
            and judged.acknowledgement is not None
            and judged.acknowledgement.outcome == Outcome.DEFERRED,
        }
        return Shown("collocation/write.html", context, status)

    def _first(self, asked: Asked, agreement: Agreement, kind: str) -> Letter:
        if agreement.collocation is None or kind not in agreement.collocation.kinds:
            raise Problem(Kind.MALFORMED_REQUEST, "the form names no kind of request; begin again")
        forms = self._forms(agreement, kind, APPLICATION, first=True)
        return Letter(asked.principal.partner, agreement, kind, APPLICATION, forms)

    async def _later(self, asked: Asked) -> tuple[Letter, Order]:
        order = await own_request(self._services, asked)
        says, agreement = asked.part("says"), self._services.desk.agreement_of(order)
        clocks = [clock for clock in await self._services.record.clocks(order.id) if clock.state is ClockState.OPEN]
        outlook = await self._outlooks.of(order, clocks)
        now = outlook.may_send(says)
        if now is None:
            known = ", ".join(message.says for message in outlook.messages if not message.refused) or "nothing"
            raise Problem(Kind.STATE_FORBIDS, f"the request is {order.state}; what may be sent now: {known}")
        ver = next_version(sent.ver for sent in await self._services.record.submissions(order.id))
        forms, kind = self._forms(agreement, order.facts["kind"], says), order.facts["kind"]
        return Letter(order.partner_id, agreement, kind, says, forms, order, ver, now), order

    async def _last_whole(self, order: Order) -> Typed:
        """Give what the last message said that carried the whole application."""
        for submission in reversed(await self._services.record.submissions(order.id)):
            message = self._services.judge.read(submission.body, FAMILY).message
            if isinstance(message, CollocationRequest) and message.says in WHOLE:
                return Typed.of_message(message)
        return Typed(FAMILY)

    @property
    def _catalogue(self) -> FieldCatalogue:
        return self._services.schemas.catalogue(FAMILY)

    def _forms(self, agreement: Agreement, kind: str, says: str, *, first: bool = False) -> tuple[AskedForm, ...]:
        return forms_of(self._catalogue, agreement, kind, says, first=first)

    async def _agreement(self, asked: Asked) -> Agreement:
        partner = await self._services.record.partner(asked.principal.partner)
        if partner is None:
            raise Problem(Kind.NOT_FOUND, "there is no such partner")
        return self._services.desk.agreement_with(partner)

    async def _known_of(self, asked: Asked) -> Mapping[str, str]:
        """Give what is known of the CLEC: its codes."""
        partner = await self._services.record.partner(asked.principal.partner)
        codes: Mapping[str, Any] = partner.codes if partner else {}
        return {f"COLLO.{name.upper()}": codes[name][0] for name in ("ccna", "cc") if codes.get(name)}

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        send, later = ("submitCollocation",), "/portal/collocation/{id}/{says}"
        both = ("submitCollocation", "readOrder", "readDocument")
        return (
            Page("GET", "/portal/collocation/new", "collocationNew", self.begin, send),
            Page("POST", "/portal/collocation/new", "collocationNewSent", self.begin_sent, send),
            Page("GET", later, "collocationMessage", self.go_on, both),
            Page("POST", later, "collocationMessageSent", self.go_on_sent, both),
        )


def _author(asked: Asked) -> Author:
    return Author(asked.principal.credential_id, asked.principal.partner)


def _told(letter: Letter, judged: Judged) -> str:
    told = judged.acknowledgement
    pon, outcome = (told.pon, told.outcome) if told else ("", "")
    what = f"{letter.says.replace('-', ' ').capitalize()} {pon} VER {letter.ver}"
    if outcome == Outcome.REJECTED:
        return f"{what} was recorded and rejected; the notice says why."
    if outcome == Outcome.DEFERRED:
        missing = sum(one.get("severity") == "defer" for one in judged.findings.told)
        return f"{what} is on record; {missing} things are missing, and the notice of deficiencies will list them."
    return f"{what} is on record."
