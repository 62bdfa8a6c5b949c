"""What a door offers: routes as data. The server, the OpenAPI document and the access checks are all made from them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal, Protocol

from aiohttp import web
from pydantic import BaseModel

from gateway.doors.problems import Kind
from gateway.doors.roles import admitted
from gateway.record.rows import Order, Role
from gateway.services.confidence import FORECAST, is_forecast


@dataclass(frozen=True, slots=True)
class Principal:
    """Who calls: a key's role and, for a CLEC, the one partner whose data it may see."""

    credential_id: str
    role: Role
    partner_id: str | None
    scopes: tuple[str, ...] = ()
    """What it may be used for; empty: for all that its role may."""
    reads_forecasts: bool = False
    """Whether it is named to read what CLECs forecast; a CLEC reads its own in any case."""

    @property
    def partner(self) -> str:
        """The partner of a CLEC's key."""
        if self.partner_id is None:
            raise ValueError(f"a key of role {self.role} has no partner")
        return self.partner_id

    def sees(self, partner_id: str) -> bool:
        """Tell whether what belongs to that partner exists for the caller: a CLEC has its own, the ILEC all."""
        return not self.role.of_partner or self.partner_id == partner_id

    def may_read(self, order: Order) -> bool:
        """Tell whether an order exists for the caller: forecasts do for those of the ILEC who are named (8.4.1.4.1)."""
        if self.role.of_partner:
            return self.partner_id == order.partner_id
        return self.reads_forecasts or not is_forecast(order)

    @property
    def hidden_product(self) -> str | None:
        """The product of orders that lists leave out for the caller."""
        return None if self.role.of_partner or self.reads_forecasts else FORECAST


_AREAS = dict.fromkeys(("lsr", "asr", "collocation", "preorder", "batches", "order"), "orders")
"""What else is called by another name than its part of the address: messages become orders."""

ADDRESS_TEXT: Final[Mapping[str, object]] = MappingProxyType({"type": "string", "pattern": "^[^\\u0000]*$"})
"""Any text in an address, but no NUL, which no database takes."""

Contract = Literal["openapi", "wsdl"]
Handler = Callable[[web.Request, Principal], Awaitable[web.StreamResponse]]
OpenHandler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One query parameter or header of a route."""

    name: str
    where: Literal["query", "header"]
    description: str
    schema: Mapping[str, object] = field(default_factory=lambda: ADDRESS_TEXT)
    required: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """One good answer of a route: a model (JSON and XML), or raw text of a media type."""

    status: int
    description: str
    model: type[BaseModel] | None = None
    media_types: tuple[str, ...] = ("application/xml", "application/json")
    headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """One method at one address."""

    method: Literal["GET", "POST", "PUT", "DELETE"]
    path: str
    name: str
    summary: str
    handler: Handler
    roles: frozenset[Role]
    answers: tuple[Answer, ...]
    problems: tuple[Kind, ...] = ()
    body: type[BaseModel] | Literal["xml", "file"] | None = None
    parameters: tuple[Parameter, ...] = ()
    examples: Mapping[str, object] = field(default_factory=dict)
    """Example bodies by media type; a model's body is taken in each of these, in JSON alone where there are none."""

    contract: Contract = "openapi"
    """Which document describes it."""

    @property
    def scope(self) -> str:
        """What an OAuth token must be for: the part of the house, and whether it reads or writes."""
        area = self.path.split("/")[2]
        return f"{_AREAS.get(area, area)}:{'read' if self.method == 'GET' else 'write'}"

    @property
    def admitted(self) -> frozenset[Role]:
        """Every role that may call it."""
        return admitted(self.roles, self.method)


@dataclass(frozen=True, slots=True)
class OpenRoute:
    """A route that needs no key, or finds out by itself who calls: health, metrics, documents, tokens."""

    path: str
    name: str
    summary: str
    handler: OpenHandler
    answers: tuple[Answer, ...]
    problems: tuple[Kind, ...] = ()
    method: Literal["GET", "POST"] = "GET"
    body_media_type: str | None = None
    contract: Contract = "openapi"
    """Which document describes it."""


class Door(Protocol):
    """A set of handlers with their routes."""

    def routes(self) -> tuple[Route, ...]:
        """Give what this door offers."""


def operation_name(prefix: str, kebab: str) -> str:
    """Give the name of an operation: `preorder` and `address-validation` make `preorderAddressValidation`."""
    return prefix + "".join(part.title() for part in kebab.split("-"))
