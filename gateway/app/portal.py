"""The room of pages: they work with what the other rooms have built."""

from collections.abc import Iterable
from dataclasses import dataclass

import argon2

from gateway.app.ground import Ground, Loop
from gateway.doors.gatekeeper import Gatekeeper
from gateway.doors.routes import Route
from gateway.doors.visits import Visits
from gateway.own_secret import own_secret
from gateway.portal.front import House, Portal
from gateway.portal.guests import GUESTS
from gateway.portal.live import Feed
from gateway.portal.rooms import rooms
from gateway.portal.services import Offices, Sending, Services, Trade
from gateway.record.operations import OperationsReads
from gateway.record.order_claims import OrderClaimBook
from gateway.record.portal import PortalReads
from gateway.record.waiting import WaitingReads
from gateway.services.codes import Codes
from gateway.services.confidence import named_readers
from gateway.services.order_claims import OrderClaims
from gateway.services.sign_in import SignIn, SignInTerms


@dataclass(frozen=True, slots=True)
class PortalRoom:
    """The portal, and the loop that makes its pages live."""

    portal: Portal
    feed: Feed
    loop: Loop


def services_of(ground: Ground, trade: Trade, offices: Offices, sending: Sending) -> Services:
    """Gather what pages work with."""
    return Services(
        record=ground.record,
        reads=PortalReads(ground.record),
        overall=OperationsReads(ground.record),
        waiting=WaitingReads(ground.record),
        claims=OrderClaims(OrderClaimBook(ground.record), ground.machine),
        desk=ground.desk,
        clock=ground.clock,
        machine=ground.machine,
        registers=ground.registers,
        queue=ground.queue,
        audit=ground.audit,
        metrics=ground.metrics,
        judge=ground.judge,
        schemas=ground.schemas,
        trade=trade,
        offices=offices,
        sending=sending,
    )


def open_portal(ground: Ground, services: Services, gatekeeper: Gatekeeper, routes: Iterable[Route]) -> PortalRoom:
    """Build the portal over the API's `routes`, which say who may do what."""
    settings, secret = ground.settings, own_secret(ground.settings.own_secret_file)
    sign_in = SignIn(ground.record, ground.machine, ground.audit, Codes(secret), argon2.PasswordHasher(), SignInTerms())
    visits = Visits(sign_in, secret, named_readers(ground.registers), over_tls=settings.over_tls)
    guests = GUESTS if settings.demo_data else ()
    name = "demonstration" if guests else settings.environment
    feed = Feed(ground.record, services.reads, services.claims, ground.machine)
    house = House(
        ground.record,
        ground.desk,
        ground.clock,
        gatekeeper,
        visits,
        name,
        guests,
    )
    return PortalRoom(Portal(house, routes, (*rooms(services), feed)), feed, feed.run)
