"""The public list of Premises that are full or restricted (8.2.1.13): denied requests and operators' entries in one."""

from dataclasses import dataclass
from datetime import date

from gateway.clock import Clock
from gateway.record.port import Record
from gateway.services.registers import Registers
from validators.registers.premises import PREMISES, PremisesStanding

_NOT_RESTRICTED = PremisesStanding(full=False)


@dataclass(frozen=True, slots=True)
class ListedPremises:
    """One Premises of the list.

    Attributes:
        premises: its CLLI code.
        full: whether its physical space has run out: an operator entered it, or requests were denied and still wait.
        full_since: since when it is known; that of an operator's entry counts before that of the first denied request.
        in_queue: how many requests stand in its Space Denial Queue.
        standing: what operators have entered of it.
    """

    premises: str
    full: bool
    full_since: date | None
    in_queue: int
    standing: PremisesStanding


class PremisesList:
    """Gives the list as it stands at this moment, so that nothing of it waits for its ten Days."""

    def __init__(self, record: Record, registers: Registers, clock: Clock) -> None:
        self._record = record
        self._registers = registers
        self._clock = clock

    async def now(self) -> list[ListedPremises]:
        """Give what is full or restricted, by code.

        Raises:
            RecordUnavailable: the database does not answer.
        """
        today = self._clock.now().date()
        entered = {entry.key: entry for entry in self._registers.dossier("").in_force(PREMISES, today)}
        queues = {queue.premises: queue for queue in await self._record.places.full()}
        listed = []
        for code in sorted(entered.keys() | queues.keys()):
            entry, queue = entered.get(code), queues.get(code)
            standing = entry.data if entry else _NOT_RESTRICTED
            since = entry.valid_from if entry and standing.full else queue.since.date() if queue else None
            waiting = queue.waiting if queue else 0
            listed.append(ListedPremises(code, standing.full or queue is not None, since, waiting, standing))
        return listed
