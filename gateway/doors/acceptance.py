"""What a CLEC is answered to its message, whichever way it came: one place for every door."""

from gateway.doors.problems import Kind, Problem
from gateway.metrics import Metrics
from gateway.record.rows import Family
from gateway.services.intake import Intake
from gateway.services.refusals import Refused, Unreadable
from gateway.services.taken import Duplicate, OutOfSequence, Taken
from validators.verdict import Outcome


async def submitted(
    intake: Intake,
    metrics: Metrics,
    partner_id: str,
    family: Family,
    body: bytes,
    *,
    idempotency_key: str | None = None,
    if_match: int | None = None,
) -> Taken | Duplicate | OutOfSequence:
    """Hand a message in, and count and time what came of it; raises what `Intake.submit` raises."""
    with metrics.intake_seconds.labels(family.value).time():
        try:
            result = await intake.submit(partner_id, family, body, idempotency_key=idempotency_key, if_match=if_match)
        except Refused as refusal:
            outcome = "unreadable" if isinstance(refusal, Unreadable) else "refused"
            metrics.submissions.labels(family=family.value, outcome=outcome).inc()
            raise
    metrics.submissions.labels(family.value, result.name).inc()
    return result


def accepted(result: Taken | Duplicate | OutOfSequence) -> Taken:
    """Give the message that was accepted.

    Raises:
        Problem: it was rejected, or not taken at all.
    """
    if not isinstance(result, Taken):
        kind = Kind.DUPLICATE if isinstance(result, Duplicate) else Kind.OUT_OF_SEQUENCE
        raise Problem.of_findings(kind, result.findings, order=result.order_id and f"/v1/orders/{result.order_id}")
    told = result.acknowledgement
    if told.outcome == Outcome.REJECTED:
        raise Problem(
            Kind.CONTENT_REJECTED,
            "the message is recorded and rejected; cure every error and send the next version",
            [finding.as_json() for finding in told.findings],
            {"order": told.order_url},
            {"Location": told.order_url},
        )
    return result
