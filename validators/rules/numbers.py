"""Rules on the telephone numbers of a request: that they are ported once, in order, and may be ported at all."""

from collections.abc import Iterable
from typing import Final

from validators.codes import Code
from validators.messages.section import Section
from validators.messages.telephone import Numbers, read_numbers, write_numbers
from validators.rules.case import Case
from validators.rules.registry import Found, Scope, content_rule

_SECTION: Final = "12.2.1.1.2"
_PORTS: Final = Scope(requisitions=frozenset("BC"))
_NOT_PORTED_AREAS: Final = frozenset({500, 900})
_NOT_PORTED_EXCHANGES: Final = frozenset({950, 976})
"""The codes that 10.2.2.6 names; others that the FCC excludes are not in its text."""


@content_rule("ported-number-required", _SECTION, Code.FIELD_NEEDED, Scope(forms=frozenset({"LSNP"})))
def ported_number_required(case: Case) -> Iterable[Found]:
    """A line whose number moves (LNA V) names the number."""
    return [
        Found.at(
            line,
            "PORTED_NBR",
            "PORTED NBR is missing: LNA V moves the number of this line.",
            "Send the number, or another LNA for a line without one.",
            also=(line.path_of("LNA"),),
        )
        for line in case.message.lines
        if line.fields.get("LNA") == "V" and "PORTED_NBR" not in line.fields
    ]


@content_rule("ported-range-order", _SECTION, Code.NUMBER_RANGE, _PORTS)
def ported_range_order(case: Case) -> Iterable[Found]:
    """A range of numbers runs forward."""
    return [
        Found.at(
            section,
            "PORTED_NBR",
            f"PORTED NBR {section.fields['PORTED_NBR']} runs backward: its end lies before its begin.",
            "Send the lower number first, as in 208-555-0120-0124.",
        )
        for section, numbers in case.message.ported_numbers
        if numbers.last < numbers.first
    ]


@content_rule("ported-number-unique", _SECTION, Code.NUMBER_REPEATED, _PORTS)
def ported_number_unique(case: Case) -> Iterable[Found]:
    """No number is ported twice in one request, by itself or within a range, with hyphens or without."""
    ordered = sorted(case.message.ported_numbers, key=lambda item: item[1].first)
    found = []
    widest: tuple[Section, Numbers] | None = None
    for section, numbers in ordered:
        if widest is not None and numbers.meets(widest[1]):
            found.append(_repeated(section, "PORTED_NBR", numbers, widest[0].path_of("PORTED_NBR")))
        if widest is None or numbers.last > widest[1].last:
            widest = (section, numbers)
    return found


@content_rule("disconnect-number-differs", _SECTION, Code.NUMBER_REPEATED, Scope(forms=frozenset({"LS", "LSNP", "EU"})))
def disconnect_number_differs(case: Case) -> Iterable[Found]:
    """A number that is to be disconnected is named once, and is not one that is ported."""
    message = case.message
    end_user = message.forms.get("EU")
    sections = message.lines if end_user is None else (end_user, *message.lines)
    ends = [section for section in sections if "DISC_NBR" in section.fields]
    if not ends:
        return ()
    seen = [(line.path_of("PORTED_NBR"), numbers) for line, numbers in message.ported_numbers]
    found = []
    for section in ends:
        numbers = read_numbers(section.fields["DISC_NBR"])
        if numbers is None:
            continue
        other = next((path for path, there in seen if numbers.meets(there)), None)
        if other is not None:
            found.append(_repeated(section, "DISC_NBR", numbers, other))
        seen.append((section.path_of("DISC_NBR"), numbers))
    return found


@content_rule("lnp-excluded-numbers", "10.2.2.6", Code.NUMBER_NOT_PORTABLE, _PORTS)
def excluded_numbers(case: Case) -> Iterable[Found]:
    """Numbers of area codes 500 and 900 and of exchanges 950 and 976 are not ported."""
    return [
        Found.at(
            section,
            "PORTED_NBR",
            f"PORTED NBR {write_numbers(numbers)} is of a kind that is not ported "
            "(area codes 500 and 900, exchanges 950 and 976).",
            "Take the number out of the request.",
        )
        for section, numbers in case.message.ported_numbers
        if numbers.area_code in _NOT_PORTED_AREAS or numbers.exchange in _NOT_PORTED_EXCHANGES
    ]


@content_rule("new-account-number-stays", _SECTION, Code.NUMBER_REPEATED, Scope(requisitions=frozenset("ABCEFM")))
def new_account_number_stays(case: Case) -> Iterable[Found]:
    """NAN is a number that stays behind, not one that is ported away."""
    head = case.message.head
    stays = read_numbers(head.fields.get("NAN"))
    if stays is None:
        return ()
    return [
        Found.at(
            head,
            "NAN",
            f"NAN {head.fields['NAN']} is ported away in this request, but names the account that stays.",
            "Send a number of the account that stays, or take it out of those to be ported.",
            also=(section.path_of("PORTED_NBR"),),
        )
        for section, numbers in case.message.ported_numbers
        if numbers.meets(stays)
    ]


def _repeated(section: Section, field: str, numbers: Numbers, other: str) -> Found:
    return Found.at(
        section,
        field,
        f"{field.replace('_', ' ')} {write_numbers(numbers)} stands elsewhere in this request too.",
        "Send each number once.",
        also=(other,),
    )


RULES = (
    ported_number_required,
    ported_range_order,
    ported_number_unique,
    disconnect_number_differs,
    excluded_numbers,
    new_account_number_stays,
)
