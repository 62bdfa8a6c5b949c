from datetime import timedelta

from gateway.record.port import Changes, Needs, OnRecord
from gateway.record.rows import Partner
from gateway.record.sandbox_times import KeptTimes
from gateway.record.sql import SqlRecord
from tests.contract.record.conftest import RECEIVED, Do


async def test_a_clock_stands_where_it_was_last_kept(record: SqlRecord) -> None:
    """The last position counts, each partner has its own, and a partner that never moved has none."""
    await record.commit(Do(Needs(), _add_partners))
    kept = KeptTimes(record.engine)

    assert {} == await kept.all()
    await kept.keep("clec", RECEIVED)
    await kept.keep("clec", RECEIVED + timedelta(days=120, microseconds=1))
    await kept.keep("other", RECEIVED)

    assert {"clec": RECEIVED + timedelta(days=120, microseconds=1), "other": RECEIVED} == await kept.all()


def _add_partners(_: OnRecord) -> tuple[None, Changes]:
    added = [Partner(name, name, "template", {}, RECEIVED) for name in ("clec", "other", "idle")]
    return None, Changes(partners=added)
