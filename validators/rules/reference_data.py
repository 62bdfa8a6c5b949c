"""Rules that need reference data of the ILEC: what a facility, a circuit, a number or an exchange is.

What is not entered stands in no order's way.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial
from typing import Final

from validators.codes import Code
from validators.messages.field_times import write_date
from validators.messages.section import Section
from validators.messages.telephone import plain
from validators.registers.reference import CIRCUITS, FACILITIES, RATE_CENTERS, RESERVED_NUMBERS, Circuit, Facility
from validators.rules.case import Case
from validators.rules.registry import Found, Rule, Scope, content_rule
from validators.rules.wire_centers import first_approval, serving_and_far
from validators.verdict import Severity

_ADDS: Final = frozenset("NTVWZ")
_TAKES_OVER: Final = frozenset("VWZ")
_LEVELS: Final = {"HC": 1, "HF": 3}
_COMMINGLED: Final = "COMMINGL"
_SURCHARGE: Final = "SURCHARGE"
_EXCHANGE: Final = 6
_HIGH_CAPACITY: Final = {"loop-ds1": "non-impaired-ds1", "loop-ds3": "non-impaired-ds3"}


def _facilities(case: Case) -> Iterator[tuple[Section, Facility]]:
    """Give the lines whose facility is on record, each with what it is."""
    dossier = case.partner.dossier
    if not dossier.has(FACILITIES):
        return
    for line in case.message.lines:
        entry = dossier.last(FACILITIES, case.application_date, line.fields.get("CFA", ""))
        if entry is not None:
            yield line, entry.data


@content_rule(
    "lis-midspan-exclusive",
    "7.1.2.3",
    Code.COMBINATION_NOT_OFFERED,
    Scope(requisitions=frozenset("ABP"), activities=_ADDS),
)
def midspan_meet(case: Case) -> Iterable[Found]:
    """A mid-span meet serves interconnection alone; no unbundled element is handed over there."""
    return [
        _on_facility(line, "is a mid-span meet, which serves interconnection only")
        for line, facility in _facilities(case)
        if facility.kind == "mid-span-meet"
    ]


@content_rule(
    "lis-entrance-not-commingled",
    "9.1.1.8.3.1",
    Code.COMBINATION_NOT_OFFERED,
    Scope(requisitions=frozenset("ABP"), activities=_ADDS),
)
def entrance_facility(case: Case) -> Iterable[Found]:
    """Entrance facilities and mid-span meets of section 7 are not commingled."""
    if not _commingles(case):
        return ()
    return [
        _on_facility(line, f"is {facility.kind.replace('-', ' ')}, which cannot be commingled")
        for line, facility in _facilities(case)
        if facility.kind != "other"
    ]


def _commingled_with(case: Case, service: str, what: str) -> Iterable[Found]:
    """What is commingled may be."""
    if not _commingles(case):
        return ()
    return [_on_facility(line, what) for line, facility in _facilities(case) if facility.service == service]


_SERVICES: Final[tuple[Rule[Case], ...]] = tuple(
    content_rule(
        rule_id,
        section,
        Code.COMBINATION_NOT_OFFERED,
        Scope(requisitions=frozenset("ABP"), activities=_ADDS),
    )(partial(_commingled_with, service=service, what=what))
    for rule_id, section, service, what in (
        ("no-271-commingling", "9.1.1.8.2", "section-271", "carries an element offered only under section 271"),
        (
            "commingling-as-tariffed",
            "9.1.1.8.3",
            "not-tariffed",
            "carries what no tariff, catalog or price list offers",
        ),
        ("resale-commingling-exclusions", "9.1.1.7", "not-for-resale", "carries what is not available for resale"),
    )
)


def _circuits(case: Case) -> Iterator[tuple[Section, Circuit]]:
    """Give the lines whose existing circuit is on record, each with what it is."""
    dossier = case.partner.dossier
    if not dossier.has(CIRCUITS):
        return
    for line in case.message.lines:
        entry = dossier.last(CIRCUITS, case.application_date, line.fields.get("ECCKT", ""))
        if entry is not None:
            yield line, entry.data


@content_rule(
    "special-access-surcharge-history",
    "9.1.1.6",
    Code.CERTIFICATION_MISSING,
    Scope(requisitions=frozenset("AP"), activities=_TAKES_OVER),
    Severity.DEFER,
)
def surcharge_history(case: Case) -> Iterable[Found]:
    """The conversion of a circuit that was exempt from the surcharge says when and how it was changed."""
    if case.message.remarks_say(_SURCHARGE):
        return ()
    return [
        Found.at(
            line,
            "ECCKT",
            f"Circuit {line.fields['ECCKT']} was exempt from the special access surcharge; nothing says when and how "
            "it was changed to connect with a local exchange line.",
            "Write SURCHARGE with that date and change into REMARKS, or send it with the certification.",
            also=(case.message.head.path_of("REMARKS"),),
        )
        for line, circuit in _circuits(case)
        if circuit.surcharge_exempt
    ]


@content_rule(
    "conversion-to-loop-collocation",
    "9.2.4.6",
    Code.COMBINATION_NOT_OFFERED,
    Scope(requisitions=frozenset("A"), activities=_TAKES_OVER),
)
def like_for_like(case: Case) -> Iterable[Found]:
    """Special access or a private line becomes a loop of the same kind that begins at the CLEC's collocation."""
    head, level = case.message.head, _level(case)
    found = []
    for line, circuit in _circuits(case):
        if circuit.service not in ("special-access", "private-line"):
            continue
        if circuit.level != level:
            found.append(
                Found.at(
                    head,
                    "NC",
                    f"Circuit {line.fields['ECCKT']} is of another digital level than the loop asked for.",
                    "Ask for a loop like the circuit.",
                    also=(line.path_of("ECCKT"),),
                )
            )
        if "ACTL" not in head.fields:
            found.append(
                Found.at(
                    head,
                    "ACTL",
                    "ACTL is missing: a loop that replaces special access begins at the CLEC's collocation.",
                    "Send ACTL, the collocation in the serving wire center.",
                    also=(line.path_of("ECCKT"),),
                )
            )
    return found


@content_rule(
    "eel-conversion",
    "9.23.3.7.2.11",
    Code.COMBINATION_NOT_OFFERED,
    Scope(products=frozenset({"eel"}), activities=_TAKES_OVER),
)
def feasible_conversion(case: Case) -> Iterable[Found]:
    """What exists is converted to an EEL where that is technically feasible."""
    return [
        Found.at(
            line,
            "ECCKT",
            f"Circuit {line.fields['ECCKT']} cannot be converted: that is not technically feasible.",
            "Order a new combination instead.",
            also=(case.message.head.path_of("ACT"),),
        )
        for line, circuit in _circuits(case)
        if not circuit.feasible
    ]


@content_rule(
    "lnp-reserved-numbers",
    "10.2.2.13",
    Code.NUMBER_NOT_PORTABLE,
    Scope(requisitions=frozenset("BC"), activities=_TAKES_OVER),
)
def reserved_number(case: Case) -> Iterable[Found]:
    """A number that its end user reserved is ported until the reservation ends."""
    dossier = case.partner.dossier
    if not dossier.has(RESERVED_NUMBERS):
        return ()
    found = []
    for section, _ in case.message.ported_numbers:
        number = plain(section.fields["PORTED_NBR"])[:10]
        ends = [entry.valid_until for entry in dossier.entries(RESERVED_NUMBERS, number)]
        ended = [day for day in ends if day is not None and day < case.application_date]
        if ends and len(ended) == len(ends):
            found.append(
                Found.at(
                    section,
                    "PORTED_NBR",
                    f"The reservation of {section.fields['PORTED_NBR']} ended on {write_date(max(ended))}.",
                    "Port numbers in service, or those that are still reserved.",
                )
            )
    return found


@content_rule(
    "lnp-relocation-limit",
    "10.2.2.14",
    Code.NUMBER_NOT_PORTABLE,
    Scope(requisitions=frozenset("BC"), activities=_TAKES_OVER, forms=frozenset({"EU"})),
)
def moved_out_of_rate_center(case: Case) -> Iterable[Found]:
    """A port with a move stays in the rate center of the number, where the parties ask for that."""
    place = f"{case.message.field('EU', 'CITY') or ''} {case.message.field('EU', 'STATE') or ''}".upper()
    dossier, day = case.partner.dossier, case.application_date
    there = dossier.last(RATE_CENTERS, day, place)
    if there is None:
        return ()
    found = []
    for section, _ in case.message.ported_numbers:
        exchange = plain(section.fields["PORTED_NBR"])[:_EXCHANGE]
        of_number = dossier.last(RATE_CENTERS, day, exchange)
        if of_number is not None and of_number.data.name != there.data.name:
            found.append(
                Found.at(
                    section,
                    "PORTED_NBR",
                    f"{section.fields['PORTED_NBR']} is of the rate center {of_number.data.name}, the address of "
                    f"{there.data.name}.",
                    "Port the number to an address in its rate center.",
                    also=(case.message.forms["EU"].path_of("CITY"),),
                )
            )
    return found


@content_rule(
    "subloop-feeder-not-available",
    "9.3.1.1",
    Code.PRODUCT_UNKNOWN,
    Scope(products=frozenset({"subloop", "subloop-analog"}), activities=_ADDS),
)
def feeder_alone(case: Case) -> Iterable[Found]:
    """A subloop is distribution to the end user's premises; feeder alone is not offered."""
    codes = case.agreement.setting("subloop-feeder-not-available").params.get("feeder_codes")
    coded = isinstance(codes, tuple) and (case.message.nc or "").startswith(tuple(str(code) for code in codes))
    if not coded and not case.message.remarks_say("FEEDER ONLY"):
        return ()
    head = case.message.head
    return (
        Found.at(
            head,
            "NC",
            "A feeder subloop is asked for; only copper distribution to the end user's premises is available.",
            "Order distribution subloop, or a loop.",
            also=(head.path_of("REMARKS"),),
        ),
    )


@content_rule(
    "nonimpaired-transition-ninety-days",
    "9.1.1.4.3.1.1",
    Code.WIRE_CENTER_CLOSED,
    Scope(products=frozenset(_HIGH_CAPACITY), activities=frozenset("CR")),
    Severity.WARN,
)
def transition_over(case: Case) -> Iterable[Found]:
    """High-capacity loops at a listed wire center are moved to another service within the days of the transition."""
    days = case.agreement.setting("nonimpaired-transition-ninety-days").params.get("days")
    serving, _ = serving_and_far(case.message)
    if case.product is None or serving is None or not isinstance(days, int):
        return ()
    approved = first_approval(case.partner.dossier, serving, _HIGH_CAPACITY[case.product.id])
    last = approved + timedelta(days=days) if approved is not None else None
    if last is None or case.application_date <= last:
        return ()
    return (
        Found.at(
            case.message.head,
            "LST",
            f"{serving} was listed as non-impaired; the transition of its circuits ended on {write_date(last)}.",
            "Move the circuit to another service; until then its rate is that of the transition.",
            also=(case.message.head.path_of("NC"),),
        ),
    )


def _commingles(case: Case) -> bool:
    return case.message.remarks_say(_COMMINGLED) or (case.product is not None and case.product.id == "lmc")


def _level(case: Case) -> int:
    nc = case.message.nc or ""
    return next((level for start, level in _LEVELS.items() if nc.startswith(start)), 0)


def _on_facility(line: Section, what: str) -> Found:
    return Found.at(
        line,
        "CFA",
        f"CFA {line.fields['CFA']} {what}.",
        "Send another facility, or order the arrangement without it.",
    )


RULES: Final = (
    midspan_meet,
    entrance_facility,
    *_SERVICES,
    surcharge_history,
    like_for_like,
    feasible_conversion,
    reserved_number,
    moved_out_of_rate_center,
    feeder_alone,
    transition_over,
)
