"""What scenarios are played against: a gateway as its CLECs, its back end and the passing of time meet it."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from gateway.conformance.scenario import Scenario
from gateway.record.rows import Family

Part = Literal["order", "history", "clocks", "notices", "document"]
"""What of an order can be read."""

OWN = ""
"""The name of the scenario's own partner among its partners."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody is answered: HTTP status, and the members of the JSON body (of a problem, too)."""

    status: int
    body: Mapping[str, Any] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        """Whether what was asked was done."""
        return 200 <= self.status < 300

    @property
    def problem(self) -> str | None:
        """The kind of problem; None where it is none."""
        kind = self.body.get("type")
        return None if self.good or not isinstance(kind, str) else kind.rpartition(":")[2]


class CannotPlay(Exception):  # noqa: N818 - it says what is so
    """Raised when a gateway offers no way to do what a scenario needs; the scenario is skipped, with this reason."""


class OutOfReach(Exception):  # noqa: N818 - it says what is so
    """Raised when the gateway does not answer, or answers nothing that can be understood."""


class Session(Protocol):
    """One scenario's dealings with the gateway. Nobody else's orders are seen in it.

    Partners are named as the scenario names them, `OWN` for its own. All methods may raise `OutOfReach`.
    """

    async def move_to(self, instant: datetime) -> None:
        """Let time pass until `instant`; what is due on the way has fired when this returns.

        Raises:
            CannotPlay: the gateway's time cannot be moved there.
        """

    async def submit(
        self, partner: str, family: Family, body: bytes, *, idempotency_key: str | None, if_match: int | None
    ) -> Answer:
        """Hand in a message as a partner."""

    async def decide(self, order_id: str, body: Mapping[str, Any], *, idempotency_key: str | None) -> Answer:
        """Decide an order as the back end."""

    async def enter(self, partner: str, register: str, body: Mapping[str, Any]) -> Answer:
        """Put an entry that concerns a partner into a register, as an operator."""

    async def read(self, partner: str, order_id: str, part: Part) -> Answer:
        """Read a part of an order as a partner; `document` has the bytes under `document`."""

    async def mailbox(self, partner: str) -> Sequence[Mapping[str, Any]]:
        """Give the partner's notices that this session has not been given yet, by cursor."""

    async def acknowledge(self, partner: str, notice_id: str) -> Answer:
        """Acknowledge a notice as a partner."""


class GatewayUnderTest(Protocol):
    """A gateway that scenarios are played against."""

    @property
    def name(self) -> str:
        """What reports call it."""

    @property
    def one_time_for_all(self) -> bool:
        """Whether all sessions share one clock, so that they must be played together."""

    def session(self, scenario: Scenario) -> AbstractAsyncContextManager[Session]:
        """Open a session for a scenario, at its start.

        Raises:
            CannotPlay: it cannot be played against this gateway.
        """
