"""What orders are searched by, as it is written in an address."""

from datetime import UTC, datetime

import pytest

from gateway.doors.order_search import order_query
from gateway.doors.problems import Problem
from gateway.doors.routes import Principal
from gateway.record.port import OrderQuery
from gateway.record.rows import Role
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path

_CALENDAR = load_agreements(bundled_path("config") / "agreements")["template"].calendar
_CLEC = Principal("key_1", Role.CLEC, "sawtooth")
_ILEC = Principal("key_2", Role.OPERATIONS, None)


def read(asked: dict[str, str], principal: Principal = _CLEC) -> OrderQuery:
    """Read parameters."""
    return order_query(asked, principal, _CALENDAR, limit=10, newest_first=False)


@pytest.mark.parametrize("written", ["2085550123", "208-555-0123", "(208) 555-0123", "+1 208.555.0123", " 12085550123"])
def test_a_telephone_number_is_read_as_people_write_it(written: str) -> None:
    """Brackets, blanks, hyphens and the country's 1 do not matter."""
    assert "2085550123" == read({"number": written}).number


def test_days_are_the_agreements() -> None:
    """Both days are included, from midnight to midnight in the agreement's zone."""
    query = read({"received_from": "2026-03-02", "received_until": "2026-03-02"})

    assert (datetime(2026, 3, 2, 7, tzinfo=UTC), datetime(2026, 3, 3, 7, tzinfo=UTC)) == (query.since, query.until)


def test_a_clec_searches_its_own_orders_whatever_it_asks() -> None:
    """The ILEC may narrow its search to a partner; a CLEC's is its own."""
    assert "sawtooth" == read({"partner": "bitterroot"}).partner_id
    assert "bitterroot" == read({"partner": "bitterroot"}, _ILEC).partner_id
    assert read({}, _ILEC).partner_id is None


def test_everything_wrong_is_told_at_once() -> None:
    """Each parameter that is none is named as a path, with what it takes."""
    asked = {"number": "555-0123", "received_from": "2026-02-30", "received_until": "tomorrow", "family": "fax"}

    with pytest.raises(Problem) as refused:
        read(asked)

    assert list(asked) == sorted((str(error["path"]) for error in refused.value.errors), key=list(asked).index)


def test_a_day_beyond_every_order_is_a_day() -> None:
    """It finds what the last day that is reckoned with finds, as the parameter's schema promises."""
    assert read({"received_from": "2100-12-31"}).since == read({"received_from": "5121-08-17"}).since
    assert read({"received_until": "2000-01-01"}).until == read({"received_until": "0001-01-01"}).until
