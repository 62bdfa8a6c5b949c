"""What a room of the portal offers: pages as data. Who may use one follows from the API's operations."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias

from aiohttp import web

from gateway.doors.routes import Principal
from gateway.doors.visits import Visit
from gateway.record.rows import Role

Upload: TypeAlias = web.FileField
Form: TypeAlias = Mapping[str, str | Upload]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as a file: what a page shows of it in a table, for a spreadsheet."""

    name: str
    """Of the file, without ending."""
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    """Texts, numbers, dates and instants; None is an empty cell."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page that is shown: its template below `templates`, and what that needs.

    Attributes:
        zone: the name of the zone that times are told in; without one, that of who looks.
        listing: what the page gives as a file when it is asked for with `format=csv`.
    """

    template: str
    context: Mapping[str, object] = field(default_factory=dict)
    status: int = 200
    zone: str | None = None
    listing: Listing | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where the browser goes next, after something was done: an address of the portal.

    Attributes:
        told: what was done, shown once on top of the next page.
    """

    address: str
    told: str = ""


Answer: TypeAlias = Shown | Elsewhere | web.StreamResponse


@dataclass(frozen=True, slots=True)
class Asked:
    """A page as somebody asks for it, who has signed in and may use it."""

    request: web.Request
    visit: Visit
    principal: Principal
    form: Form = field(default_factory=dict)
    """What was filled in; the form's token has been checked."""

    def part(self, name: str) -> str:
        """Give a part of the address that the page's path names in braces."""
        return self.request.match_info[name]

    def query(self, name: str) -> str:
        """Give what the address asks for by a name, without blanks around it; empty if nothing."""
        return self.request.query.get(name, "").strip()

    def text(self, name: str) -> str:
        """Give what was filled in under a name, without blanks around it; empty if nothing or a file was."""
        value = self.form.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    @property
    def wants_csv(self) -> bool:
        """Whether the list is wanted as a file: then more of it than fits a page."""
        return self.query("format") == "csv"


Handler: TypeAlias = Callable[[Asked], Awaitable[Answer]]
Section: TypeAlias = Literal["Orders", "Partner", "Workbench", "Operations"]


@dataclass(frozen=True, slots=True)
class Page:
    """One page, or one form that is sent.

    Attributes:
        like: names of the API's operations that it stands for; who may call all of these may use the page, so that
            a page can do nothing that the API forbids.
        title: how the menu names it; empty where the menu does not.
        section: of the menu.
        roles: narrows who may use it further, where a page makes sense for some of them only.
    """

    method: Literal["GET", "POST"]
    path: str
    name: str
    handler: Handler
    like: tuple[str, ...]
    title: str = ""
    section: Section = "Orders"
    roles: frozenset[Role] | None = None


class Pages(Protocol):
    """A room of the portal: handlers with their pages."""

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""


Context: TypeAlias = dict[str, Any]
