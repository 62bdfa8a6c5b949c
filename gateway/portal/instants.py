"""Instants as people write them in forms: local time of the page's zone, or with an offset of their own."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

HINT = "as 2026-11-03 14:05"


def read_instant(text: str, zone: ZoneInfo) -> datetime:
    """Give the instant that somebody wrote.

    Args:
        text: `2026-11-03 14:05`, with seconds if need be; an offset (`-07:00`, `Z`) behind it goes before the zone.
        zone: whose local time it is without an offset.

    Raises:
        ValueError: it is no time, one that the clocks skip, or one that comes twice; the text says how to mend it.
    """
    try:
        written = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{text[:40]!r} is no day with a time; write it {HINT}") from None
    if len(text.strip()) <= len("2026-11-03"):
        raise ValueError(f"{text[:40]!r} has no time of day; write it {HINT}")
    if written.tzinfo is not None:
        return written
    local = written.replace(tzinfo=zone)
    if local.utcoffset() == local.replace(fold=1).utcoffset():
        return local
    if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != written:
        raise ValueError(f"there is no {written:%H:%M} on that day: the clocks go forward then")
    offsets = " or ".join(one.isoformat()[-6:] for one in (local, local.replace(fold=1)))
    raise ValueError(f"{written:%H:%M} comes twice on that day: write the offset behind it, {offsets}")
