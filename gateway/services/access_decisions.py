"""What must hold of a decision about an ASR, and of no other."""

from gateway.lifecycle.access import SECTION
from gateway.lifecycle.decisions import Confirm, Decision, Jeopardy
from gateway.record.rows import Family, Order
from gateway.services.refusals import DecisionRefused
from validators.codes import Code
from validators.verdict import Finding, Severity


def check_access(order: Order, decision: Decision) -> None:
    """See that what only ASRs have is told of an ASR, and that the trunks of its circuits are those that were ordered.

    Raises:
        DecisionRefused: it is not so.
    """
    access = decision.access if isinstance(decision, Confirm) else None
    errors = decision.errors if isinstance(decision, Jeopardy) else ()
    if order.family is not Family.ASR:
        if access is not None or errors:
            told = "/access" if access is not None else "/errors"
            raise DecisionRefused(order.id, (_finding(told, None, f"order {order.id} is no ASR", "leave it out"),))
        return
    assigned = [circuit.trunks for circuit in access.circuits if circuit.trunks is not None] if access else []
    wanted = (order.facts.get("access") or {}).get("trunks")
    if assigned and wanted is not None and sum(assigned) != wanted:
        text = f"the circuits carry {sum(assigned)} trunks, and {wanted} were ordered"
        raise DecisionRefused(
            order.id, (_finding("/access/circuits", str(sum(assigned)), text, "let TRKQTY of all add up to QTY"),)
        )


def _finding(path: str, value: str | None, text: str, cure: str) -> Finding:
    return Finding(
        rule="confirmation-of-access-service",
        section=SECTION,
        code=Code.QUANTITY_MISMATCH if value else Code.FIELD_NOT_ALLOWED,
        severity=Severity.REJECT,
        path=path,
        value=value,
        text=text,
        cure=cure,
    )
