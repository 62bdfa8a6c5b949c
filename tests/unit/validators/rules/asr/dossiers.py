"""What operators have entered, for tests of rules on ASRs."""

from datetime import date
from typing import Any

from validators.registers.entry import Dossier, Entry, Register
from validators.rules.case import PartnerCodes

START = date(2026, 1, 1)


def entered(register: Register[Any], key: str, **data: Any) -> Entry[Any]:
    """Give an entry that holds from the start of 2026."""
    return Entry(f"reg-{key}", register.id, None, key, register.model(**data), register.section, START)


def knowing(*entries: Entry[Any]) -> PartnerCodes:
    """Give a partner of whom these entries are on record."""
    return PartnerCodes(dossier=Dossier.of(*entries))
