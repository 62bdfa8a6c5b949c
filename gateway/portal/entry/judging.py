"""A request that is filled in, before the judge: tried out without a trace, or handed in as the API hands it in."""

from collections.abc import Awaitable, Iterable
from dataclasses import dataclass
from typing import Final

from gateway.doors.acceptance import submitted
from gateway.notices.acknowledgement import Acknowledgement
from gateway.portal.entry.work import Work
from gateway.portal.forms.places import Findings
from gateway.portal.services import Services
from gateway.services.refusals import KeyReused, Unreadable
from gateway.services.taken import Duplicate, OutOfSequence, Taken
from validators.fields import FieldCatalogue
from validators.verdict import Finding, Outcome

_SENT_BEFORE: Final = (
    "This form was sent before with other content, and what was sent then is on record. "
    "To change it, open the order and send a supplement."
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of it.

    Attributes:
        acknowledgement: what its sender is told; None where it could not be taken up as an order.
        order_id: the order, empty without one.
        again: the very same was sent before.
    """

    findings: Findings
    acknowledgement: Acknowledgement | None = None
    order_id: str = ""
    again: bool = False

    @property
    def good(self) -> bool:
        """Whether it is taken, or would be."""
        told = self.acknowledgement
        return told is not None and told.outcome != Outcome.REJECTED


class Counter:
    """Where filled-in requests are handed over."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def try_out(self, partner_id: str, catalogue: FieldCatalogue, work: Work) -> Judged:
        """Give what would come of it now, by the partner's agreement, what is on record, and the reference data."""
        body = work.typed.document(catalogue)
        intake = self._services.trade.intake
        return await _judged(intake.try_out(partner_id, work.family, body, idempotency_key=work.key))

    async def hand_in(self, partner_id: str, catalogue: FieldCatalogue, work: Work) -> Judged:
        """Hand it in under the key of the work, so that the same sent twice is one message."""
        body = work.typed.document(catalogue)
        services = self._services
        return await _judged(
            submitted(services.trade.intake, services.metrics, partner_id, work.family, body, idempotency_key=work.key)
        )


async def _judged(handed: Awaitable[Taken | Duplicate | OutOfSequence]) -> Judged:
    try:
        result = await handed
    except Unreadable as refusal:
        return Judged(_findings(refusal.findings))
    except KeyReused:
        return Judged(Findings(({"path": "", "text": _SENT_BEFORE},)))
    if not isinstance(result, Taken):
        return Judged(_findings(result.findings), order_id=result.order_id or "")
    told = result.acknowledgement
    return Judged(_findings(told.findings), told, result.order_id, result.again)


def _findings(found: Iterable[Finding]) -> Findings:
    return Findings([finding.as_json() for finding in found])
