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
        return self != _NOTHING


_NOTHING: Final = NamedThings()


def named_in_lsr(message: LocalServiceRequest) -> NamedThings:
    """Give what an LSR names. A cancellation and a change of the date alone name nothing anew."""
    if message.supplement_type in {"1", "2"}:
        return _NOTHING
    head, requisition = message.head, (message.requisition_type or "")[:1]
    activity = message.activity or ""
    brings = activity in _BRINGS_SERVICE
    loop = requisition in (LOOP, LOOP_WITH_PORT)
    return NamedThings(
        address=_address(message) if activity in _BUILT else None,
        assignments=_fields(message.lines, "CFA") if brings else (),
        codes=_codes(message) if brings else None,
        accounts=tuple(
            named for field in ("BAN1", "BAN2") for named in _fields((head,), field) if len(named[1]) >= _LEAST_ACCOUNT
        ),
        locations=tuple(
            named for field in ("LST", "ACTL") for named in _fields((head,), field) if len(named[1]) >= _LEAST_CLLI
        ),
        numbers=tuple(
            named for named in _fields(message.lines, "TNS") if len(named[1]) == _NUMBER and named[1].isdecimal()
        )
        if activity == "N"
        else (),
        appointment="APPTIME" in head.fields,
        builds=loop and activity in _BUILT,
    )


def _address(message: LocalServiceRequest) -> NamedAddress | None:
    there = message.forms.get("EU")
    if there is None or not {"SANO", "SASN", "CITY"} <= there.fields.keys():
        return None
    parts = (there.fields.get(name, "").upper() for name in ("SANO", "SASD", "SASN", "SATH", "CITY", "STATE", "ZIP"))
    return NamedAddress(there.path_of("SANO"), *parts)


def _codes(message: LocalServiceRequest) -> tuple[str, str, str, str] | None:
    if message.nc is None or message.nci is None:
        return None
    return message.head.path_of("NC"), message.nc, message.nci, message.head.fields.get("SECNCI", "")


def _fields(sections: tuple[Section, ...], field: str) -> tuple[Named, ...]:
    return tuple((section.path_of(field), text) for section in sections if (text := section.fields.get(field)))
