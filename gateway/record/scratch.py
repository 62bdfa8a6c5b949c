"""A record to throw away: the real one on a SQLite file that nobody will miss, for tests and trials."""

from pathlib import Path

from gateway.record.engine import open_engine
from gateway.record.schema import upgrade_schema
from gateway.record.sql import SqlRecord


async def scratch_record(folder: Path) -> SqlRecord:
    """Give an empty record in a new file in `folder`; close it after use."""
    engine = open_engine(f"sqlite:///{folder / 'scratch.db'}")
    await upgrade_schema(engine)
    return SqlRecord(engine)
