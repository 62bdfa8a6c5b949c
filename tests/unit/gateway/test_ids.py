"""Identifiers: sortable by time, unguessable, the same width for ever."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gateway.ids import Ids

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
_INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - made aware


@given(_INSTANTS, _INSTANTS)
def test_identifiers_sort_by_time(one: datetime, other: datetime) -> None:
    """Of two instants at least a millisecond apart the later one has the greater identifier, of the same width."""
    ids = Ids()
    first, second = ids.new("ord", one), ids.new("ord", other)

    assert len(first) == len(second)
    if other - one >= timedelta(milliseconds=1):
        assert first < second


def test_an_identifier_names_its_kind_and_holds_64_random_bits() -> None:
    """The kind stands first, then the milliseconds, then what nobody can guess."""
    assert "ntc_019cae6b6600_abababababababab" == Ids(lambda size: "ab" * size).new("ntc", NOON)


def test_two_identifiers_of_one_instant_differ() -> None:
    """Chance tells them apart."""
    ids = Ids()

    assert 1000 == len({ids.new("evt", NOON) for _ in range(1000)})


def test_an_order_number_fits_the_field() -> None:
    """LSR NO has 18 characters at most, all of them capitals and digits."""
    number = Ids().number("LSR", NOON)

    assert 18 == len(number)
    assert number.startswith("LSR")
    assert number.isalnum()
    assert number == number.upper()


@given(_INSTANTS, _INSTANTS)
def test_order_numbers_sort_by_time(one: datetime, other: datetime) -> None:
    """Whatever the instants and the family, a number has 18 characters, and the later order the greater one."""
    ids = Ids()
    first, second = ids.number("COLLOCATION", one), ids.number("COLLOCATION", other)

    assert (18, 18) == (len(first), len(second))
    if other - one >= timedelta(milliseconds=1):
        assert first < second


@given(_INSTANTS)
def test_an_identifier_tells_when_it_was_made(at: datetime) -> None:
    """To the millisecond; nothing that was made then is below the lowest of that instant."""
    made = Ids().new("ord", at)

    assert timedelta(0) <= at - Ids.made_at(made) < timedelta(milliseconds=1)
    assert Ids.lowest("ord", at) <= made
