"""The CLECs' view of what is announced: entries of published registers that concern them and are not over."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from aiohttp import web
from pydantic import Field

from gateway.doors.models import Shape
from gateway.doors.representation import answer
from gateway.doors.roles import CLECS
from gateway.doors.routes import Answer, Principal, Route
from gateway.services.partner_files import PartnerFiles
from validators.registers.conversions import Window
from validators.registers.entry import Entry


class Days(Shape):
    """Some days, the first and the last included."""

    first: date
    last: date


class AnnouncementView(Shape):
    """One thing that is announced."""

    id: str
    about: str = Field(description="The register: announcements, bona-fide-requests, conversions, wire-centers, …")
    key: str = Field(description="What it is about, e.g. a wire center; empty where it has no such key.")
    section: str
    valid_from: date
    valid_until: date | None
    content: dict[str, Any]
    closed: dict[str, Days] = Field(description="Of a conversion: the days of its quiet period and embargoes.")

    @classmethod
    def of(cls, entry: Entry[Any], windows: Mapping[str, Window]) -> "AnnouncementView":
        """Show `entry` with the windows that it brings."""
        return cls(
            id=entry.id,
            about=entry.register,
            key=entry.key,
            section=entry.section,
            valid_from=entry.valid_from,
            valid_until=entry.valid_until,
            content=entry.data.model_dump(mode="json", exclude_none=True),
            closed={name: Days(first=window.first, last=window.last) for name, window in windows.items()},
        )


class AnnouncementList(Shape):
    """What is announced, by the day from which it holds."""

    announcements: list[AnnouncementView]


class AnnouncementsDoor:
    """Handlers and routes."""

    def __init__(self, files: PartnerFiles) -> None:
        self._files = files

    async def announced(self, request: web.Request, principal: Principal) -> web.Response:
        """Give what is announced to the caller and is not over."""
        entries = await self._files.announced_to(principal.partner)
        return answer(request, AnnouncementList(announcements=[AnnouncementView.of(*one) for one in entries]))

    def routes(self) -> tuple[Route, ...]:
        """Give what this door offers."""
        return (
            Route(
                "GET",
                "/v1/announcements",
                "listAnnouncements",
                "Downtime, maintenance, conversions and what else the ILEC announces to you",
                self.announced,
                CLECS,
                (Answer(200, "Them.", AnnouncementList),),
            ),
        )
