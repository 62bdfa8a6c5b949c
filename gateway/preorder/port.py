"""The port of the reference data: what the ILEC's systems know, whoever holds it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, Protocol, TypeVar

from gateway.preorder.caller import Caller
from gateway.preorder.queries.query import Query
from gateway.preorder.searched import SearchedTerritory, Searches
from gateway.preorder.shapes import Answer, Shape
from gateway.preorder.territory import Territory
from validators.registers.entry import Entry
from validators.registers.searched_loops import SearchedLoop

Asked = TypeVar("Asked", bound=Shape)
Told = TypeVar("Told", bound=Answer)


class SourceSilent(Exception):  # noqa: N818 - it says what is so
    """Raised when the ILEC's system does not answer in time, answers what cannot be used, or is not asked for now."""


@dataclass(frozen=True, slots=True)
class Answered(Generic[Told]):
    """An answer, and how old it is."""

    answer: Told
    age: timedelta = timedelta()
    source: str = "territory"
    """Who answered: `territory`, `ilec`, or `kept` for an answer kept from before."""


class ReferenceData(Protocol):
    """What the ILEC's systems know."""

    async def answer(self, query: Query[Asked, Told], asked: Asked, caller: Caller) -> Answered[Told]:
        """Answer one question.

        Raises:
            SourceSilent: nothing is known now; asking again later may help.
        """

    async def close(self) -> None:
        """Give up connections."""


class BundledTerritory:
    """`ReferenceData` from a territory in memory; it always answers, at once.

    What manual searches of the records have found is laid over it (9.2.2.8.6).
    """

    def __init__(self, territory: Territory, searches: Searches | None = None) -> None:
        self._territory = territory
        self._searches = searches
        self._laid: Sequence[Entry[SearchedLoop]] = ()
        self._shown = territory

    async def answer(self, query: Query[Asked, Told], asked: Asked, caller: Caller) -> Answered[Told]:
        """Answer from the territory."""
        return Answered(query.find(self._as_searched(caller), asked, caller))

    async def close(self) -> None:
        """Nothing is open."""

    def _as_searched(self, caller: Caller) -> Territory:
        found = self._searches.of(caller.partner_id) if self._searches is not None else ()
        if found is not self._laid:
            self._shown = SearchedTerritory(self._territory, found) if found else self._territory
            self._laid = found
        return self._shown
