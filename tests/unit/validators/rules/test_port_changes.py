"""Changes of a port around its due date."""

from datetime import date, datetime

import pytest

from tests.rig.court import MOUNTAIN, PORT, Court
from validators.rules.case import EarlierVersion, Standing
from validators.verdict import Outcome

FRIDAY = date(2026, 3, 6)
RULE = "port-change-after-due-date"


def _asked(court: Court, received: datetime, sets: dict[str, str], state: str = "CONFIRMED") -> list[str]:
    standing = Standing((EarlierVersion("01", "digest", Outcome.ACCEPTED),), state=state, due_date=FRIDAY)
    message = court.message(PORT, {"LSR.VER": "02", "LSR.DDD": "03-20-2026"} | sets)
    return [found.rule for found in court.on_record(message, standing, received)]


@pytest.mark.trips("port-change-after-due-date")
@pytest.mark.passes("port-change-after-due-date")
@pytest.mark.parametrize("sup", ["1", "3"])
@pytest.mark.parametrize(
    ("received", "remarks", "told"),
    [
        (datetime(2026, 3, 6, 20, 0, tzinfo=MOUNTAIN), "", False),
        (datetime(2026, 3, 6, 20, 1, tzinfo=MOUNTAIN), "", True),
        (datetime(2026, 3, 6, 20, 1, tzinfo=MOUNTAIN), "CALL REF 4711", False),
        (datetime(2026, 3, 9, 12, 0, tzinfo=MOUNTAIN), "CALL REF 4711", False),
        (datetime(2026, 3, 9, 12, 1, tzinfo=MOUNTAIN), "CALL REF 4711", True),
    ],
    ids=["eight o'clock", "a minute later", "after a call", "noon on Monday", "a minute after noon"],
)
def test_a_port_is_changed_until_the_evening_of_its_due_date(
    court: Court, received: datetime, remarks: str, sup: str, *, told: bool
) -> None:
    """By supplement until 20:00, by call and supplement until noon of the next business day (10.2.5.3.1)."""
    court_of_both = _asked(court, datetime(2026, 3, 5, 9, tzinfo=MOUNTAIN), {"LSR.SUP": sup})
    _asked(court, datetime(2026, 3, 10, 9, tzinfo=MOUNTAIN), {"LSR.SUP": sup})

    assert [] == court_of_both
    assert told is (RULE in _asked(court, received, {"LSR.SUP": sup, "LSR.REMARKS": remarks}))


def test_a_port_that_is_complete_is_told_as_such(court: Court) -> None:
    """Once the port is done no hour matters."""
    received = datetime(2026, 3, 6, 21, tzinfo=MOUNTAIN)

    assert ["supplement-after-close"] == _asked(court, received, {"LSR.SUP": "3"}, state="COMPLETED")
