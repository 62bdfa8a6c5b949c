"""Requests that people are filling in: kept as they stand, each for one person, so many and no more."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from gateway.clock import Clock
from gateway.ids import Ids
from gateway.record.port import Changes, Record
from gateway.record.portal import Draft, PortalReads
from gateway.record.rows import Json
from gateway.services.keys import Write
from gateway.services.refusals import NotFound, Refused

MOST_DRAFTS: Final = 50
"""Drafts that one person may keep."""
MOST_TITLE: Final = 80
"""Characters of a draft's title."""


@dataclass
class TooManyDrafts(Refused):
    """Raised when a person keeps as many drafts as it may."""

    most: int = MOST_DRAFTS

    def __str__(self) -> str:
        """Say it in a sentence."""
        return f"you keep {self.most} drafts, which is the most; delete one first"


@dataclass(frozen=True, slots=True)
class Author:
    """Whose drafts."""

    person_id: str
    partner_id: str


class Drafts:
    """Keeps drafts. What belongs to another person does not exist."""

    def __init__(self, record: Record, reads: PortalReads, ids: Ids, clock: Clock) -> None:
        self._record = record
        self._reads = reads
        self._ids = ids
        self._clock = clock

    async def all(self, author: Author) -> Sequence[Draft]:
        """Give the author's drafts, the one that was changed last first."""
        drafts = await self._reads.drafts(author.person_id)
        return [draft for draft in drafts if draft.partner_id == author.partner_id]

    async def one(self, draft_id: str, author: Author) -> Draft:
        """Give one draft.

        Raises:
            NotFound: there is none of that id, or it is somebody else's.
        """
        draft = await self._reads.draft(draft_id, author.person_id)
        if draft is None or draft.partner_id != author.partner_id:
            raise NotFound(f"draft {draft_id}")
        return draft

    async def begin(self, author: Author, title: str, fields: Json) -> Draft:
        """Keep a new draft.

        Raises:
            TooManyDrafts: the person must delete one first.
        """
        if len(await self._reads.drafts(author.person_id)) >= MOST_DRAFTS:
            raise TooManyDrafts
        now = self._clock.now()
        own = (self._ids.new("drf", now), author.person_id, author.partner_id)
        return await self._keep(Draft(*own, title[:MOST_TITLE], fields, now))

    async def keep(self, draft: Draft, fields: Json) -> Draft:
        """Keep what a draft holds now."""
        return await self._keep(replace(draft, fields=fields, updated_at=self._clock.now()))

    async def forget(self, draft: Draft) -> None:
        """Delete a draft."""
        marked = ("draft-forgotten", (draft.id, draft.person_id))
        await self._record.commit(Write(Changes(guarded=[marked])))

    async def _keep(self, draft: Draft) -> Draft:
        await self._record.commit(Write(Changes(beside=[draft])))
        return draft
