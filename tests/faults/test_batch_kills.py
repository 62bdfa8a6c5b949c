"""A batch file and a kill of the gateway, small; `make faults-batch` is the same with 10,000 requests and two kills."""

from pathlib import Path

from tests.faults.batch import batch_of_trunks, killed_in_the_middle
from tests.faults.house import House, Setting


async def test_each_request_is_on_record_once_though_the_gateway_is_killed(tmp_path: Path) -> None:
    """A kill -9 in the middle of the file: one order, submission, receipt, work item and result a request."""
    house = House(Setting("sqlite", "embedded", "valkey", "everysec", 0, 0), tmp_path, None, None)

    counted = await killed_in_the_middle(house, batch_of_trunks(120, "delimited"), 120, kills=1)

    assert counted.each_once(120), counted
    assert all(0 < processed < 120 for processed in counted.killed_at), counted
