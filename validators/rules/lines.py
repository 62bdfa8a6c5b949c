"""Rules on the service details of a request: their count, numbers, place, circuit and assignment."""

from collections.abc import Iterable
from typing import Final

from validators.codes import Code
from validators.messages.counts import read_count
from validators.messages.lsr import SERVICE_FORMS
from validators.messages.section import Section
from validators.rules.case import Case
from validators.rules.registry import Found, Scope, content_rule

_SECTION: Final = "12.2.1.1.2"
_WITH_DETAILS: Final = Scope(forms=frozenset(SERVICE_FORMS))
_NEW_LOOP: Final = Scope(requisitions=frozenset("AB"), activities=frozenset("NVW"), forms=frozenset({"LS", "LSNP"}))
_PLAIN_ANALOG: Final = ("LX--", "LY--")
"""NC codes of plain analog loops, which may come without an assignment."""
_ONE_LOCATION: Final = frozenset({"1", "01", "001"})


@content_rule("line-quantity", _SECTION, Code.QUANTITY_MISMATCH, _WITH_DETAILS)
def line_quantity(case: Case) -> Iterable[Found]:
    """The quantity on a service form equals the number of its service details."""
    service = case.message.service
    if service is None:
        return ()
    field = SERVICE_FORMS[service.form]
    text = service.get(field)
    there = len(service.details)
    asked = read_count(text)
    if asked is None or (asked == there and there):
        return ()
    return (
        Found.at(
            service,
            field,
            f"{field} is {text}, but form {service.form} has {there} service details.",
            f"Set {field} to the number of service details, at least one, or send the missing ones.",
            also=(f"{service.path}/DETAILS",),
        ),
    )


@content_rule("line-number-unique", _SECTION, Code.LINE_REPEATED, _WITH_DETAILS)
def line_number_unique(case: Case) -> Iterable[Found]:
    """Each service detail has a line number of its own."""
    lines = case.message.lines
    if len(lines) < 2:
        return ()
    first: dict[str, Section] = {}
    found = []
    for line in lines:
        number = line.get("LNUM")
        if number is None:
            continue
        before = first.setdefault(number.lstrip("0"), line)
        if before is not line:
            also = (before.path_of("LNUM"),)
            found.append(Found.at(line, "LNUM", f"LNUM {number} stands twice.", "Give each line its own LNUM.", also))
    return found


@content_rule("location-number", _SECTION, Code.LOCATION_NUMBER, Scope(forms=frozenset(SERVICE_FORMS) | {"EU", "LSR"}))
def location_number(case: Case) -> Iterable[Found]:
    """A request is for one location, number 1."""
    message = case.message
    sections = message.lines
    if (end_user := message.forms.get("EU")) is not None:
        sections = (end_user, *sections)
    found = []
    if message.head.fields.get("LOCQTY", "1") not in _ONE_LOCATION:
        found.append(
            Found.at(
                message.head,
                "LOCQTY",
                f"LOCQTY is {message.head.fields['LOCQTY']}: a request has one location.",
                "Send LOCQTY 001, and one request for each location.",
            )
        )
    return found + [
        Found.at(
            section,
            "LOCNUM",
            f"LOCNUM is {section.fields['LOCNUM']}: a request has one location, number 1.",
            "Send LOCNUM 001, and one request for each location.",
        )
        for section in sections
        if section.fields.get("LOCNUM", "1") not in _ONE_LOCATION
    ]


@content_rule(
    "circuit-named", _SECTION, Code.CIRCUIT_MISSING, Scope(requisitions=frozenset("A"), activities=frozenset("CDT"))
)
def circuit_named(case: Case) -> Iterable[Found]:
    """A change, disconnect or move names what is there: ECCKT on each line, or the account if no line is sent."""
    message = case.message
    if message.lines:
        return [
            Found.at(
                line,
                "ECCKT",
                f"ECCKT is missing: ACT {message.activity} is for a circuit that exists.",
                "Send the circuit id of the ILEC as it stands on the confirmation of the loop.",
                also=(message.head.path_of("ACT"),),
            )
            for line in message.lines
            if "ECCKT" not in line.fields
        ]
    if message.head.get("AN") or message.head.get("ATN"):
        return ()
    return (
        Found.at(
            message.head,
            "AN",
            f"Neither circuit nor account is named: ACT {message.activity} is for something that exists.",
            "Send form LS with ECCKT, or AN.",
            also=(message.head.path_of("ATN"), message.head.path_of("ACT")),
        ),
    )


@content_rule("cfa-or-ccea-required", _SECTION, Code.ASSIGNMENT_MISSING, _NEW_LOOP)
def cfa_or_ccea_required(case: Case) -> Iterable[Found]:
    """A new loop that is not plain analog says where it is connected: CFA or CCEA on each line."""
    if case.message.nc is None or case.message.nc in _PLAIN_ANALOG:
        return ()
    return [
        Found.at(
            line,
            "CFA",
            f"CFA and CCEA are both missing: a loop with NC {case.message.nc} needs one of them.",
            "Send the connecting facility assignment (CFA) or the cross-connect equipment assignment (CCEA).",
            also=(line.path_of("CCEA"), case.message.head.path_of("NC")),
        )
        for line in case.message.lines
        if "CFA" not in line.fields and "CCEA" not in line.fields
    ]


@content_rule("itp-demarcation-required", "9.1.4", Code.ASSIGNMENT_MISSING, _NEW_LOOP)
def demarcation_required(case: Case) -> Iterable[Found]:
    """A loop is ordered with the place where its tie pair ends: ACTL, APOT, or an assignment on each line."""
    head = case.message.head.fields
    if "ACTL" in head or "APOT" in head:
        return ()
    lines = case.message.lines
    if lines and all("CFA" in line.fields or "CCEA" in line.fields for line in lines):
        return ()
    return (
        Found.at(
            case.message.head,
            "ACTL",
            "No demarcation is stated: ACTL and APOT are missing, and not every line has a CFA or CCEA.",
            "Send the CLLI code of the collocation or frame at which the loop is handed over, as ACTL or APOT.",
            also=(case.message.head.path_of("APOT"),),
        ),
    )


RULES = (
    line_quantity,
    line_number_unique,
    location_number,
    circuit_named,
    cfa_or_ccea_required,
    demarcation_required,
)
