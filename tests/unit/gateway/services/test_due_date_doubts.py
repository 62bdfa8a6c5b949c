"""What a person is told before a FOC commits to a due date: lawful days that are perhaps a slip of the pen."""

from datetime import date

import pytest

from gateway.services.due_date import doubts_about, earliest_due_date
from tests.rig.office import Office

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("due", "codes"),
    [
        ("2026-03-09", []),
        ("2026-03-14", ["E609", "E609"]),
        ("2026-03-06", ["E608"]),
        ("2026-03-01", ["E609", "E607", "E608"]),
        ("2026-03-20", ["E609"]),
    ],
    ids=["the day expected", "a Saturday, and late", "sooner than the interval", "a Sunday in the past", "late"],
)
async def test_doubts_about_a_due_date(office: Office, due: str, codes: list[str]) -> None:
    """Each names its section and what to do; the day that the CLEC may expect raises none."""
    order = await office.order(await office.order_loop({"DDD": "03-09-2026"}))
    agreement = office.desk.agreement_of(order)
    assert date(2026, 3, 9) == earliest_due_date(agreement, order)

    doubts = doubts_about(agreement, order, date.fromisoformat(due), TODAY)

    assert codes == [doubt.code for doubt in doubts]
    assert all(doubt.section and doubt.cure and doubt.value == due for doubt in doubts)
