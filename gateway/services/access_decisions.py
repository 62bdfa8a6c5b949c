"""What must hold of a decision about an ASR, and of no other."""

from dataclasses import replace
from datetime import date

from gateway.lifecycle.access import SECTION
from gateway.lifecycle.decisions import Confirm, Decision, Jeopardy
from gateway.record.rows import Family, Order
from gateway.services.refusals import DecisionRefused
from validators.agreement.terms import Agreement
from validators.codes import Code
from validators.registers.entry import Dossier
from validators.rules.asr.embargoes import embargoes_at
from validators.verdict import Finding, Severity

_TRUNKS = "lis"
_WORK = frozenset("NC")


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


def check_embargo(order: Order, agreement: Agreement, dossier: Dossier, due: date) -> None:
    """See that a FOC commits to no day for work on trunks while their switch or frame is converted (12.3.24.5, .6).

    Raises:
        DecisionRefused: the due date lies in an embargo, and the order is none for the conversion.
    """
    access = order.facts.get("access") or {}
    far = access.get("far")
    if order.product != _TRUNKS or order.activity not in _WORK or far is None or access.get("for_conversion"):
        return
    met = next((one for one in embargoes_at(far, agreement, dossier) if one.holds_on(due)), None)
    if met is None:
        return
    text = f"due_date {due} lies in the embargo of the {met.kind} conversion of {met.conversion_date}"
    finding = replace(
        _finding("/due_date", due.isoformat(), text, f"give a day after {met.last}"),
        rule="embargo-frame-window" if met.kind == "frame" else "embargo-switch-window",
        section="12.3.24.5" if met.kind == "frame" else "12.3.24.6",
        code=Code.WIRE_CENTER_CLOSED,
    )
    raise DecisionRefused(order.id, (finding,))


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
