"""Notices about ASRs in the forms of ASRs: the confirmation (CN), and the clarification/notification request (C/NR).

The life cycle speaks of kinds of notices that all families share. For an ASR each of them is one of the two forms, with
the fields of that form, its codes, and its own count of versions. What has no form there (the posting to billing, a
clock that ran out) stays as it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from gateway.lifecycle.access import AccessCircuit, AccessConfirmation, AccessError, Clarify
from gateway.lifecycle.decisions import Confirm, Decision, Jeopardy
from gateway.lifecycle.vocabulary import Cause, NoticeKind
from gateway.notices.notice import Detail, NoticeContent, NoticeField, Value, notice_content
from validators.messages.access_echo import AccessEcho, CircuitEcho
from validators.verdict import Finding

CN: Final = "CN"
C_NR: Final = "C_NR"
_INQUIRY: Final = "S"
_DATES: Final = frozenset({"APP", "DD", "DLRD", "PTD", "EBD"})
"""What the answer to an inquiry does not have."""
_LONGEST_DETAIL: Final = 60
_LONGEST_REMARKS: Final = 225
_LONGEST_MESSAGE: Final = 120
_LONGEST_TAG: Final = 12
_INTEROFFICE: Final = "1A"
"""RCODE of facilities that are wanting between offices, as for every trunk and transport."""


class Clarification(StrEnum):
    """CNT: what a C/NR is."""

    COMPLETION = "A"
    JEOPARDY = "B"
    CLEAR = "C"
    REMARKS = "D"
    ERRORS = "E"
    JEOPARDY_AND_ERRORS = "F"
    EARLY_JEOPARDY = "G"
    """Before the first confirmation."""
    EARLY_JEOPARDY_AND_ERRORS = "H"
    CANCELLED = "K"
    """The provider cancels."""
    ADDRESS = "L"
    """The provider has corrected the address."""


@dataclass(frozen=True, slots=True)
class AccessOrder:
    """What the forms need to know of an order.

    Attributes:
        echo: what they repeat of the request.
        confirmed: there was a confirmation before.
        number: number of this C/NR among those under the PON.
        answer_due: CRDD, by when the CLEC is to supplement, where that is asked and a clock runs.
    """

    echo: AccessEcho
    confirmed: bool
    number: int
    answer_due: date | None = None


def form_of(content: NoticeContent) -> str | None:
    """Give the form in which a notice about an ASR goes out: CN or C_NR; None where the forms have none for it."""
    if content.kind is NoticeKind.FOC:
        return CN
    told = dict(content.fields)
    if content.kind is NoticeKind.STATUS and NoticeField.CLOCK in told:
        return None
    return C_NR if content.kind in _TYPES else None


def in_access_form(content: NoticeContent, order: AccessOrder) -> NoticeContent:
    """Give a notice in the form of ASRs; as it is where the forms have none for it."""
    form = form_of(content)
    if form is None:
        return content
    return _confirmation(content, order) if form == CN else _clarification(content, order)


def _confirmation(content: NoticeContent, order: AccessOrder) -> NoticeContent:
    told, echo = {field.name: value for field, value in content.fields}, order.echo
    if told.setdefault("RT", "F") == _INQUIRY:
        told = {name: value for name, value in told.items() if name not in _DATES}
    named: dict[str, Value | None] = {
        "RT": told["RT"],
        "INIT": echo.initiator,
        "ICSC": echo.service_center,
        **{name: told.get(name) for name in ("D_TSENT", "CD_TSENT", "REP", "TEL_NO_REP", "PIA", "PROVINT", "PROJECT")},
        **{name: told.get(name) for name in ("APP", "DLRD", "PTD", "DD", "NFR", "EBD", "BAN1", "ECSPC", "FDT", "ORD")},
        **{name: told.get(name) for name in ("TSC", "CKR", "ECCKT", "REMARKS")},
        "CKR": echo.customer_circuit,
    }
    shaped = notice_content(content.kind, content.section, **named)
    assigned = {detail.fields[0][2]: detail for detail in content.details if detail.element == "CIRCUIT"}
    circuits = tuple(_with_echo(one, assigned.pop(one.reference, None)) for one in echo.circuits)
    return replace(shaped, form=CN, charges=content.charges, details=(*circuits, *assigned.values()))


def with_access(content: NoticeContent, decision: Decision) -> NoticeContent:
    """Give the notice that a decision brings together with what only those about ASRs have."""
    if isinstance(decision, Confirm) and decision.access is not None:
        only = notice_content(content.kind, content.section, **_access_fields(decision.access))
        circuits = tuple(_assigned(circuit) for circuit in decision.access.circuits)
        return replace(content, fields=(*content.fields, *only.fields), details=circuits)
    if isinstance(decision, Jeopardy):
        return replace(content, details=tuple(error_detail(error) for error in decision.errors))
    return content


def _access_fields(told: AccessConfirmation) -> Mapping[str, Value | None]:
    return {
        "TSC": told.two_six_code,
        "DLRD": told.design_layout_date,
        "PTD": told.plant_test_date,
        "ECSPC": told.point_code,
        "PROVINT": None if told.provisioning_days is None else str(told.provisioning_days),
        "NFR": told.new_facilities,
    }


def _assigned(told: AccessCircuit) -> Detail:
    return _circuit(
        ("REF_NUM", "reference", told.reference),
        ("ECCKT", "circuit_id", told.circuit_id),
        ("TRKQTY", "trunks", None if told.trunks is None else str(told.trunks)),
        ("ORD", "order_number", told.order_number),
    )


def _with_echo(asked: CircuitEcho, assigned: Detail | None) -> Detail:
    told = {name: text for name, _, text in assigned.fields} if assigned is not None else {}
    trunks = told.get("TRKQTY") or (None if asked.trunks is None else str(asked.trunks))
    return _circuit(
        ("REF_NUM", "reference", asked.reference),
        ("ECCKT", "circuit_id", told.get("ECCKT")),
        ("TRKQTY", "trunks", trunks),
        ("TRN", "trunk_numbers", asked.trunk_numbers),
        ("TCIC", "trunk_circuit_codes", asked.codes),
        ("ORD", "order_number", told.get("ORD")),
    )


def _circuit(*fields: tuple[str, str, str | None]) -> Detail:
    return Detail("CIRCUIT", "circuits", tuple((name, member, text) for name, member, text in fields if text))


def clarification(told: Clarify) -> NoticeContent:
    """Give the notice that an ASR is to be clarified, or of what is told of it."""
    content = notice_content(
        NoticeKind.CLARIFICATION, told.section, RDET=told.text, SUPR=told.asks_for_supplement, **dict(told.address)
    )
    return replace(content, details=tuple(error_detail(error) for error in told.errors))


def cleared(section: str) -> NoticeContent:
    """Give the notice that a supplement has met what was asked for."""
    return notice_content(NoticeKind.CLARIFICATION, section, CNT=Clarification.CLEAR.value)


def error_detail(error: AccessError) -> Detail:
    """Give an entry of the list of errors."""
    told = (
        ("REF_NUM", "reference", error.reference),
        ("ERROR_TAG", "tag", error.tag),
        ("OCC", "occurrence", None if error.occurrence is None else str(error.occurrence)),
        ("SUPI", "supplement", "Y" if error.supplement else None),
        ("ERROR_MESSAGE", "message", error.message[:_LONGEST_MESSAGE]),
    )
    return Detail("ERROR", "errors", tuple((name, member, text) for name, member, text in told if text))


def errors_of(findings: tuple[Finding, ...], *, supplement: bool) -> tuple[AccessError, ...]:
    """Give what the judge found as entries of a list of errors."""
    return tuple(AccessError(_tag(one), one.text, supplement=supplement) for one in findings)


def _tag(finding: Finding) -> str:
    return (finding.path.rpartition("/")[2].partition("[")[0] or finding.code)[:_LONGEST_TAG]


def _clarification(content: NoticeContent, order: AccessOrder) -> NoticeContent:
    told = {field.name: value for field, value in content.fields}
    cnt = told.get("CNT") or _TYPES[content.kind](content, order).value
    text = str(told.get("RDET") or told.get("REMARKS") or "")
    reason = told.get("RCODE") or (_INTEROFFICE if content.kind is NoticeKind.FACILITIES else None)
    named: dict[str, Value | None] = {
        "CNT": cnt,
        "C_NR_VER": f"{min(order.number, 99):02}",
        "INIT": order.echo.initiator,
        "ICSC": order.echo.service_center,
        "REJECTTYPE": told.get("REJECTTYPE"),
        "SUPR": told.get("SUPR"),
        "CRDD": order.answer_due if told.get("SUPR") else None,
        **{name: told.get(name) for name in ("DD", "ESDD", "CD", "SDI")},
        "RCODE": reason,
        "RDET": text[:_LONGEST_DETAIL] if reason else None,
        **{name: told.get(name) for name in ("PENDING_UNTIL", "CAUSED_BY", "CANCELLED_BY", "ORD", "ECCKT", "FDT")},
        **{name: told.get(name) for name in _ADDRESS},
        "REMARKS": text[:_LONGEST_REMARKS] if not reason or len(text) > _LONGEST_DETAIL else None,
    }
    shaped = notice_content(content.kind, content.section, **named)
    errors = tuple(error_detail(error) for error in errors_of(content.findings, supplement=False))
    details = (*content.details, *errors)
    return replace(shaped, form=C_NR, findings=content.findings, charges=content.charges, details=details)


def _of_jeopardy(content: NoticeContent, order: AccessOrder) -> Clarification:
    if order.confirmed:
        return Clarification.JEOPARDY_AND_ERRORS if content.details else Clarification.JEOPARDY
    return Clarification.EARLY_JEOPARDY_AND_ERRORS if content.details else Clarification.EARLY_JEOPARDY


def _of_clarification(content: NoticeContent, order: AccessOrder) -> Clarification:
    del order
    if content.details:
        return Clarification.ERRORS
    corrected = any(field.name in _ADDRESS for field, _ in content.fields)
    return Clarification.ADDRESS if corrected else Clarification.REMARKS


def _of_cancellation(content: NoticeContent, order: AccessOrder) -> Clarification:
    del order
    by_provider = dict(content.fields).get(NoticeField.CANCELLED_BY) == Cause.ILEC.value
    return Clarification.CANCELLED if by_provider else Clarification.REMARKS


def _always(cnt: Clarification) -> Callable[[NoticeContent, AccessOrder], Clarification]:
    return lambda _content, _order: cnt


_ADDRESS: Final = ("SAPR", "SANO", "SASF", "SASD", "SASN", "SATH", "SASS", "CITY", "STATE", "ZIP")
_TYPES: Final[Mapping[NoticeKind, Callable[[NoticeContent, AccessOrder], Clarification]]] = MappingProxyType(
    {
        NoticeKind.SOC: _always(Clarification.COMPLETION),
        NoticeKind.JEOPARDY: _of_jeopardy,
        NoticeKind.FACILITIES: _always(Clarification.EARLY_JEOPARDY),
        NoticeKind.STATUS: _always(Clarification.REMARKS),
        NoticeKind.CLARIFICATION: _of_clarification,
        NoticeKind.REJECT: _always(Clarification.ERRORS),
        NoticeKind.CANCELLED: _of_cancellation,
    }
)
