"""What a request names that the ILEC's reference data can confirm, each with its place in the document."""

from dataclasses import dataclass
from typing import Final

from validators.messages.lsr import LOOP, LOOP_WITH_PORT, LocalServiceRequest
from validators.messages.section import Section

_BRINGS_SERVICE: Final = frozenset("NTV")
_BUILT: Final = frozenset("NT")
_LEAST_ACCOUNT: Final = 4
_LEAST_CLLI: Final = 8
_NUMBER: Final = 10

Named = tuple[str, str]
"""Path and text of a field."""


@dataclass(frozen=True, slots=True)
class NamedAddress:
    """A service address; empty where a part was not sent."""

    path: str
    sano: str
    sasd: str
    sasn: str
    sath: str
    city: str
    state: str
    zip: str


@dataclass(frozen=True, slots=True)
class NamedThings:
    """Everything of that kind in one request.

    Attributes:
        address: where a loop is to be brought.
        assignments: CFA of each line.
        codes: path of NC, and NC, NCI and SECNCI (empty where it was not sent).
        accounts: BAN that name an account.
        locations: CLLI codes.
        numbers: telephone numbers that are asked for.
        appointment: whether the order names an appointment, which a reservation under its PON then serves.
        builds: whether a loop is to be built at the address, so that its make-up counts.
    """

    address: NamedAddress | None = None
    assignments: tuple[Named, ...] = ()
    codes: tuple[str, str, str, str] | None = None
    accounts: tuple[Named, ...] = ()
    locations: tuple[Named, ...] = ()
    numbers: tuple[Named, ...] = ()
    appointment: bool = False
    builds: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to confirm."""
        return self != NOTHING


NOTHING: Final = NamedThings()


def named_in_lsr(message: LocalServiceRequest) -> NamedThings:
    """Give what an LSR names. A cancellation and a change of the date alone name nothing anew."""
    if message.supplement_type in {"1", "2"}:
        return NOTHING
    head, requisition = message.head, (message.requisition_type or "")[:1]
    activity = message.activity or ""
    brings = activity in _BRINGS_SERVICE
    loop = requisition in (LOOP, LOOP_WITH_PORT)
    return NamedThings(
        address=address_in(message.forms.get("EU")) if activity in _BUILT else None,
        assignments=values_of(message.lines, "CFA") if brings else (),
        codes=_codes(message) if brings else None,
        accounts=accounts_in(head, "BAN1", "BAN2"),
        locations=locations_in(head, "LST", "ACTL"),
        numbers=tuple(
            named for named in values_of(message.lines, "TNS") if len(named[1]) == _NUMBER and named[1].isdecimal()
        )
        if activity == "N"
        else (),
        appointment="APPTIME" in head.fields,
        builds=loop and activity in _BUILT,
    )


def address_in(form: Section | None) -> NamedAddress | None:
    """Give the service address in a form; None where it has not house number, street and city."""
    if form is None or not {"SANO", "SASN", "CITY"} <= form.fields.keys():
        return None
    parts = (form.fields.get(name, "").upper() for name in ("SANO", "SASD", "SASN", "SATH", "CITY", "STATE", "ZIP"))
    return NamedAddress(form.path_of("SANO"), *parts)


def accounts_in(form: Section, *fields: str) -> tuple[Named, ...]:
    """Give the fields that name a billing account; a shorter text is a code, as E for an existing one."""
    return tuple(named for field in fields for named in values_of((form,), field) if len(named[1]) >= _LEAST_ACCOUNT)


def locations_in(form: Section, *fields: str) -> tuple[Named, ...]:
    """Give the fields that name a place by a CLLI code."""
    return tuple(named for field in fields for named in values_of((form,), field) if len(named[1]) >= _LEAST_CLLI)


def values_of(sections: tuple[Section, ...], field: str) -> tuple[Named, ...]:
    """Give path and text of a field in each section that has it."""
    return tuple((section.path_of(field), text) for section in sections if (text := section.fields.get(field)))


def _codes(message: LocalServiceRequest) -> tuple[str, str, str, str] | None:
    if message.nc is None or message.nci is None:
        return None
    return message.head.path_of("NC"), message.nc, message.nci, message.head.fields.get("SECNCI", "")
