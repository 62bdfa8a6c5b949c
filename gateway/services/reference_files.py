"""The street address guide and the features availability matrix as files for download (12.2.5.2.8)."""

import asyncio
import csv
import hashlib
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from gateway.clock import Clock
from gateway.preorder.caller import Caller
from gateway.preorder.port import ReferenceData, SourceSilent
from gateway.preorder.queries.files import REFERENCE_FILES, FilePageQuestion, ReferenceFile
from gateway.services.remembered import Remembered

_NOBODY: Final = Caller("", ())
"""For whom the rows are asked for: they are the same for every CLEC."""
_BY_NAME: Final = {file.name: file for file in REFERENCE_FILES}


@dataclass(frozen=True, slots=True)
class FileCopy:
    """A file as it was made at an instant.

    Attributes:
        body: CSV in UTF-8, with a line of names first; truth values are Y and N.
        tag: what differs whenever the rows do.
    """

    body: bytes
    made_at: datetime
    tag: str


class ReferenceFiles:
    """Makes the files from the reference data, whoever holds them, and gives each again until it is too old."""

    def __init__(self, sources: ReferenceData, machine: Clock, keep: timedelta) -> None:
        """Take the parts; `keep` is the age up to which a file is given again."""
        self._sources = sources
        self._clock = machine
        self._copies = Remembered(self._made, machine, keep)

    async def give(self, file: ReferenceFile) -> FileCopy:
        """Give a file; it is the same for all partners.

        Raises:
            SourceSilent: the ILEC's system does not give all of it, and there is none that is young enough.
        """
        return await self._copies.get(file.name)

    async def _made(self, name: str) -> FileCopy:
        at = self._clock.now()
        body = "".join([text async for text in self._pages(_BY_NAME[name])]).encode()
        return FileCopy(body, at, hashlib.sha256(body).hexdigest()[:32])

    async def _pages(self, file: ReferenceFile) -> AsyncIterator[str]:
        after = None
        yield _lines([tuple(file.line.model_fields)])
        while True:
            told = (await self._sources.answer(file.query, FilePageQuestion(after=after), _NOBODY)).answer
            yield _lines([tuple(map(_cell, row.model_dump().values())) for row in told.rows])
            if told.next is None:
                return
            if told.next == after or not told.rows:
                raise SourceSilent(f"the ILEC's system does not come to an end with {file.name}")
            after = told.next
            # A territory in memory answers without a wait: whoever else waits gets a turn between two pages.
            await asyncio.sleep(0)


def _lines(rows: list[tuple[str, ...]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "Y" if value else "N"
    return str(value)
