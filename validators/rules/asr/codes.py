"""Rules on the codes of an ASR: facility assignments, trunk circuits, circuit names, ends of circuits."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from validators.codes import Code
from validators.messages.asr import AccessServiceRequest
from validators.messages.section import Section
from validators.rules.asr.case import AsrCase
from validators.rules.asr.needed_fields import ANY_ISSUE, ASOG
from validators.rules.registry import Found, content_rule
from validators.verdict import Severity

_ENDS_THAT_SKIP: Final = frozenset({97, 98, 99, 0})
"""Last two digits of trunk circuit codes that are skipped unless NS says otherwise."""
_CIRCUITS: Final = "C"
_SERIAL: Final = re.compile(
    r"[A-Z0-9]{0,2}([/.])[A-Z0-9]{4}\1\d{1,6}\1\d{0,3}\1[A-Z]{2,4}(?:\1[A-Z0-9]{1,3})?"
    r"|[A-Z0-9]{0,2}([/.])[A-Z0-9]{4}\2\d{3}\2\d{3}\2\d{4}(?:-\d{4})?(?:\2..)?"
)
"""A circuit named by serial number, or by telephone number."""
_OTHER_NAMES: Final = re.compile(r"ALL|[A-Z0-9\-]+(?:/[A-Z0-9\-]*)+|[A-Z]{2}[A-Z0-9]{6}")
"""A facility, a message trunk group, a two-six code, or ALL circuits of an account."""


def _with_facilities(message: AccessServiceRequest) -> Iterator[Section]:
    if message.service is not None:
        yield message.service
    yield from message.circuits


@content_rule("asr-facility-end-order", ASOG, Code.FIELD_FORMAT, ANY_ISSUE, Severity.WARN)
def facility_end_order(case: AsrCase) -> Iterable[Found]:
    """A facility names its lower end first, letters before digits; carriers do not keep to it, so it only warns."""
    for section in _with_facilities(case.message):
        for field in ("CFA", "SCFA"):
            ends = (section.get(field) or "").split("/")[-2:]
            if len(ends) == 2 and _collated(ends[0]) > _collated(ends[1]):
                yield Found.at(
                    section,
                    field,
                    f"The ends of {field} stand as {ends[0]}, {ends[1]}; the lower one is named first.",
                    "Nothing is to be done if the facility is meant that is recorded under this name.",
                )


def _collated(end: str) -> str:
    return "".join(f"{1 if character.isdigit() else 0}{character}" for character in end)


@content_rule("asr-circuit-name", ASOG, Code.FIELD_FORMAT, ANY_ISSUE, Severity.WARN)
def circuit_name(case: AsrCase) -> Iterable[Found]:
    """A circuit is named as circuits, facilities or trunk groups are."""
    head = case.message.head
    name = head.get("ECCKT")
    if name is None or _SERIAL.fullmatch(name) or _OTHER_NAMES.fullmatch(name):
        return ()
    return (
        Found.at(
            head,
            "ECCKT",
            f"ECCKT {name} is written neither as a circuit nor as a facility or trunk group.",
            "Send it as the confirmation has it, with empty parts delimited, such as 32/HCFU/101234//ZZ.",
        ),
    )


@content_rule("asr-trunk-circuit-codes", ASOG, Code.NUMBER_RANGE, ANY_ISSUE)
def trunk_circuit_codes(case: AsrCase) -> Iterable[Found]:
    """Runs of circuit codes run upward, meet no other run, skip nothing unsaid, and are as many as the circuits."""
    message, seen = case.message, set[int]()
    coded = [section for section in _with_facilities(message) if section.get("TCIC") is not None]
    skips = message.of_service("NS") == "Y"
    for section in coded:
        run = _run(section.get("TCIC") or "")
        if not run:
            yield Found.at(section, "TCIC", "TCIC runs backward.", "Send the lower code first.")
        elif seen.intersection(run):
            yield Found.at(section, "TCIC", "TCIC names codes of another circuit again.", "Send each code once.")
        elif not skips and len(run) > 1 and any(code % 100 in _ENDS_THAT_SKIP for code in run):
            yield Found.at(
                section,
                "TCIC",
                "TCIC runs over codes that end in 97, 98, 99 or 00, which are skipped unless NS is Y.",
                "Send NS Y on TRUNKING, or runs that leave these codes out.",
            )
        seen.update(run)
    if coded and message.field("ADMIN", "UNIT") == _CIRCUITS and seen and len(seen) != message.quantity:
        yield Found.at(
            coded[0],
            "TCIC",
            f"The circuit codes are {len(seen)}, and QTY is {message.quantity}.",
            "Send as many codes as trunks.",
            also=(message.head.path_of("QTY"),),
        )


def _run(text: str) -> range:
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


RULES = (facility_end_order, circuit_name, trunk_circuit_codes)
