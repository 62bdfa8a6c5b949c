"""Notices that did not reach a partner: what operators see of them, and sending them again."""

from datetime import UTC, datetime

import pytest

from gateway.app.commands import open_partners
from gateway.record.port import Changes
from gateway.record.webhooks import DeliveryState, WebhookDelivery, WebhookEndpoint, WebhookProgress
from gateway.services.keys import Write
from gateway.settings import Settings
from tests.rig.gateway_server import GatewayServer
from tests.rig.street import Street
from tests.rig.visitor import House

NOON = datetime(2026, 3, 2, 19, tzinfo=UTC)
OF_PARTNER = "/portal/operations/undelivered/lemhi"


@pytest.fixture
async def given_up(gateway: GatewayServer) -> None:
    """Put a partner on record whose webhook was given up, so that nothing is sent, with a parked delivery."""
    async with open_partners(Settings(data=gateway.data)) as (record, partners):
        if await record.partner("lemhi") is None:
            await partners.add("lemhi", "Lemhi Ridge Telecom", "template", ccna=["ZQL"], cc=["1L1L"])
        rows = [
            WebhookEndpoint("lemhi", "https://lemhi.example/", 1, None, 1, 0, NOON),
            WebhookProgress("lemhi", 0, disabled_revision=1, reason="410 for good"),
            WebhookDelivery("ntc_lemhi", "lemhi", "ntc_lemhi", 7, DeliveryState.PARKED, 9, NOON, NOON),
        ]
        await record.commit(Write(Changes(beside=list(rows))))


@pytest.mark.usefixtures("given_up")
async def test_a_parked_delivery_is_seen_and_sent_again(house: House, gateway: GatewayServer) -> None:
    """The partner stands first with the reason; afterwards its notice waits anew, and the act is on record."""
    operator = await house.visitor("operations")

    listed = await operator.open("/portal/operations/undelivered")
    health = await operator.open("/portal/operations")
    parked = await operator.open(OF_PARTNER)
    again = await operator.send(parked, "/resume")

    assert "Lemhi Ridge Telecom (lemhi)" == listed.tree.xpath("//tbody/tr[1]/th/a/text()")[0]
    assert "410 for good" in listed.words
    assert "Look again soon" in health.tree.xpath("//*[@id='sign-parked']")[0].text_content()
    assert "ntc_lemhi" in parked.words
    assert "1 notice is queued again." in again.words
    assert "ntc_lemhi" in (await operator.open(f"{OF_PARTNER}?state=waiting")).words
    async with open_partners(Settings(data=gateway.data)) as (_, partners):
        acts = [entry for entry in await partners.audit.page(0, 10_000) if entry.action == "webhook.resume"]
    assert ("prs_operations", "lemhi", {"queued": 1}) == (acts[-1].actor, acts[-1].subject, acts[-1].detail)


@pytest.mark.usefixtures("given_up")
async def test_a_range_of_notices_is_sent_again_and_a_wrong_one_refused(house: House) -> None:
    """What is no range comes back with what was written; nothing is queued twice that was never sent."""
    operator = await house.visitor("operations")
    shown = await operator.open(OF_PARTNER)

    told = ("form_token", shown.form("/resume").fields["form_token"])
    wrong = await operator.post(OF_PARTNER, [told, ("first", "9"), ("last", "2")])
    done = await operator.post(OF_PARTNER, [told, ("first", "1"), ("last", "9")])

    assert (422, ["9"]) == (wrong.status, wrong.tree.xpath("//input[@id='first']/@value"))
    assert "The last one lies before the first." in wrong.words
    assert "0 notices are queued again." in done.words
    assert 404 == (await operator.open("/portal/operations/undelivered/nobody")).status


@pytest.mark.usefixtures("given_up")
async def test_the_api_tells_operators_the_same(street: Street) -> None:
    """Which partners, which deliveries, and sending them again; without a webhook there is nothing to send to."""
    listed = (await street.operations.json("GET", "/v1/operations/undelivered"))["partners"]
    deliveries = await street.operations.json("GET", "/v1/operations/partners/lemhi/deliveries?state=parked")
    resumed = await street.operations.json("POST", "/v1/operations/partners/lemhi/deliveries/resume")
    replayed = await street.operations.json("POST", "/v1/operations/partners/lemhi/deliveries/replay", json={})
    without = await street.operations("POST", "/v1/operations/partners/bitterroot/deliveries/resume")
    unknown = await street.operations("GET", "/v1/operations/partners/lemhi/deliveries?state=lost")

    (lemhi,) = [one for one in listed if one["partner"] == "lemhi"]
    assert (True, True, "410 for good", 1) == tuple(lemhi[name] for name in ("webhook", "disabled", "reason", "parked"))
    assert ["ntc_lemhi"] == [one["notice"] for one in deliveries["deliveries"]]
    assert [{"queued": 1}, {"queued": 0}] == [resumed, replayed]
    assert [404, 400] == [without.status, unknown.status]
