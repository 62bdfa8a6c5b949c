"""PO-2: electronic flow-through (Exhibit B PO-2A, PO-2B)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from gateway.reports.measures.outcome import Counted, Excluded
from gateway.reports.measures.records import Channel


@dataclass(frozen=True, slots=True)
class SubmittedLsr:
    """An LSR of the month on its way to the service order processor."""

    record_id: str
    lsr_number: str
    clec: str
    channel: Channel
    flowed: bool
    """It reached the order processor without human intervention."""
    eligible: bool
    """Its type stands on the published eligibility matrix in force."""
    rejected: bool = False
    clec_error: bool = False
    """It carried a CLEC-caused non-fatal error."""


def judge_flow_through(
    lsrs: Iterable[SubmittedLsr], submeasure: Literal["PO-2A", "PO-2B"]
) -> Iterator[Counted | Excluded]:
    """Say of each LSR whether it flowed through, or why it is left out; PO-2B counts eligible types only."""
    seen: set[tuple[str, str]] = set()
    for lsr in lsrs:
        key = (lsr.clec, lsr.lsr_number)
        outcome = judge_lsr(lsr, submeasure)
        if isinstance(outcome, Counted) and key in seen:
            outcome = Excluded(lsr.record_id, lsr.clec, "duplicate_lsr")
        seen.add(key)
        yield outcome


def judge_lsr(lsr: SubmittedLsr, submeasure: Literal["PO-2A", "PO-2B"]) -> Counted | Excluded:
    """Judge one LSR that is no duplicate."""
    reason = _exclusion(lsr, submeasure)
    return Excluded(lsr.record_id, lsr.clec, reason) if reason else Counted(lsr.record_id, lsr.clec, lsr.flowed)


def _exclusion(lsr: SubmittedLsr, submeasure: str) -> str | None:
    if lsr.channel is not Channel.ELECTRONIC:
        return "not_electronic"
    if lsr.rejected:
        return "rejected"
    if lsr.clec_error:
        return "clec_error"
    return "not_eligible" if submeasure == "PO-2B" and not lsr.eligible else None
