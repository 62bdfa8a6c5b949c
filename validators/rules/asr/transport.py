"""Rules on orders for unbundled dedicated transport (UDIT), section 9.6."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final

from validators.codes import Code
from validators.messages.asr import AccessServiceRequest
from validators.messages.field_times import write_date
from validators.registers.buildings import WIRE_CENTERS
from validators.registers.trunks import TIERS, TRANSPORT
from validators.rules.asr.case import AsrCase
from validators.rules.asr.params import number
from validators.rules.asr.places import route_of, state_of, wire_centers
from validators.rules.registry import Found, Rule, Scope, content_rule
from validators.verdict import Severity

_ISSUES: Final = frozenset({None, "2", "3", "4"})


def _udit(activities: str) -> Scope:
    return Scope(family="asr", products=frozenset({"udit"}), activities=frozenset(activities), supplements=_ISSUES)


_LEVELS: Final[Mapping[str, str]] = {"HC": "DS1", "HF": "DS3"}
_DS0: Final = ("L", "X")
"""Beginnings of NC codes of voice grade and digital data: DS0."""


def _level(case: AsrCase) -> str | None:
    code = case.message.nc or ""
    return "DS0" if code.startswith(_DS0) else _LEVELS.get(code[:2])


@content_rule("udit-scope", "9.6.1.1", Code.OPTION_NOT_OFFERED, _udit("NC"))
def scope_of_transport(case: AsrCase) -> Iterable[Found]:
    """Transport runs between two wire centers of one state, collocation to collocation, at DS0 to DS3."""
    message, (near, far) = case.message, wire_centers(case.message)
    if message.service is None:
        return
    if message.nc is not None and _level(case) is None:
        text = f"NC {message.nc} is no bandwidth from DS0 to DS3."
        yield Found.at(message.service, "NC", text, "Order DS0, DS1 or DS3, or another service.")
    if message.of_service("SECLOC") == "E":
        text = "The far end is an end user; transport runs between two collocations."
        yield Found.at(message.service, "SECLOC", text, "Name the wire center and collocation of the far end.")
    elif near is not None and near == far:
        yield Found.at(message.service, "SECLOC", "Both ends are in one wire center.", "Name another wire center.")
    elif near is not None and far is not None and state_of(near) != state_of(far):
        text = f"{near} and {far} are in different states."
        yield Found.at(message.service, "SECLOC", text, "Order transport within a state.")


@content_rule("avail-udit", "9.6.0", Code.WIRE_CENTER_CLOSED, _udit("N"))
def offered_at_both_ends(case: AsrCase) -> Iterable[Found]:
    """Transport is newly offered only where both ends are listed; asked where a list was loaded."""
    product, message, ends = case.product, case.message, wire_centers(case.message)
    terms = product.wire_centers if product is not None else None
    if terms is None or message.service is None or None in ends:
        return ()
    if terms.until is not None and case.application_date <= terms.until:
        return ()
    entered = {
        entry.key
        for entry in case.partner.dossier.in_force(WIRE_CENTERS, case.application_date)
        if entry.data.listed_as == "udit-offered"
    }
    if terms.listed is None and not entered:
        return ()
    unlisted = [str(end) for end in ends if end not in entered and end not in (terms.listed or {})]
    if not unlisted:
        return ()
    return (
        Found.at(
            message.service,
            "SECLOC",
            f"Transport is no longer offered at {' and '.join(unlisted)} with the application date "
            f"{write_date(case.application_date)}.",
            "Order another service there; what exists may still be changed and disconnected.",
            also=(message.head.path_of("ACTL"),),
        ),
    )


def _tiers(case: AsrCase, level: str, closed: frozenset[int]) -> Iterable[Found]:
    """Transport of a bandwidth is not unbundled where both ends are of these tiers; asked where tiers are on record."""
    message, ends = case.message, wire_centers(case.message)
    if message.service is None or _level(case) != level or None in ends:
        return ()
    known = [case.partner.dossier.last(TIERS, case.application_date, end) for end in ends]
    if any(entry is None or entry.data.tier not in closed for entry in known):
        return ()
    return (
        Found.at(
            message.service,
            "SECLOC",
            f"{level} transport is not unbundled between {ends[0]} and {ends[1]}: both are of tier "
            f"{' or '.join(map(str, sorted(closed)))}.",
            "Order it out of the tariff.",
            also=(message.head.path_of("ACTL"),),
        ),
    )


ds1_tiers = content_rule("udit-ds1-tiers", "9.6.2.0.1", Code.WIRE_CENTER_CLOSED, _udit("N"))(
    partial(_tiers, level="DS1", closed=frozenset({1}))
)
ds3_tiers = content_rule("udit-ds3-tiers", "9.6.2.0.2", Code.WIRE_CENTER_CLOSED, _udit("N"))(
    partial(_tiers, level="DS3", closed=frozenset({1, 2}))
)


def _cap(case: AsrCase, rule_id: str, level: str) -> Iterable[Found]:
    """So many circuits of a bandwidth on a route, those in service counted; asked where a route is on record."""
    message, route = case.message, route_of(case.message)
    most = number(case.agreement, rule_id, "circuits")
    if most is None or route is None or _level(case) != level:
        return ()
    if level == "DS1" and not _ds3_closed(case):
        return ()
    counted = [
        entry.data.circuits
        for entry in case.partner.dossier.in_force(TRANSPORT, case.application_date, route)
        if entry.data.level == level
    ]
    there = counted[-1] if counted else 0
    if there + message.quantity <= most:
        return ()
    return (
        Found.at(
            message.head,
            "QTY",
            f"{there} {level} circuits on {route} are in service or on order; with {message.quantity} more they are "
            f"above the {most} that may be had.",
            f"Order {max(most - there, 0)} at most, or out of the tariff.",
        ),
    )


def _ds3_closed(case: AsrCase) -> bool:
    """Whether the route has no duty to unbundle DS3: only there are its DS1s counted."""
    ends = wire_centers(case.message)
    known = [case.partner.dossier.last(TIERS, case.application_date, end) for end in ends if end is not None]
    return len(known) == len(ends) and all(entry is not None and entry.data.tier in {1, 2} for entry in known)


def _capped(rule_id: str, section: str, level: str) -> Rule[AsrCase]:
    return content_rule(rule_id, section, Code.CAP_REACHED, _udit("N"))(partial(_cap, rule_id=rule_id, level=level))


ds1_cap = _capped("udit-ds1-cap-ten", "9.6.2.0.1.1", "DS1")
ds3_cap = _capped("udit-ds3-cap-twelve", "9.6.2.0.2.1", "DS3")


def converts(message: AccessServiceRequest) -> bool:
    """Say whether private line or special access becomes unbundled transport by this request and another."""
    return message.field("ADMIN", "CCVN") is not None or message.remarks_say("CONVERSION TO UDIT")


@content_rule("udit-conversion-two-asrs", "9.6.4.6", Code.FIELD_NEEDED, _udit("NCD"))
def conversion_in_two(case: AsrCase) -> Iterable[Found]:
    """A conversion from private line or special access is two ASRs, each of which names the other."""
    message = case.message
    if not converts(message) or message.field("ADMIN", "RPON") is not None:
        return ()
    return (
        Found.at(
            message.head,
            "RPON",
            "A conversion to unbundled transport is made of two ASRs; the other one is not named.",
            "Send the PON of the other ASR as RPON.",
        ),
    )


@content_rule("udit-rearrangement-content", "9.6.4.7", Code.ASSIGNMENT_MISSING, _udit("C"))
def rearrangement_content(case: AsrCase) -> Iterable[Found]:
    """A rearrangement names the circuit in service, and where it is to end: facility, jack, or NC and NCI."""
    message, service = case.message, case.message.service
    if message.field("ADMIN", "ECCKT") is None:
        yield Found.at(message.head, "ECCKT", "The circuit in service is not named.", "Send its ECCKT.")
    ends = ("CFA", "SCFA", "CCEA", "NCI")
    if service is not None and not any(service.get(field) for field in ends):
        text = "Where the circuit is to end is not stated."
        yield Found.at(service, "CFA", text, "Send CFA, CCEA, or NC and NCI.")


@content_rule("udit-rearrangement-uncoordinated", "9.6.6.2", Code.OPTIONS_CONFLICT, _udit("C"), Severity.WARN)
def coordinated_rearrangement(case: AsrCase) -> Iterable[Found]:
    """A rearrangement is not coordinated; one that is bears additional labor."""
    message = case.message
    if message.field("ADMIN", "CCI") is None:
        return ()
    return (
        Found.at(
            message.head,
            "CCI",
            "A rearrangement is not coordinated in its price: additional labor is charged.",
            "Nothing is to be done if the charge is accepted; else leave CCI out.",
        ),
    )


RULES = (
    scope_of_transport,
    offered_at_both_ends,
    ds1_tiers,
    ds3_tiers,
    ds1_cap,
    ds3_cap,
    conversion_in_two,
    rearrangement_content,
    coordinated_rearrangement,
)
