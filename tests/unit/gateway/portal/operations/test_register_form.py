"""Forms of registers: made from what an entry says, and read with every mistake at its field."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from gateway.portal.operations.register_form import FormInvalid, RegisterForm, Wrong, told
from validators.registers.known import REGISTERS

BOISE = ZoneInfo("America/Boise")
PARTNERS = [("7", "Seven Devils Telecom"), ("sawtooth", "Sawtooth Lantern Telecom")]


def form_of(name: str) -> RegisterForm:
    """Give the form of a register."""
    return RegisterForm(REGISTERS[name], PARTNERS, BOISE)


def wrong_in(name: str, **filled: str) -> Wrong:
    """Give what is wrong with a form; the names of its fields have `__` for a dot here."""
    with pytest.raises(FormInvalid) as refused:
        form_of(name).read({field.replace("__", "."): text for field, text in filled.items()})
    return refused.value.wrong


@pytest.mark.parametrize("name", REGISTERS)
def test_every_register_has_a_form_with_all_that_its_entries_say(name: str) -> None:
    """Each member has a field of its own, or a group; nothing has two."""
    form = form_of(name)
    names = [field.name for field in form.fields]

    assert len(set(names)) == len(names)
    assert set(REGISTERS[name].model.model_fields) == {one.split(".")[1] for one in names if one.startswith("data.")}


def test_what_is_filled_in_becomes_the_entry() -> None:
    """Lists, truths, numbers to choose from and local times come as the register wants them; blanks say nothing."""
    conversion = form_of("conversions").read(
        {
            "partner": "7",
            "key": "BOISIDMA",
            "valid_from": "2031-06-01",
            "data.kind": "upgrade",
            "data.conversion_date": "2031-06-15",
            "data.exchanges": "208555, 208556\n\n 208557",
            "data.embargo.first": "2031-06-10",
            "data.embargo.last": "2031-06-20",
        }
    )
    tier = form_of("wire-center-tiers").read({"key": "BOISIDMA", "valid_from": "2031-06-01", "data.tier": "2"})
    outage = form_of("interface-outages").read(
        {"key": "lsr-gateway", "valid_from": "2026-07-01", "data.began_at": "2026-07-01 08:30", "data.what": "down"}
    )

    told = conversion.data.model_dump(exclude_none=True)
    assert ("7", date(2031, 6, 1), None, "12.3.24.3") == (
        conversion.partner,
        conversion.valid_from,
        conversion.valid_until,
        conversion.section,
    )
    assert ("208555", "208556", "208557") == told["exchanges"]
    assert {"first": date(2031, 6, 10), "last": date(2031, 6, 20)} == told["embargo"]
    assert "quiet_period" not in told
    assert {"tier": 2} == tier.data.model_dump()
    assert datetime(2026, 7, 1, 14, 30, tzinfo=UTC) == outage.data.model_dump()["began_at"]


def test_rows_of_a_table_come_in_their_order() -> None:
    """An interval for up to five lines, another for more."""
    given = form_of("standard-intervals").read(
        {
            "key": "loop-ds1",
            "valid_from": "2031-06-01",
            "data.bands.0.up_to": "5",
            "data.bands.0.business_days": "3",
            "data.bands.1.business_days": "7",
        }
    )

    bands = given.data.model_dump()["bands"]
    assert [(5, 3), (None, 7)] == [(band["up_to"], band["business_days"]) for band in bands]


def test_each_mistake_stands_at_its_field_and_all_are_told_at_once() -> None:
    """A day that does not exist, something missing, half of a window; a contradiction of the whole stands above."""
    assert {
        "valid_from": "'2031-06-31' is no day; write it as 2026-11-03",
        "data.kind": "This is needed.",
        "data.conversion_date": "This is needed.",
        "data.quiet_period.last": "This is needed.",
    } == wrong_in("conversions", valid_from="2031-06-31", data__quiet_period__first="2031-06-01").by_field

    contradicted = wrong_in(
        "conversions",
        key="BOISIDMA",
        valid_from="2031-06-01",
        data__kind="switch",
        data__conversion_date="2031-06-15",
        data__embargo__first="2031-06-01",
        data__embargo__last="2031-06-02",
    )
    assert ("the windows of a conversion follow from its date (12.3.24.5 to 12.3.24.7)",) == contradicted.others

    backwards = wrong_in(
        "conversions",
        key="BOISIDMA",
        valid_from="2031-06-01",
        data__kind="upgrade",
        data__conversion_date="2031-06-15",
        data__embargo__first="2031-06-10",
        data__embargo__last="2031-06-02",
    )
    assert ["data.embargo.first"] == list(backwards.by_field)


def test_a_time_that_comes_twice_asks_for_its_offset() -> None:
    """Half past one on the night that the clocks go back; with the offset it is taken."""
    filled = {"key": "lsr-gateway", "valid_from": "2026-11-01", "data.what": "down"}
    form = form_of("interface-outages")

    with pytest.raises(FormInvalid) as refused:
        form.read({**filled, "data.began_at": "2026-11-01 01:30"})

    taken = form.read({**filled, "data.began_at": "2026-11-01 01:30-07:00"}).data.model_dump()["began_at"]
    assert {"data.began_at"} == set(refused.value.wrong.by_field)
    assert datetime(2026, 11, 1, 8, 30, tzinfo=UTC) == taken


def test_an_entry_on_record_fills_the_form_and_reads_as_the_same() -> None:
    """So that a correction begins with what stands there."""
    form = form_of("conversions")
    data = {"kind": "switch", "conversion_date": "2031-06-15", "exchanges": ["208555", "208556"]}
    body = {"key": "BOISIDMA", "valid_from": date(2031, 6, 1), "section": "12.3.24.3", "data": data}

    again = form.read(form.filled_from(body))

    assert data == again.data.model_dump(mode="json", exclude_none=True)
    assert [("Kind", "switch"), ("Conversion date", "2031-06-15"), ("Exchanges", "208555, 208556")] == told(form, data)
