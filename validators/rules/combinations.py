"""Rules on combined and commingled elements: EEL, loop-mux combinations, and the facilities that they are joined to."""

from collections.abc import Iterable
from functools import partial
from typing import Final

from validators.codes import Code
from validators.messages.field_times import write_date
from validators.messages.section import Section
from validators.rules.case import Case
from validators.rules.registry import Found, Rule, Scope, content_rule
from validators.rules.wire_centers import serving_and_far
from validators.verdict import Severity

_ADDS: Final = frozenset("NTVWZ")
_EEL: Final = Scope(products=frozenset({"eel"}), activities=_ADDS)
_LMC: Final = Scope(products=frozenset({"lmc"}), activities=_ADDS)
_CERTIFIED: Final = "CERTIF"
_WIRE_CENTER: Final = 8
_LEVELS: Final = {"L": 0, "X": 0, "HC": 1, "HF": 3}
"""Beginnings of NC codes and the digital level that they stand for."""
_SYSTEMS: Final = {"T1": 1, "T3": 3}
"""Type of a connecting facility, its second part, and its level."""
_CFA_ENDS: Final = 5
"""Parts of a CFA: designation, type, channel, and the CLLI codes of both ends."""


def _loop_still_offered(case: Case) -> Iterable[Found]:
    """The loop in a combination is one that is still offered."""
    loop, message = case.loop, case.message
    if loop is None or loop.offered_on(case.application_date, message.activity or ""):
        return ()
    terms = loop.availability
    last = f"its last application date was {write_date(terms.until)}" if terms and terms.until else "it is not offered"
    name = case.product.name if case.product is not None else "combination"
    return (
        Found.at(
            message.head,
            "NC",
            f"The {loop.name} in this {name} is not offered with the application date "
            f"{write_date(case.application_date)}: {last}.",
            "Order another service; what exists may still be changed, recorded and disconnected.",
            also=(message.head.path_of("REQTYP"), message.head.path_of("ACT")),
        ),
    )


@content_rule(
    "commingling-cfa-required",
    "9.1.1.8",
    Code.ASSIGNMENT_MISSING,
    Scope(requisitions=frozenset("ABP"), activities=_ADDS),
)
def commingling_assignment(case: Case) -> Iterable[Found]:
    """A request to commingle carries the CFA of the CLEC's demarcation on each line; an LMC is always commingled."""
    message = case.message
    if (case.product is None or case.product.id != "lmc") and not message.remarks_say("COMMINGL"):
        return ()
    return [
        Found.at(
            line,
            "CFA",
            "CFA is missing: a commingled arrangement names the facility at which each of its services is handed over.",
            "Send CFA on each line.",
            also=(message.head.path_of("REMARKS"),),
        )
        for line in message.lines
        if "CFA" not in line.fields
    ]


@content_rule("lmc-same-wire-center", "9.25.2.3", Code.COMBINATION_NOT_OFFERED, _LMC)
def multiplexer_in_one_wire_center(case: Case) -> Iterable[Found]:
    """The multiplexed facility of an LMC ends in a collocation in the multiplexer's own wire center."""
    return [
        Found.at(
            line,
            "CFA",
            f"CFA {line.fields['CFA']} runs between two wire centers: the multiplexer and the collocation of a "
            "loop-mux combination are in one.",
            "Send a facility within the wire center, or order an enhanced extended loop.",
            also=(case.message.head.path_of("ACTL"),),
        )
        for line in case.message.lines
        if (ends := _ends(line)) is not None and ends[0] != ends[1]
    ]


@content_rule("eel-mux-configurations", "9.23.3.9.3", Code.COMBINATION_NOT_OFFERED, _EEL)
def multiplexing(case: Case) -> Iterable[Found]:
    """EEL multiplexing is DS3 to DS1, or DS1 to DS0: no DS0 loop goes straight onto a DS3."""
    level = _level(case.message.nc)
    return [
        Found.at(
            line,
            "CFA",
            f"CFA {line.fields['CFA']} puts a DS0 loop (NC {case.message.nc}) onto a DS3 system: multiplexing is "
            "DS3 to DS1 or DS1 to DS0.",
            "Send a DS1 system as CFA.",
            also=(case.message.head.path_of("NC"),),
        )
        for line in case.message.lines
        if level == 0 and _system(line) == 3
    ]


@content_rule("ratcheted-mux-ordering", "9.1.1.9", Code.COMBINATION_NOT_OFFERED, _EEL, Severity.DEFER)
def multiplexer_with_other_services(case: Case) -> Iterable[Found]:
    """A multiplexed facility is a UNE only where every circuit into the multiplexer is; else it is of the tariff."""
    level = _level(case.message.nc)
    if not case.message.remarks_say("COMMINGL"):
        return ()
    return [
        Found.at(
            line,
            "CFA",
            f"CFA {line.fields['CFA']} is multiplexed and the arrangement commingled: a multiplexed facility with any "
            "other circuit than UNEs on it is ordered under the tariff, and its rates are not mixed.",
            "Nothing is to be done if every circuit into the multiplexer is a UNE; else order the facility by tariff.",
            also=(case.message.head.path_of("REMARKS"),),
        )
        for line in case.message.lines
        if level is not None and (system := _system(line)) is not None and system > level
    ]


@content_rule("eel-same-bandwidth", "9.23.3.7.2.12.3", Code.COMBINATION_NOT_OFFERED, _EEL)
def bandwidth(case: Case) -> Iterable[Found]:
    """A loop does not go onto transport that carries less: with no multiplexer both have one bandwidth."""
    level = _level(case.message.nc)
    return [
        Found.at(
            line,
            "CFA",
            f"CFA {line.fields['CFA']} carries less than the loop (NC {case.message.nc}).",
            "Send a system of the loop's bandwidth or a higher one.",
            also=(case.message.head.path_of("NC"),),
        )
        for line in case.message.lines
        if level is not None and (system := _system(line)) is not None and system < level
    ]


@content_rule("eel-collocation-elsewhere", "9.23.3.7.2.12.4", Code.COMBINATION_NOT_OFFERED, _EEL, Severity.WARN)
def collocation_elsewhere(case: Case) -> Iterable[Found]:
    """A high-capacity EEL ends in a collocation in another wire center than the loop's."""
    serving, far = serving_and_far(case.message)
    if serving is None or serving != far or not _level(case.message.nc):
        return ()
    head = case.message.head
    return (
        Found.at(
            head,
            "ACTL",
            f"ACTL lies in {far}, the wire center that serves the loop: an enhanced extended loop has transport to "
            "another one.",
            "Nothing is to be done if that is meant; else send the collocation at the far end, or order a loop alone.",
            also=(head.path_of("LST"),),
        ),
    )


@content_rule("eel-ds0-channel-card", "9.23.3.8.3", Code.INTERFACE_CODES_MISSING, _EEL)
def channel_card(case: Case) -> Iterable[Found]:
    """An EEL with a DS0 loop says by NCI which channel card it needs."""
    head = case.message.head
    if _level(case.message.nc) != 0 or "NCI" in head.fields:
        return ()
    return (
        Found.at(
            head,
            "NCI",
            "NCI is missing: it tells the channel card of a DS0 loop, such as loop start or ground start.",
            "Send NCI.",
            also=(head.path_of("NC"),),
        ),
    )


def _certification(case: Case, what: str) -> Iterable[Found]:
    """A high-capacity element is certified by the CLEC: the remarks say so, or a person looks for the letter."""
    message = case.message
    if message.remarks_say(_CERTIFIED) or _level(message.nc) == 0:
        return ()
    return (
        Found.at(
            message.head,
            "REMARKS",
            f"No {what} is stated: certification pending.",
            "Nothing is to be done if the letter is on file; else send it, or write CERTIFIED with date and name into "
            "REMARKS of a new version. No confirmation goes out before.",
            also=(message.head.path_of("NC"),),
        ),
    )


_LOOPS_IN_COMBINATIONS: Final[tuple[Rule[Case], ...]] = tuple(
    content_rule(rule_id, section, Code.PRODUCT_CLOSED, scope)(partial(_loop_still_offered))
    for rule_id, section, scope in (("eel-definition", "9.23.3.7", _EEL), ("lmc-definition", "9.25.1.1", _LMC))
)
_CERTIFICATIONS: Final[tuple[Rule[Case], ...]] = tuple(
    content_rule(rule_id, section, Code.CERTIFICATION_MISSING, scope, Severity.DEFER)(
        partial(_certification, what=what)
    )
    for rule_id, section, scope, what in (
        (
            "hicap-self-certification",
            "9.1.1.4",
            Scope(products=frozenset({"loop-ds1", "loop-ds3"}), activities=_ADDS),
            "self-certification for a high-capacity loop",
        ),
        ("eel-certification-before-provisioning", "9.1.1.10.3", _EEL, "certification that the EEL is eligible"),
    )
)


def _level(nc: str | None) -> int | None:
    return next((level for start, level in _LEVELS.items() if nc is not None and nc.startswith(start)), None)


def _system(line: Section) -> int | None:
    parts = line.fields.get("CFA", "").split("/")
    return next((level for system, level in _SYSTEMS.items() if len(parts) > 1 and parts[1].startswith(system)), None)


def _ends(line: Section) -> tuple[str, str] | None:
    parts = line.fields.get("CFA", "").split("/")
    return None if len(parts) != _CFA_ENDS else (parts[3][:_WIRE_CENTER], parts[4][:_WIRE_CENTER])


RULES = (
    *_LOOPS_IN_COMBINATIONS,
    commingling_assignment,
    multiplexer_in_one_wire_center,
    multiplexing,
    multiplexer_with_other_services,
    bandwidth,
    collocation_elsewhere,
    channel_card,
    *_CERTIFICATIONS,
)
