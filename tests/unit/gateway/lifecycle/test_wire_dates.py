"""Dates in JSON."""

import pytest
from pydantic import TypeAdapter, ValidationError

from gateway.lifecycle.wire_dates import WrittenDay, WrittenInstant


@pytest.mark.parametrize("value", [0, 1_700_000_000, "1700000000", "0", True, 1.5, None])
def test_a_number_is_no_date(value: object) -> None:
    """A mistake in a client is told, and not taken for a day in 1970."""
    for kind in (WrittenDay, WrittenInstant):
        with pytest.raises(ValidationError):
            TypeAdapter(kind).validate_python(value)


def test_what_is_written_as_a_date_is_read_as_one() -> None:
    """As RFC 3339 has it; an instant needs its offset."""
    assert "2026-03-09" == str(TypeAdapter(WrittenDay).validate_python("2026-03-09"))
    assert 16 == TypeAdapter(WrittenInstant).validate_json('"2026-03-09T16:00:00-07:00"').hour
    with pytest.raises(ValidationError):
        TypeAdapter(WrittenInstant).validate_python("2026-03-09T16:00:00")
