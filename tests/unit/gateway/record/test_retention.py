"""The list of where personal data stand: nothing is forgotten, and what it says is what is purged."""

import re

from gateway.record.beside import BESIDE
from gateway.record.retention import KINDS, PURGE_MARKS
from gateway.record.tables import metadata
from gateway.services.personal_data import load_personal_data


def test_every_table_is_listed_with_what_it_holds() -> None:
    """A new table is entered before it can hold anything, and a listed column exists."""
    listed = load_personal_data()
    assert BESIDE
    assert set(metadata.tables) == {*listed.tables, *listed.without}
    assert set() == set(listed.tables) & set(listed.without)
    for table, place in listed.tables.items():
        assert set() == set(place.columns) - set(metadata.tables[table].c.keys())


def test_a_purge_writes_the_listed_columns_and_no_others() -> None:
    """The statements set exactly what the list names; what goes with its row is deleted."""
    written: dict[str, set[str]] = {}
    for statement in PURGE_MARKS.values():
        if changes := re.match(r"UPDATE (\w+) SET (.+?) WHERE", statement):
            columns = {part.partition("=")[0].strip() for part in changes[2].split(",")}
            written.setdefault(changes[1], set()).update(columns)
    del written["purges"]
    by_rows = {"orders", "batches", "batch_results"}  # written whole, as rows of these tables always are
    listed = {
        table: {column for column, way in place.columns.items() if way != "deleted"}
        for table, place in load_personal_data().tables.items()
        if table not in by_rows
    }
    assert {table: columns for table, columns in listed.items() if columns} == written


def test_what_is_purged_by_itself_is_listed() -> None:
    """Each kind that a purge goes through is a place of the list."""
    assert set() == set(KINDS) - set(load_personal_data().tables)
