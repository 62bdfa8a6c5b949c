"""Where a gateway keeps things: its record, its Redis, its agreements; and the one machine clock."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from gateway.clock import Clock, SystemClock
from gateway.embedded import EmbeddedRedis, Fsync, server_binary, socket_path
from gateway.queue.terms import QueueTerms
from gateway.record.port import RecordUnavailable
from gateway.record.schema import ensure_schema
from gateway.record.sql import SqlRecord, open_record
from gateway.settings import Settings
from validators.agreement.load import load_agreements
from validators.agreement.terms import Agreement
from validators.bundled import bundled_path


def system_clock() -> SystemClock:
    """Give the machine's clock, for commands that need the present and nothing else of the gateway."""
    return SystemClock()


def agreements_of(settings: Settings) -> Mapping[str, Agreement]:
    """Load the agreements that the settings name, else the shipped ones, by id.

    Raises:
        AgreementError: a file is wrong; every problem is listed.
    """
    return load_agreements(agreements_folder(settings))


def agreements_folder(settings: Settings) -> Path:
    """Give the folder of the agreements that the settings name, else of the shipped ones."""
    return settings.agreements or bundled_path("config") / "agreements"


@asynccontextmanager
async def open_record_at(settings: Settings) -> AsyncIterator[SqlRecord]:
    """Open the record that the settings name; the embedded one is made and upgraded, another must be up to date.

    Raises:
        SchemaOutdated: a database server lacks migrations; the text says what to run.
        RecordUnavailable: it cannot be reached.
    """
    if settings.database is None:
        settings.data.mkdir(parents=True, exist_ok=True)
    try:
        record = open_record(settings.database_url)
    except ValueError as wrong:
        raise RecordUnavailable(str(wrong)) from None
    try:
        await ensure_schema(record.engine, upgrade=settings.database is None)
        yield record
    finally:
        await record.close()


def redis_url(settings: Settings) -> str:
    """Give where Redis is: the server that is set, else the socket of the private one."""
    return settings.redis or f"unix://{socket_path(_redis_folder(settings))}"


def private_redis(settings: Settings, clock: Clock) -> EmbeddedRedis:
    """Give the Redis that the gateway starts and stops itself, where the settings name no server."""
    binary = server_binary(settings.embedded_redis)
    return EmbeddedRedis(_redis_folder(settings), clock, binary, fsync=Fsync(settings.embedded_fsync))


def _redis_folder(settings: Settings) -> Path:
    return settings.data / "redis"


def queue_terms(settings: Settings) -> QueueTerms:
    """Give the queue's patience as the settings have it."""
    return QueueTerms(stale_after=timedelta(seconds=settings.claim_seconds), attempts=settings.work_attempts)
