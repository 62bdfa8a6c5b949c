"""Whose service a Local Service Request is about, and where: what loss and completion reports repeat of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from validators.messages.lsr import LocalServiceRequest
from validators.messages.section import Section

_STREET: Final = ("SAPR", "SANO", "SASF", "SASD", "SASN", "SATH", "SASS")
_WITHIN: Final = ("LD1", "LV1", "LD2", "LV2", "LD3", "LV3")
_LINES: Final = ("ECCKT", "PORTED_NBR", "TNS", "DISC_NBR")
"""The fields of a service detail that name a line in service: a circuit, else a telephone number."""


@dataclass(frozen=True, slots=True)
class ServicePlace:
    """The service as 12.2.5.2.4 and 12.2.5.2.5 want it named. None and empty where the request does not say.

    Attributes:
        name: the end user's name.
        address: the service address in one line.
        account: the account that exists, by its telephone number or its account number.
        lines: circuits and telephone numbers, one a service detail.
    """

    name: str | None
    address: str | None
    account: str | None
    lines: tuple[str, ...]


def service_place(message: LocalServiceRequest) -> ServicePlace:
    """Give whose service `message` is about, and where."""
    user = message.forms.get("EU")
    head = message.head
    accounts = (user and user.get("EATN"), user and user.get("EAN"), head.get("ATN"), head.get("AN"))
    return ServicePlace(
        name=user.get("NAME") if user else None,
        address=_address(user) if user else head.get("ZIP"),
        account=next((account for account in accounts if account), None),
        lines=tuple(_lines(message)),
    )


def _address(user: Section) -> str | None:
    street = _words(user, _STREET) or _words(user, ("ROUTE", "BOX"))
    parts = (street, _words(user, _WITHIN), user.get("CITY"), _words(user, ("STATE", "ZIP")))
    return ", ".join(part for part in parts if part) or None


def _words(section: Section, fields: tuple[str, ...]) -> str:
    return " ".join(text for field in fields if (text := section.get(field)))


def _lines(message: LocalServiceRequest) -> Iterator[str]:
    for detail in message.lines or (message.head,):
        named = next((text for field in _LINES if (text := detail.get(field))), None)
        if named is not None:
            yield named
