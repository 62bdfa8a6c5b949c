"""The closed list of registers. A new one is a model in a module of its topic, and a line here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from validators.registers import (
    announcements,
    bona_fide,
    buildings,
    by_hand,
    certifications,
    collocation_sites,
    confidence,
    conversions,
    credit,
    eligibility,
    interfaces,
    intervals,
    onboarding,
    partner_duties,
    premises,
    reference,
    searched_loops,
    trunks,
)
from validators.registers.entry import Register

_ALL: Final[tuple[Register[Any], ...]] = (
    *conversions.REGISTERS,
    *buildings.REGISTERS,
    *certifications.REGISTERS,
    *collocation_sites.REGISTERS,
    *reference.REGISTERS,
    *eligibility.REGISTERS,
    *intervals.REGISTERS,
    *credit.REGISTERS,
    *onboarding.REGISTERS,
    *announcements.REGISTERS,
    *bona_fide.REGISTERS,
    *trunks.REGISTERS,
    *premises.REGISTERS,
    *partner_duties.REGISTERS,
    *by_hand.REGISTERS,
    *interfaces.REGISTERS,
    *confidence.REGISTERS,
    *searched_loops.REGISTERS,
)

REGISTERS: Final[Mapping[str, Register[Any]]] = MappingProxyType({register.id: register for register in _ALL})
"""Every register by its id."""
