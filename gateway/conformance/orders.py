"""What a scenario knows of its orders: by whom and under which PON each was sent, and what was heard of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gateway.conformance.port import Session

Json = Mapping[str, Any]


@dataclass(slots=True)
class KnownOrder:
    """One order.

    Attributes:
        id: its id in the gateway.
        partner: whose it is, as the scenario names it.
        pon: its PON.
        notices: all its notices so far, oldest first.
        foreseen: how many of them a step has expected.
    """

    id: str
    partner: str
    pon: str
    notices: list[Json] = field(default_factory=list)
    foreseen: int = 0

    def unforeseen(self) -> Sequence[Json]:
        """Give the notices that no step has expected yet."""
        return self.notices[self.foreseen :]


class UnknownOrder(Exception):  # noqa: N818 - it says what is so
    """Raised when a step means an order that the gateway never named in an answer."""


class Orders:
    """The orders of one scenario."""

    def __init__(self) -> None:
        self._by_id: dict[str, KnownOrder] = {}
        self._last: str | None = None
        self._mail: dict[str, list[Json]] = {}

    def __iter__(self) -> Iterator[KnownOrder]:
        """Give every order, in the order of their first answers."""
        return iter(self._by_id.values())

    def answered(self, partner: str, pon: str | None, answer: Json) -> None:
        """Note the order that an answer names, if it names one: as `order_id`, or as the address in `order`."""
        address = answer.get("order")
        order_id = answer.get("order_id") or (address.rpartition("/")[2] if isinstance(address, str) else None)
        if order_id is None:
            return
        self._by_id.setdefault(order_id, KnownOrder(order_id, partner, pon or ""))
        self._last = order_id

    def meant(self, pon: str | None) -> KnownOrder:
        """Give the order under a PON, or the last one that was answered.

        Raises:
            UnknownOrder: there is none.
        """
        if pon is None and self._last is not None:
            return self._by_id[self._last]
        found = [order for order in self._by_id.values() if order.pon == pon]
        if not found:
            raise UnknownOrder(f"no answer named an order{f' with PON {pon}' if pon else ''}")
        return found[-1]

    def mail_of(self, partner: str) -> Sequence[Json]:
        """Give the notices of a partner that another carrier's order brought, and that name none."""
        return self._mail.get(partner, ())

    async def hear(self, session: Session, partners: Sequence[str]) -> Sequence[Json]:
        """Take in what is new in the mailboxes; give notices about orders that no answer ever named."""
        strangers: list[Json] = []
        for partner in partners:
            for notice in await session.mailbox(partner):
                if notice["order"] is None:
                    self._mail.setdefault(partner, []).append(notice)
                    continue
                order = self._by_id.get(notice["order"])
                if order is None or order.partner != partner:
                    strangers.append(notice)
                else:
                    order.notices.append(notice)
        return strangers
