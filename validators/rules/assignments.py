"""Rules on how a line says what is done to it and where it is tied: LNA, CCEA, CTI."""

from collections.abc import Iterable
from typing import Final

from validators.codes import Code
from validators.rules.case import Case
from validators.rules.registry import Found, Scope, content_rule

_SECTION: Final = "12.2.1.1.2"
_ACTIVITIES: Final = {"NP": "VD", "LSNP": "VND"}
"""LNA codes of the forms whose codes are published."""
_CARRIER_SYSTEMS: Final = ("/T1/", "/T3/")
_TIED_BY_CABLE: Final = "FPR"
_TIED_BY_BAY: Final = "R"
"""Second characters of TOS with which a tie indicator goes beside CABLE ID, or beside CBCID."""


@content_rule("line-activity-of-port", _SECTION, Code.ACTIVITY_NOT_ALLOWED, Scope(forms=frozenset(_ACTIVITIES)))
def line_activity_of_port(case: Case) -> Iterable[Found]:
    """A line of a port is ported or disconnected; beside a loop it may also be new."""
    service = case.message.service
    allowed = _ACTIVITIES.get(service.form) if service is not None else None
    if allowed is None:
        return ()
    return [
        Found.at(
            line,
            "LNA",
            f"LNA {line.fields['LNA']} does not go with form {line.form}.",
            f"Send LNA {' or '.join(allowed)}.",
            also=(case.message.head.path_of("REQTYP"),),
        )
        for line in case.message.lines
        if line.fields.get("LNA", "V") not in allowed
    ]


@content_rule(
    "ccea-of-new-loop", _SECTION, Code.DEPENDENT_FIELD, Scope(requisitions=frozenset("A"), activities=frozenset("NVW"))
)
def ccea_of_new_loop(case: Case) -> Iterable[Found]:
    """A new loop is not tied to a carrier system by CCEA; that is what CFA is for."""
    return [
        Found.at(
            line,
            "CCEA",
            f"CCEA {ccea} names a T1 or T3 system, which a new loop is connected to by CFA.",
            "Send the system as CFA, or the pair of the frame as CCEA.",
            also=(line.path_of("CFA"),),
        )
        for line in case.message.lines
        if (ccea := line.fields.get("CCEA")) is not None and any(system in ccea for system in _CARRIER_SYSTEMS)
    ]


@content_rule("tie-indicator", _SECTION, Code.DEPENDENT_FIELD, Scope(forms=frozenset({"LS"})))
def tie_indicator(case: Case) -> Iterable[Found]:
    """CTI comes with the tie it speaks of and a service that is tied, and not on a loop that is taken over or moved."""
    head = case.message.head.fields
    service = head.get("TOS", "----")[1:2]
    moved = (head.get("REQTYP") or "")[:1] == "A" and head.get("ACT", "") in ("V", "T")
    found = []
    for line in case.message.lines:
        if "CTI" not in line.fields:
            continue
        by_cable = service in _TIED_BY_CABLE and "CABLE_ID" in line.fields
        by_bay = service == _TIED_BY_BAY and "CBCID" in line.fields
        if moved or not (by_cable or by_bay):
            found.append(
                Found.at(
                    line,
                    "CTI",
                    f"CTI {line.fields['CTI']} does not go with TOS {head.get('TOS', 'absent')} and ACT "
                    f"{head.get('ACT', 'absent')}, or the tie that it speaks of is missing.",
                    "Send CABLE ID (TOS with F, P or R in its second place) or CBCID (R) beside it, or no CTI.",
                    also=(line.path_of("CABLE_ID"), line.path_of("CBCID"), case.message.head.path_of("TOS")),
                )
            )
    return found


RULES = (line_activity_of_port, ccea_of_new_loop, tie_indicator)
