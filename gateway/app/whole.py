"""The whole gateway: the ground, the rooms on it, and one HTTP application in front of them."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from aiohttp import web

from gateway.app.administration import administration
from gateway.app.ground import Ground, Loop
from gateway.app.ordering import ordering, sources_of
from gateway.app.portal import open_portal, services_of
from gateway.app.sandbox import Sandbox, open_sandbox
from gateway.app.sending import sending
from gateway.app.storage import agreements_of, open_record_at, private_redis, queue_terms, redis_url, system_clock
from gateway.asyncapi import asyncapi_yaml
from gateway.clock import ManualClock
from gateway.doors.connections import ConnectionLimits, Connections
from gateway.doors.gatekeeper import Gatekeeper, Rates
from gateway.doors.oauth import OAuthDoor
from gateway.doors.open import OpenDoor
from gateway.doors.premises import PremisesDoor
from gateway.doors.rates import Rate
from gateway.doors.reading import Limits
from gateway.doors.routes import Route
from gateway.doors.server import web_application
from gateway.doors.soap.door import SoapDoor
from gateway.ids import Ids
from gateway.metrics import Metrics
from gateway.portal.services import Services
from gateway.preorder.assembly import reference_data
from gateway.queue.assembly import open_queue
from gateway.services.audit import AuditLog
from gateway.services.confidence import named_readers
from gateway.services.desk import Desk
from gateway.services.machines import MACHINES
from gateway.services.premises_list import PremisesList
from gateway.services.registers import Registers
from gateway.services.searched_loops import SearchedLoops
from gateway.services.tokens import Tokens
from gateway.settings import Settings
from validators.families import FAMILIES
from validators.judge import Judge
from validators.releases import SECOND
from validators.rules import rule_book
from validators.schema import Schemas

_PUT_OFF_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Gateway:
    """A gateway that is ready to serve: its HTTP application and what runs beside it until it stops."""

    application: web.Application
    connections: Connections
    loops: Sequence[Loop]
    services: Services
    """For who plays a part in it without a socket."""


@asynccontextmanager
async def open_gateway(settings: Settings) -> AsyncIterator[Gateway]:
    """Build the whole gateway, and take it down in the opposite order.

    Raises:
        AgreementError: an agreement file is wrong; every problem is listed.
        TerritoryWrong: a file of reference data is wrong; every line that is wrong is listed.
        SchemaOutdated, RecordUnavailable: see `open_record_at`.
    """
    async with AsyncExitStack() as stack:
        ground, test = await _open_ground(settings, stack)
        yield _assemble(ground, test)


async def _open_ground(settings: Settings, stack: AsyncExitStack) -> tuple[Ground, Sandbox | None]:
    agreements = agreements_of(settings)
    record = await stack.enter_async_context(open_record_at(settings))
    machine = system_clock()
    if settings.redis is None:
        await stack.enter_async_context(private_redis(settings, machine))
    queue = open_queue(record, redis_url(settings), settings.environment, machine, queue_terms(settings))
    stack.push_async_callback(queue.close)
    ids = Ids()
    registers = Registers(record, machine, ids)
    await registers.refresh()
    test = await open_sandbox(settings, record, machine)
    manual = None if settings.manual_clock is None else ManualClock(settings.manual_clock)
    clock = test.times if test else manual or machine
    sources = reference_data(sources_of(settings), machine, SearchedLoops(registers.common, clock))
    stack.push_async_callback(sources.close)
    schemas, later = Schemas(), Schemas(SECOND)
    ground = Ground(
        settings=settings,
        machine=machine,
        clock=clock,
        manual=manual,
        record=record,
        queue=queue,
        registers=registers,
        desk=Desk(agreements, MACHINES, ids, registers.dossier, registers.look_again),
        sources=sources,
        schemas=schemas,
        later=later,
        judge=Judge(schemas, agreements, rule_book(), {(SECOND, "lsr"): later}),
        metrics=Metrics(),
        audit=AuditLog(record, machine),
        limits=Limits(settings.body_limit, settings.request_seconds),
        holder=ids.new("key", machine.now()),
    )
    return ground, test


def _assemble(ground: Ground, test: Sandbox | None) -> Gateway:
    orders = ordering(ground, test)
    (sends, sending_services), (offices_room, offices) = sending(ground), administration(ground)
    rooms = (orders.room, sends, offices_room)
    routes = tuple(route for room in rooms for door in room.doors for route in door.routes())
    connections = Connections(_connection_limits(ground.settings), ground.metrics)
    gatekeeper = Gatekeeper(ground.record, ground.machine, _rates(ground.settings), named_readers(ground.registers))
    application = _front(ground, routes, orders.soap, gatekeeper, connections)
    services = services_of(ground, orders.trade, offices, sending_services)
    pages = open_portal(ground, services, gatekeeper, routes)
    pages.portal.mount(application)
    application.on_shutdown.append(pages.feed.end)
    # What explains a refused document takes half a second to make: not before the first order can be taken.
    prepare = partial(asyncio.to_thread, ground.schemas.prepare, *FAMILIES)
    loops: tuple[Loop, ...] = (*(loop for room in rooms for loop in room.loops), pages.loop, prepare)
    return Gateway(application, connections, loops, services)


def _front(
    ground: Ground, routes: tuple[Route, ...], soap: SoapDoor, gatekeeper: Gatekeeper, connections: Connections
) -> web.Application:
    """Put the rooms' routes behind the gatekeeper, and beside them what is open to all."""
    settings, machine = ground.settings, ground.machine
    tokens = Tokens(ground.record, machine, ground.desk.ids, timedelta(seconds=settings.token_seconds))
    oauth = OAuthDoor(gatekeeper, tokens, ground.limits)
    oauth.describe(routes)
    open_door = OpenDoor(ground.record, ground.queue.streams.ping, ground.clock, ground.metrics, asyncapi_yaml())
    premises = PremisesDoor(PremisesList(ground.record, ground.registers, ground.clock))
    open_routes = (*open_door.routes(), *premises.routes(), *oauth.routes(), *soap.open_routes())
    open_door.describe(routes, open_routes)
    return web_application(routes, open_routes, gatekeeper, settings.body_limit, [connections.watched])


def _connection_limits(settings: Settings) -> ConnectionLimits:
    return ConnectionLimits(
        settings.connections, settings.connections_per_address, settings.head_seconds, settings.idle_seconds
    )


def _rates(settings: Settings) -> Rates:
    """Give the limits of each partner, and of bad keys by address."""
    partner = Rate(settings.partner_rate, settings.partner_burst or max(1, round(settings.partner_rate)))
    bad_keys = Rate(settings.bad_keys_per_minute / 60, settings.bad_keys_per_minute)
    return Rates(partner if settings.partner_rate else None, bad_keys, _PUT_OFF_SECONDS)
