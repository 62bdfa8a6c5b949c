"""Order entry: choose what to order, fill in its forms, check, submit; all of it kept as a draft meanwhile."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from gateway.doors.preorder import route_name
from gateway.doors.problems import Kind, Problem
from gateway.portal.entry.asking import Prompting
from gateway.portal.entry.choosing import FAMILY_NAMES, Choice, begun, chosen, offers
from gateway.portal.entry.drafting import Drafting, Told
from gateway.portal.entry.edits import edited
from gateway.portal.entry.judging import Counter, Judged
from gateway.portal.entry.next_steps import told_next
from gateway.portal.entry.prompts import ASK
from gateway.portal.entry.versions import with_next_version
from gateway.portal.entry.work import KEY_FIELD, Work
from gateway.portal.forms.typed import Typed
from gateway.portal.pages import Answer, Asked, Elsewhere, Page, Shown
from gateway.portal.services import Services
from gateway.record.portal import Draft
from gateway.services.drafts import TooManyDrafts
from gateway.services.preorder import QUERIES
from gateway.services.refusals import NotFound
from validators.fields import FieldCatalogue

_LIKE: Final = ("submitLsr", "submitAsr")
_QUESTIONS: Final = tuple(route_name(query) for query in QUERIES)
_RAISED: Final = "The next version is filled in here: cure what was found and submit it."


@dataclass(frozen=True, slots=True)
class _Turn:
    """A draft as it was sent, before what its button does."""

    asked: Asked
    draft: Draft
    work: Work
    catalogue: FieldCatalogue

    @property
    def partner_id(self) -> str:
        return self.asked.principal.partner


class EntryPages:
    """Choosing what to order, and the drafts."""

    def __init__(self, services: Services) -> None:
        self._desk = Drafting(services)
        self._counter = Counter(services)
        self._prompting = Prompting(self._desk)

    async def choose(self, asked: Asked) -> Shown:
        """Ask what is to be ordered, and list what is being filled in."""
        return await self._choosing(asked, Choice())

    async def begin(self, asked: Asked) -> Answer:
        """Begin a draft of what was chosen."""
        choice = Choice.sent(asked)
        partner, agreement = await self._desk.partner(asked), await self._desk.agreement(asked)
        found = chosen(self._desk, agreement, choice)
        if found.wrong:
            return await self._choosing(asked, found, 422)
        catalogue = await self._desk.catalogue(asked, FAMILY_NAMES[found.family])
        now = self._desk.services.clock.of(partner.id).now()
        typed = begun(self._desk, catalogue, partner, agreement, found, now)
        try:
            draft = await self._desk.drafts.begin(self._desk.author(asked), found.name, Work.new(typed).as_json())
        except TooManyDrafts as refusal:
            return await self._choosing(asked, found.because(title=str(refusal)), 409)
        return Elsewhere(f"/portal/entry/{draft.id}")

    async def _choosing(self, asked: Asked, choice: Choice, status: int = 200) -> Shown:
        agreement = await self._desk.agreement(asked)
        context = {
            "choice": choice,
            "families": offers(agreement, choice),
            "drafts": [
                draft
                for draft in await self._desk.drafts.all(self._desk.author(asked))
                if Work.from_json(draft.fields).typed.family in FAMILY_NAMES
            ],
        }
        return Shown("entry/choose.html", context, status, zone=agreement.calendar.zone.key)

    async def show(self, asked: Asked) -> Shown:
        """Show a draft."""
        draft = await self._draft(asked)
        return await self._desk.shown(asked, draft, Work.from_json(draft.fields))

    async def send(self, asked: Asked) -> Answer:
        """Do what the button says, with what is filled in."""
        do = asked.text("do")
        try:
            draft = await self._draft(asked)
        except Problem:
            if do != "submit":
                raise
            return await self._sent_before(asked)
        kept = Work.from_json(draft.fields)
        family = kept.typed.family
        catalogue = await self._desk.catalogue(asked, family)
        work = replace(kept, typed=Typed.sent(catalogue, family, asked.form))
        step = self._steps.get(do.partition(" ")[0], self._edit)
        return await step(_Turn(asked, draft, work, catalogue))

    @property
    def _steps(self) -> Mapping[str, Callable[[_Turn], Awaitable[Answer]]]:
        return {ASK: self._ask, "check": self._check, "submit": self._submit, "delete": self._delete}

    async def _edit(self, turn: _Turn) -> Answer:
        """Keep what is filled in, after what a button does to it."""
        changed = edited(turn.catalogue, turn.work.typed, turn.asked.text("do"))
        if changed is None:
            await self._desk.drafts.keep(turn.draft, turn.work.as_json())
            return Elsewhere(f"/portal/entry/{turn.draft.id}", "Your draft is saved.")
        return await self._kept(turn, replace(turn.work, typed=changed), Told())

    async def _kept(self, turn: _Turn, work: Work, told: Told) -> Shown:
        """Keep the draft as it is now, and show it with what there is to tell."""
        await self._desk.drafts.keep(turn.draft, work.as_json())
        return await self._desk.shown(turn.asked, turn.draft, work, told)

    async def _ask(self, turn: _Turn) -> Answer:
        """Ask the ILEC's systems what a button beside a field asks, and show the answer there."""
        beside = await self._prompting.answered(turn.asked, turn.catalogue, turn.work.typed, turn.asked.text("do"))
        return await self._kept(turn, turn.work, Told(beside=beside))

    async def _check(self, turn: _Turn) -> Answer:
        """Judge what is filled in, and record nothing but the draft."""
        judged = await self._counter.try_out(turn.partner_id, turn.catalogue, turn.work)
        return await self._kept(turn, turn.work, Told(judged, status=200 if judged.good else 422))

    async def _submit(self, turn: _Turn) -> Answer:
        """Hand in what is filled in, unless a trial shows that it would be refused."""
        judged = await self._counter.try_out(turn.partner_id, turn.catalogue, turn.work)
        if not judged.good:
            return await self._kept(turn, turn.work, Told(judged, status=422))
        judged = await self._counter.hand_in(turn.partner_id, turn.catalogue, turn.work)
        if judged.good:
            await self._desk.drafts.forget(turn.draft)
            return _to_order(judged)
        if judged.acknowledgement is None:
            return await self._kept(turn, turn.work, Told(judged, status=422))
        # Something came between trial and submission: this very version is on record as rejected.
        said = f"VER {judged.acknowledgement.ver} is on record as rejected. {_RAISED}"
        following = Work.new(with_next_version(turn.catalogue, turn.work.typed), judged.order_id)
        return await self._kept(turn, following, Told(judged, said, status=422))

    async def _delete(self, turn: _Turn) -> Answer:
        """Delete a draft."""
        await self._desk.drafts.forget(turn.draft)
        return Elsewhere("/portal/entry", f"The draft {turn.draft.title} is deleted.")

    async def _sent_before(self, asked: Asked) -> Answer:
        """Answer who sends a draft that is gone: if this very request was handed in, with its order."""
        family, key = FAMILY_NAMES.get(asked.text("family")), asked.text(KEY_FIELD)
        if family is None or not key:
            raise _gone()
        catalogue = await self._desk.catalogue(asked, family)
        work = Work(Typed.sent(catalogue, family, asked.form), key)
        judged = await self._counter.try_out(asked.principal.partner, catalogue, work)
        if not judged.again:
            raise _gone()
        return _to_order(judged)

    async def _draft(self, asked: Asked) -> Draft:
        try:
            return await self._desk.drafts.one(asked.part("draft"), self._desk.author(asked))
        except NotFound:
            raise _gone() from None

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        return (
            Page("GET", "/portal/entry", "entry", self.choose, _LIKE, "New order"),
            Page("POST", "/portal/entry", "beginEntry", self.begin, _LIKE),
            Page("GET", "/portal/entry/{draft}", "draft", self.show, _LIKE),
            Page("POST", "/portal/entry/{draft}", "sendDraft", self.send, (*_LIKE, *_QUESTIONS)),
        )


def _gone() -> Problem:
    return Problem(Kind.NOT_FOUND, "there is no such draft, or it is not yours; what was submitted is under Orders")


def _to_order(judged: Judged) -> Elsewhere:
    told = judged.acknowledgement
    return Elsewhere(f"/portal/orders/{judged.order_id}", "" if told is None else told_next(told))
