"""Entries of registers for tests, made as an operator gives them."""

from typing import Any

from validators.registers.entry import Dossier, Entry
from validators.registers.given import given_entry
from validators.registers.known import REGISTERS
from validators.registers.onboarding import STEPS
from validators.rules.case import PartnerCodes


def entry(
    register: str, valid_from: str = "2026-01-01", *, key: str = "", until: str | None = None, **data: Any
) -> Entry[Any]:
    """Give an entry that concerns the partner `clec`, or all where its register wants that."""
    partner = None if REGISTERS[register].concerns == "all" else "clec"
    body = {"partner": partner, "key": key, "valid_from": valid_from, "valid_until": until, "data": data}
    given = given_entry(REGISTERS[register], body)
    return Entry(
        f"reg_{key}", register, partner, given.key, given.data, given.section, given.valid_from, given.valid_until
    )


def partner_with(*entries: Entry[Any], active: bool = True) -> PartnerCodes:
    """Give a partner of the record with these entries."""
    return PartnerCodes.of({}, Dossier.of(*entries), active=active)


def steps_done(*but: str) -> tuple[Entry[Any], ...]:
    """Give entries for all steps but these, and for every product."""
    done = tuple(entry("onboarding", key=step, states=["ID"]) for step in STEPS if step not in but)
    return (*done, entry("products-enabled", key="all"))
