"""Names of streams and groups. The record holds short names; the environment is put before them only in Redis."""

from typing import Final

from gateway.record.rows import WORKED, Family

BACKEND_GROUP: Final = "backend"
"""Consumer group of the back end on every work stream."""
GATEWAY_GROUP: Final = "gateway"
"""Consumer group of the gateway on the decision stream."""
DECISIONS: Final = "decisions"
DEAD: Final = "dead"
WORK_STREAMS: Final = tuple(f"work:{family}" for family in WORKED)
GROUPS: Final = {**dict.fromkeys(WORK_STREAMS, BACKEND_GROUP), DECISIONS: GATEWAY_GROUP}
"""Group that the gateway keeps on each stream."""


def work_stream(family: Family) -> str:
    """Give the short name of the work stream of `family`, as `WorkItem.stream` holds it: `work:lsr`."""
    return f"work:{family}"
