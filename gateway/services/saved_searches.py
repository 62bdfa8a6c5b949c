"""The searches for orders that people give names, each its own."""

from collections.abc import Sequence

from gateway.clock import Clock
from gateway.ids import Ids
from gateway.record.port import Changes, Record
from gateway.record.portal import PortalReads, SavedSearch
from gateway.services.keys import Write

MOST_SEARCHES = 50
"""That one person keeps."""


class SavedSearches:
    """Keeps and forgets them."""

    def __init__(self, record: Record, reads: PortalReads, ids: Ids, clock: Clock) -> None:
        self._record = record
        self._reads = reads
        self._ids = ids
        self._clock = clock

    async def of(self, person_id: str) -> Sequence[SavedSearch]:
        """Give a person's searches, by name."""
        return await self._reads.searches(person_id)

    async def keep(self, person_id: str, name: str, query: str) -> bool:
        """Keep a search, in the place of the person's one of the same name; False if it has too many already."""
        known = await self.of(person_id)
        same = next((one.id for one in known if one.name == name), None)
        if same is None and len(known) >= MOST_SEARCHES:
            return False
        search = SavedSearch(same or self._ids.new("sch", self._clock.now()), person_id, name, query)
        await self._record.commit(Write(Changes(beside=[search])))
        return True

    async def forget(self, person_id: str, search_id: str) -> None:
        """Forget one of a person's searches; of what is not its own nothing happens."""
        await self._record.commit(Write(Changes(guarded=[("search-forgotten", (search_id, person_id))])))
