"""What an operator gives is read, or everything that is wrong with it is told."""

from datetime import date
from typing import Any

import pytest

from validators.registers.buildings import LOOPS, WIRE_CENTERS
from validators.registers.conversions import CONVERSIONS
from validators.registers.entry import Register
from validators.registers.given import EntryInvalid, given_entry
from validators.registers.known import REGISTERS

GOOD = {
    "key": "BOISIDMA",
    "valid_from": "2026-03-01",
    "data": {"kind": "switch", "conversion_date": "2026-06-15"},
}


def test_an_entry_rests_on_its_registers_section_unless_it_names_one() -> None:
    """What is given is read by the register's model."""
    given = given_entry(CONVERSIONS, GOOD)
    closer = given_entry(CONVERSIONS, {**GOOD, "section": "12.3.24.2", "valid_until": "2026-07-01"})

    assert ("12.3.24.3", date(2026, 3, 1), None, None) == (
        given.section,
        given.valid_from,
        given.valid_until,
        given.partner,
    )
    assert ("12.3.24.2", date(2026, 7, 1)) == (closer.section, closer.valid_until)
    assert "switch" == given.data.model_dump()["kind"]


@pytest.mark.parametrize(
    ("register", "changed", "paths"),
    [
        (CONVERSIONS, {"valid_from": None}, ["valid_from"]),
        (CONVERSIONS, {"valid_from": "2026-02-30"}, ["valid_from"]),
        (CONVERSIONS, {"valid_from": "now", "data": {"kind": "frame"}}, ["valid_from", "data.conversion_date"]),
        (CONVERSIONS, {"valid_from": "now", "data": "frame"}, ["valid_from", "data"]),
        (CONVERSIONS, {"until": "2026-03-02"}, ["until"]),
        (CONVERSIONS, {"valid_until": "2026-02-28"}, ["valid_until"]),
        (CONVERSIONS, {"key": ""}, ["key"]),
        (CONVERSIONS, {"key": "Boise"}, ["key"]),
        (CONVERSIONS, {"data": {"kind": "office"}}, ["data.kind", "data.conversion_date"]),
        (CONVERSIONS, {"key": "", "data": {}}, ["key", "data.kind", "data.conversion_date"]),
        (CONVERSIONS, {"data": {**GOOD["data"], "embargo": {"first": "2026-06-01"}}}, ["data.embargo.last"]),  # type: ignore[dict-item] # a mapping
        (WIRE_CENTERS, {"partner": "sawtooth", "data": {"listed_as": "eel-closed"}}, ["partner"]),
        (LOOPS, {"data": {"product": "loop-ds1", "loops": 2}}, ["partner"]),
    ],
)
def test_everything_wrong_is_told_with_its_place(
    register: Register[Any], changed: dict[str, Any], paths: list[str]
) -> None:
    """A member that is missing, unknown or wrong, and what does not fit the register."""
    with pytest.raises(EntryInvalid) as told:
        given_entry(register, {**GOOD, **changed})

    assert paths == [path for path, _ in told.value.errors]


def test_every_register_says_what_it_is_for() -> None:
    """An operator reads the purpose, the section, and a word on every member."""
    for name, register in REGISTERS.items():
        assert name == register.id
        assert register.purpose.endswith(".")
        assert register.section[0].isdigit() or register.section.startswith(("Exhibit", "Getting Started"))
        assert [] == [field for field, of in register.model.model_fields.items() if not of.description], name
        assert bool(register.keyed_by) or not register.keys
