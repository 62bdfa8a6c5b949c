"""What a CLEC is answered to its message, whichever way it came: one place for every door."""

from gateway.doors.problems import Kind, Problem
from gateway.services.take_message import Duplicate, OutOfSequence, Taken
from validators.verdict import Outcome


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
