"""A simulated back end: claims work over HTTP and decides it, the same order always in the same way."""

import asyncio
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import aiohttp

from gateway.simulation.clec import TargetFailed

_REJECT: Final[dict[str, Any]] = {
    "decision": "reject",
    "findings": [{"section": "12.2.1.1.6", "code": "SIMREJECT", "text": "The simulated back end rejects this order"}],
}
_JEOPARDY: Final[dict[str, Any]] = {"decision": "jeopardy", "rcode": "1B"}
_ELEMENTS: Final = [{"code": "SPACE-CONSTRUCTION", "quantity": "1"}]
_ALL_CHARGES: Final = "99999999.00"
"""More than any balance: what a CLEC has paid in full."""
_UNDECIDED: Final[Mapping[str, Sequence[dict[str, Any]]]] = {
    "RECEIVED": [{"decision": "deficient"}],
    "COMPLETE": [{"decision": "feasible"}, {"decision": "quote", "elements": _ELEMENTS}],
}
"""What is decided of an application for collocation in a state, until it waits for the CLEC."""
_BUILT: Final = [{"decision": "ready"}, {"decision": "payment-received", "amount": _ALL_CHARGES}]
_DENIED: Final = [{"decision": "denied-space", "text": "The simulated Premises are exhausted."}]
_IDLE_SECONDS: Final = 0.5
_CANCEL: Final = "1"
"""SUP of a cancellation, on which there is nothing to decide."""


@dataclass(slots=True)
class Decided:
    """What was decided, and what the gateway made of it."""

    work: int = 0
    decisions: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)


class SimulatedBackEnd:
    """Takes work: of a hundred orders 8 are rejected, 7 in jeopardy once, 5 met with silence.

    The rest is confirmed; with `completes`, confirmed orders are completed and billed as well. Of a hundred
    applications for collocation 8 find no space, 5 are met with silence, and the rest is quoted and, with `completes`,
    built.
    """

    def __init__(
        self,
        http: aiohttp.ClientSession,
        families: Sequence[str],
        seed: int,
        *,
        completes: bool,
        tell: Callable[[Decided], None],
    ) -> None:
        self._http = http
        self._families = families
        self._seed = seed
        self._completes = completes
        self._tell = tell
        self.decided = Decided()

    async def run(self, idle_seconds: float) -> None:
        """Work until there was nothing to do for `idle_seconds`.

        Raises:
            TargetFailed: the gateway does not answer or does not know the key.
        """
        idle = 0.0
        while idle < idle_seconds:
            claims = [claim for family in self._families for claim in await self._claims(family)]
            for claim in claims:
                await self._work(claim["id"], claim["event"]["data"])
            idle = 0.0 if claims else idle + _IDLE_SECONDS
            if not claims:
                await asyncio.sleep(_IDLE_SECONDS)

    async def _claims(self, family: str) -> list[dict[str, Any]]:
        asked = {"family": family, "consumer": "simulated", "limit": 50}
        _, answer = await self._post("/v1/backend/claims", asked)
        claims: list[dict[str, Any]] = answer.get("claims", [])
        return claims

    async def _work(self, work_id: str, data: dict[str, Any]) -> None:
        order_id, ver = data["order_id"], data["ver"]
        for number, decision in enumerate(decisions_on(data, self._seed, completes=self._completes)):
            key = f"simulated-{order_id}-{ver}-{number}"
            path = f"/v1/backend/orders/{order_id}/decisions"
            status, answer = await self._post(path, {**decision, "ver": ver}, key)
            if status == 200:
                self.decided.decisions[decision["decision"]] += 1
            else:
                self.decided.refused[str(answer.get("type", status)).rpartition(":")[2]] += 1
                break
        await self._post(f"/v1/backend/claims/{work_id}/ack", {})
        self.decided.work += 1
        self._tell(self.decided)

    async def _post(self, path: str, body: dict[str, Any], key: str | None = None) -> tuple[int, dict[str, Any]]:
        headers = {"Idempotency-Key": key} if key else {}
        try:
            async with self._http.post(path, json=body, headers=headers) as reply:
                answer: dict[str, Any] = json.loads(await reply.read())
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise TargetFailed(f"POST {path}: {str(error) or type(error).__name__}") from None
        if reply.status in (401, 403):
            raise TargetFailed(f"POST {path}: {reply.status} {answer.get('detail', '')}")
        return reply.status, answer


def decisions_on(work: Mapping[str, Any], seed: int, *, completes: bool) -> list[dict[str, Any]]:
    """Give what is decided of an order, the same for the same PON and seed.

    Args:
        work: as a work item names it: `pon`, `family`, `state`, `supplement`, `desired_due_date`, `received_at`.
        seed: of the simulation.
        completes: whether what is confirmed, or accepted and paid for, is completed too.
    """
    if work["supplement"] == _CANCEL:
        return []
    drawn = int(hashlib.sha256(f"{seed}-{work['pon']}".encode()).hexdigest(), 16) % 100
    if work["family"] == "collocation":
        return _on_application(work["state"], drawn, completes=completes)
    due_date = work["desired_due_date"] or work["received_at"][:10]
    confirm = {"decision": "confirm", "due_date": due_date}
    if drawn < 8:
        return [_REJECT]
    if drawn < 13:
        return []
    first = [confirm, _JEOPARDY, confirm] if drawn < 20 else [confirm]
    last = [{"decision": "complete", "completed_on": due_date}, {"decision": "bill", "billed_on": due_date}]
    return first + (last if completes else [])


def _on_application(state: str, drawn: int, *, completes: bool) -> list[dict[str, Any]]:
    if state == "COMPLETE" and drawn < 8:
        return _DENIED
    if drawn < 13:
        return []
    if state == "IN_CONSTRUCTION":
        return _BUILT if completes else []
    return list(_UNDECIDED.get(state, ()))
