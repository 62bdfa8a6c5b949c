"""What stands in a new request before anybody types: what follows from who asks, for what, and when."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final

from gateway.portal.forms.typed import Typed, field_name
from validators.agreement.terms import Agreement
from validators.fields import FieldCatalogue
from validators.messages.counts import read_count
from validators.messages.field_times import write_date
from validators.messages.lsr import SERVICE_FORMS
from validators.releases import FIRST, release_of
from validators.rules.case import PartnerCodes

_ON_ANY_HEAD: Final = {"VER": "01", "LOCQTY": "001"}
_OF_FORMS: Final[Mapping[str, Mapping[str, str]]] = {"EU": {"LOCNUM": "001"}}
_LOCATION: Final = "001"
_LINE_ACTIVITIES: Final = "NCDVWXK"
_COUNT_DIGITS: Final = 5


def written_at(now: datetime, agreement: Agreement) -> str:
    """Give an instant as D/TSENT has it, in the agreement's zone."""
    local = now.astimezone(agreement.zone)
    return f"{write_date(local.date())}-{local:%I%M%p}"


def written(catalogue: FieldCatalogue) -> Callable[[date], str]:
    """Give what writes a day as the release of a catalogue has it: MM-DD-CCYY in the first, ISO 8601 in later ones."""
    return write_date if release_of(catalogue.namespace.encode()) == FIRST else date.isoformat


def first_values(
    catalogue: FieldCatalogue, typed: Typed, codes: PartnerCodes, asked: Mapping[str, str], sent: str
) -> Typed:
    """Give a new request with what is known: codes of the partner, what is `asked` (by element), when it is sent."""
    values = {
        "CCNA": codes.ccna[0] if codes.ccna else "",
        "CC": codes.cc[0] if codes.cc else "",
        "D_TSENT": sent,
        **_ON_ANY_HEAD,
        **asked,
    }
    named = {field_name(typed.head, 0, element): text for element, text in values.items()}
    for form, fields in _OF_FORMS.items():
        named |= {field_name(form, 0, element): text for element, text in fields.items()}
    return numbered(catalogue, typed.filled_in(catalogue, named), asked.get("ACT", ""))


def numbered(catalogue: FieldCatalogue, typed: Typed, activity: str = "") -> Typed:
    """Give a request whose service forms count their details, and whose new details have a number of their own."""
    values: dict[str, str] = {}
    for form, count in SERVICE_FORMS.items():
        there = typed.forms.get(form)
        if there is None:
            continue
        values[field_name(form, 0, count)] = f"{len(there.details):0{_COUNT_DIGITS}d}"
        last = max((read_count(detail.get("LNUM")) or 0 for detail in there.details), default=0)
        for number, detail in enumerate(there.details, start=1):
            if not detail:
                last += 1
                values[field_name(form, number, "LOCNUM")] = _LOCATION
                values[field_name(form, number, "LNUM")] = f"{last:0{_COUNT_DIGITS}d}"
                values[field_name(form, number, "LNA")] = activity if activity in _LINE_ACTIVITIES else ""
    return typed.filled_in(catalogue, values)
