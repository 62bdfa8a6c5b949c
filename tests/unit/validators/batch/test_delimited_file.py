"""Delimited batch files, as spreadsheets write them and as people break them."""

import pytest

from tests.rig.batch_files import delimited_batch, fields_of
from tests.rig.court import TRANSPORT, TRUNKS, TRUNKS_264
from validators.batch.delimited_file import split_delimited
from validators.batch.parts import BatchItem, BatchRefused
from validators.messages.compose import compose
from validators.schema import Schemas


@pytest.fixture(scope="module")
def schemas() -> Schemas:
    """The schemas that say where a field stands."""
    return Schemas()


def _split(body: bytes, schemas: Schemas) -> tuple[BatchItem, ...]:
    return tuple(split_delimited(body, schemas))


def _refused(body: bytes, schemas: Schemas) -> list[tuple[int | None, str | None]]:
    with pytest.raises(BatchRefused) as refused:
        _split(body, schemas)
    return [(fault.row, fault.column) for fault in refused.value.faults]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ends", ["\r\n", "\n"])
@pytest.mark.parametrize("mark", [True, False])
def test_a_spreadsheets_file_gives_the_same_documents(
    schemas: Schemas,
    delimiter: str,
    ends: str,
    mark: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """Comma, semicolon or tab, any line ends, a byte order mark or none, quotes all over: it is one file."""
    requests = [fields_of(name) for name in (TRUNKS, TRANSPORT, TRUNKS_264)]
    items = _split(delimited_batch(requests, delimiter=delimiter, ends=ends, mark=mark), schemas)

    assert [compose("", request, schemas=schemas) for request in requests] == [item.document for item in items]
    assert [2, 3, 4] == [item.row for item in items]


def test_cells_may_hold_delimiters_quotes_and_line_ends(schemas: Schemas) -> None:
    """What stands in quotes is one cell; rows are counted as lines of the file."""
    words = 'NEW, "FAST"\nAND GOOD'
    requests = [fields_of(TRUNKS, {"ADMIN.REMARKS": words}), fields_of(TRANSPORT)]
    first, second = _split(delimited_batch(requests), schemas)

    assert b'NEW, "FAST"\nAND GOOD' in (first.document or b"")
    assert (2, 4) == (first.row, second.row)


def test_an_unknown_heading_is_named_with_its_column(schemas: Schemas) -> None:
    """The whole file is refused, since every row would lack what stands there."""
    body = b"ADMIN.PON,ADMIN.DUE,ADMIN.PON\r\nA1,x,y\r\nEND,1\r\n"

    assert [(1, "ADMIN.DUE (B)"), (1, "ADMIN.PON (C)")] == _refused(body, schemas)


@pytest.mark.parametrize(
    ("body", "row"),
    [
        (b"ADMIN.PON,ADMIN.VER\r\nA1,01\r\n", 2),
        (b"ADMIN.PON,ADMIN.VER\r\nA1,01\r\nEND,2\r\n", 3),
        (b'ADMIN.PON,ADMIN.VER\r\nA1,"01\r\nA2,01\r\nEND,2\r\n', 2),
        (b"ADMIN.PON,ADMIN.REMARKS\r\nA1,caf\xe9\r\nEND,1\r\n", 2),
        (b"ADMIN.PON,ADMIN.VER\r\nEND,0\r\n", 2),
        (b"ADMIN.PON,ADMIN.VER\r\n", 1),
    ],
    ids=["no closing row", "another number", "open quote", "not UTF-8", "no request", "heading alone"],
)
def test_a_broken_file_is_refused_whole_with_its_row(schemas: Schemas, body: bytes, row: int) -> None:
    """A half-written file is known by its closing row; nothing in it is processed."""
    assert [(row, None)] == _refused(body, schemas)


def test_an_empty_file_is_refused(schemas: Schemas) -> None:
    """Nothing is no batch."""
    assert [(None, None)] == _refused(b"\xef\xbb\xbf\r\n", schemas)


def test_one_bad_row_does_not_spoil_the_others(schemas: Schemas) -> None:
    """A cell under no heading, and one that no document can carry, are told with row and column."""
    heading, good = "ADMIN.PON,ADMIN.REMARKS", "A1,well"
    body = f"{heading}\r\n{good}\r\nA2,well,too much\r\nA3,bad\x01one\r\nEND,3".encode()
    first, second, third = _split(body, schemas)

    assert first.document is not None
    assert [(3, "C")] == [(fault.row, fault.column) for fault in second.faults]
    assert [(4, "ADMIN.REMARKS (B)")] == [(fault.row, fault.column) for fault in third.faults]


def test_a_finding_is_told_with_its_column(schemas: Schemas) -> None:
    """Paths of findings lead back to columns, further circuits too."""
    (item,) = _split(delimited_batch([fields_of(TRUNKS_264)]), schemas)

    assert "ADMIN.DDD (H)" == item.column_of("/AccessServiceRequest/ADMIN/DDD")
    assert (item.column_of("/AccessServiceRequest/ACI/DETAILS/DETAIL[2]/CFA") or "").startswith("ACI.0003.CFA")
    assert item.column_of("/AccessServiceRequest/ADMIN/ASR_NO") is None
