"""Standard intervals that the ILEC has entered, in place of those of the agreement file."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gateway.cli.register_file import FileInvalid, read_entries
from tests.rig.court import LOOP, PORT, Court
from validators.registers.entry import Dossier, Entry
from validators.registers.intervals import INTERVALS, StandardIntervals
from validators.rules.case import PartnerCodes


def _entry(key: str, since: date, until: date | None = None, **data: Any) -> Entry[StandardIntervals]:
    table = StandardIntervals.model_validate(data)
    return Entry(f"{key}-{since}", INTERVALS.id, None, key, table, INTERVALS.section, since, until)


def _earliest(court: Court, name: str, *entries: Entry[StandardIntervals]) -> date | None:
    judged = court.judged(court.message(name), partner=PartnerCodes(dossier=Dossier.of(*entries)))
    return judged.facts.earliest_due_date


TWO_DAYS: dict[str, Any] = {"bands": [{"up_to": 8, "business_days": 2}, {}]}
THREE_DAYS: dict[str, Any] = {"bands": [{"business_days": 3}]}


@pytest.mark.parametrize(
    ("entries", "earliest"),
    [
        ((), date(2026, 3, 9)),
        ((_entry("loop-2w-analog", date(2026, 3, 2), **TWO_DAYS),), date(2026, 3, 4)),
        ((_entry("loop-2w-analog", date(2026, 3, 3), **TWO_DAYS),), date(2026, 3, 9)),
        ((_entry("loop-2w-analog", date(2026, 1, 1), date(2026, 3, 1), **TWO_DAYS),), date(2026, 3, 9)),
        (
            (
                _entry("loop-2w-analog", date(2026, 1, 1), **THREE_DAYS),
                _entry("loop-2w-analog", date(2026, 2, 1), **TWO_DAYS),
            ),
            date(2026, 3, 4),
        ),
        ((_entry("loop-ds1", date(2026, 1, 1), **TWO_DAYS),), date(2026, 3, 9)),
    ],
    ids=["none", "first day", "not yet", "no more", "the later one", "another product"],
)
def test_the_table_in_force_on_the_application_date_holds(
    court: Court, entries: tuple[Entry[StandardIntervals], ...], earliest: date
) -> None:
    """Of several the one that began last; without any, that of the agreement."""
    assert earliest == _earliest(court, LOOP, *entries)


def test_a_table_for_the_kind_of_port_goes_before_one_for_any(court: Court) -> None:
    """A port with several numbers is no simple one, so the table for any holds for it."""
    simple = _entry("lnp", date(2026, 2, 1), port="simple", received_by="13:00", bands=[{"business_days": 1}])
    anyone = _entry("lnp", date(2026, 1, 1), **TWO_DAYS)

    assert date(2026, 3, 4) == _earliest(court, PORT, simple, anyone)


def test_a_file_of_tables_is_refused_with_every_row_that_is_wrong(tmp_path: Path) -> None:
    """Each is told with its line and place; a table whose bands do not rise is none."""
    file = tmp_path / "intervals.yaml"
    file.write_text(
        "entries:\n"
        "  - register: standard-intervals\n"
        "    key: loop-2w-analog\n"
        "    valid_from: 2026-01-01\n"
        "    data: {bands: [{up_to: 8, business_days: 5}, {up_to: 4, business_days: 6}]}\n"
        "  - register: standard-intervals\n"
        "    valid_from: soon\n"
        "    data: {bands: [{business_days: 5}]}\n"
    )

    with pytest.raises(FileInvalid) as refused:
        read_entries(file)

    assert {5, 7} <= {problem.line for problem in refused.value.problems}
    assert "quantity bands must rise" in str(refused.value)
