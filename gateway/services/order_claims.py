"""Claims of orders by people: durable, one person an order, ended by themselves when nobody renews them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from gateway.clock import Clock
from gateway.record.order_claims import OrderClaim, OrderClaimBook
from gateway.services.refusals import Refused

_LASTS: Final = timedelta(minutes=30)


@dataclass
class ClaimedByAnother(Refused):
    """Raised when an order is worked on by somebody else, and that claim has not ended."""

    claim: OrderClaim


class OrderClaims:
    """Gives orders to people. It runs on the machine's clock, as all patience of the gateway does."""

    def __init__(self, book: OrderClaimBook, machine: Clock) -> None:
        self._book = book
        self._machine = machine

    async def take(self, order_id: str, person_id: str, login: str) -> OrderClaim:
        """Give an order to a person, or for longer to who has it, and forget claims that have ended.

        Raises:
            ClaimedByAnother: somebody else works on it.
        """
        now = self._machine.now()
        claim = OrderClaim(order_id, person_id, login, now + _LASTS)
        await self._book.forget(now)
        if not await self._book.take(claim, now):
            raise ClaimedByAnother((await self._book.of((order_id,), now) or [claim])[0])
        return claim

    async def release(self, order_id: str, person_id: str) -> bool:
        """Let go of an order; False if the person did not have it."""
        return await self._book.release(order_id, person_id)

    async def of(self, order_ids: Collection[str]) -> Mapping[str, OrderClaim]:
        """Give the claims on some orders, by order."""
        return {claim.order_id: claim for claim in await self._book.of(order_ids, self._machine.now())}

    async def all(self) -> Mapping[str, str]:
        """Give who works on what: the person's id by the order's."""
        return {claim.order_id: claim.person_id for claim in await self._book.all(self._machine.now())}

    async def of_person(self, person_id: str) -> Sequence[OrderClaim]:
        """Give what a person works on."""
        return await self._book.of_person(person_id, self._machine.now())
