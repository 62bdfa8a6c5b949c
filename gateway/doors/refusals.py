"""How a service's refusal becomes a problem: one table."""

from collections.abc import Callable
from typing import Any

from gateway.doors.problems import Kind, Problem
from gateway.lifecycle.decisions import DecisionInvalid
from gateway.services.refusals import (
    DecisionRefused,
    KeyReused,
    NoAgreement,
    NotAuthorized,
    NotFound,
    Purged,
    Refused,
    StaleRevision,
    StateForbids,
    Unreadable,
)
from gateway.services.registers import AlreadyWithdrawn


def problem_of(refusal: Refused | DecisionInvalid) -> Problem:
    """Give the problem that tells the caller why."""
    return _TABLE[type(refusal)](refusal)


def _unreadable(refusal: Unreadable) -> Problem:
    on_form = all(finding.code.startswith("E1") for finding in refusal.findings)
    too_large = any(finding.code == "E101" for finding in refusal.findings)
    kind = Kind.TOO_LARGE if too_large else Kind.MALFORMED_MESSAGE if on_form else Kind.CONTENT_REJECTED
    return Problem.of_findings(kind, refusal.findings)


def _invalid(refusal: DecisionInvalid) -> Problem:
    errors = [
        {"path": "/" + bad.field.replace(".", "/"), "text": bad.text}
        | ({} if bad.value is None else {"value": bad.value})
        for bad in refusal.bad_fields
    ]
    return Problem(Kind.MALFORMED_REQUEST, "the body is no decision; see /openapi.json", errors)


def _state_forbids(refusal: StateForbids) -> Problem:
    return Problem(Kind.STATE_FORBIDS, refusal.text, more={"section": refusal.section, "order": refusal.order_id})


def _stale(refusal: StaleRevision) -> Problem:
    return Problem(
        Kind.PRECONDITION_FAILED,
        f"the order is at revision {refusal.revision} now; read it again and decide anew",
        headers={"ETag": f'"{refusal.revision}"'},
    )


def _decision_refused(refusal: DecisionRefused) -> Problem:
    return Problem.of_findings(Kind.CONTENT_REJECTED, refusal.findings, order=refusal.order_id)


_TABLE: dict[type[Exception], Callable[[Any], Problem]] = {
    Unreadable: _unreadable,
    DecisionInvalid: _invalid,
    NotFound: lambda refusal: Problem(Kind.NOT_FOUND, f"{refusal.what} does not exist, or is not yours"),
    Purged: lambda refusal: Problem(Kind.GONE, str(refusal), more={"purged_at": refusal.at.isoformat()}),
    StateForbids: _state_forbids,
    AlreadyWithdrawn: lambda refusal: Problem(Kind.STATE_FORBIDS, f"{refusal}; it stays on record as withdrawn"),
    DecisionRefused: _decision_refused,
    StaleRevision: _stale,
    KeyReused: lambda refusal: Problem(
        Kind.IDEMPOTENCY_KEY_REUSED,
        f"the key {refusal.key!r} came before with other content; give each message a key of its own",
    ),
    NotAuthorized: lambda refusal: Problem(
        Kind.FORBIDDEN,
        f"no authorization of the end user of {refusal.wtn} that holds today is on record; "
        "put it there with end-user-authorization (12.2.1.1.4.2)",
    ),
    NoAgreement: lambda refusal: Problem(
        Kind.UNAVAILABLE,
        f"the agreement {refusal.agreement_id!r} of {refusal.partner_id} is not loaded; tell the ILEC's operator",
    ),
}
