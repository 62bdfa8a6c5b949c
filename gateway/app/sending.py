"""The room that sends notices to the CLECs' own addresses, by webhook."""

from datetime import timedelta
from random import SystemRandom

from gateway.app.ground import Ground, Room
from gateway.clock import Clock
from gateway.doors.undelivered import UndeliveredDoor
from gateway.doors.webhooks import WebhooksDoor
from gateway.own_secret import own_secret
from gateway.portal.services import Sending
from gateway.queue.lease import Lease
from gateway.record.operations import OperationsReads
from gateway.services.undelivered import UndeliveredNotices
from gateway.services.webhook_delivery import WebhookTerms
from gateway.services.webhook_endpoints import WebhookEndpoints
from gateway.webhooks.addresses import AddressGuard
from gateway.webhooks.deliverer import Clocks, Courier, Deliverer
from gateway.webhooks.sender import Sender
from gateway.webhooks.signing import Signer
from gateway.webhooks.tools import Tools

_LOOK_EVERY = timedelta(milliseconds=500)
_LEASE = timedelta(seconds=15)


def sending(ground: Ground) -> tuple[Room, Sending]:
    """Build the door where a CLEC names its address, what delivers there, and give the services too."""
    settings, record, machine, ids = ground.settings, ground.record, ground.machine, ground.desk.ids
    guard, signer = AddressGuard(settings.webhook_private_networks), Signer(own_secret(settings.own_secret_file))
    sender, clocks = Sender(guard), Clocks(ground.clock, machine)
    courier = Courier(sender, signer, clocks)
    lease = Lease(record, machine, "webhooks", ids.new("key", machine.now()), _LEASE)
    terms = WebhookTerms(window=timedelta(hours=settings.webhook_hours))
    deliverer = Deliverer(record, ground.desk, courier, clocks, terms, SystemRandom(), lease)
    endpoints, tools = WebhookEndpoints(record, ground.clock, ground.audit), Tools(guard, signer, courier, ids, machine)
    undelivered = UndeliveredNotices(record, OperationsReads(record), endpoints)

    async def deliver() -> None:
        await _deliver(deliverer, sender, machine)

    doors = (WebhooksDoor(endpoints, tools, ground.limits), UndeliveredDoor(undelivered, endpoints, ground.limits))
    return Room(doors, [deliver]), Sending(endpoints, tools, undelivered)


async def _deliver(deliverer: Deliverer, sender: Sender, machine: Clock) -> None:
    try:
        await deliverer.run(lambda: machine.wait_until(machine.now() + _LOOK_EVERY))
    finally:
        await sender.close()
