"""What a CLEC looks after beside its orders: its webhook, and for its supervisor its keys."""

from tests.rig.street import JSON, Street
from tests.rig.visitor import House


async def test_a_test_message_that_fails_is_told_in_words(house: House) -> None:
    """An address inside our own house is not called, and the page says so; the secret is shown once."""
    clec = await house.other()
    refused = await clec.send(await clec.open("/portal/webhook"), "/portal/webhook", url="http://example.com/in")
    put = await clec.send(refused, "/portal/webhook", url="https://localhost/in")
    pinged = await clec.send(put, "/ping")
    kept = await clec.send(pinged, "/remove")
    removed = await clec.send(kept, "/remove", confirm="yes")

    assert (422, "http://example.com/in") == (refused.status, refused.form("/portal/webhook").fields["url"])
    assert "a webhook's URL begins with https://" in refused.words
    (secret,) = put.tree.xpath("//pre/text()")
    assert secret.startswith("whsec_")
    assert "The test message was not taken" in pinged.words
    assert "No answer came: the host leads to an address that webhooks do not go to" in pinged.words
    assert secret not in pinged.text
    assert (422, True) == (kept.status, "Tick the box first" in kept.words)
    assert "No webhook is set" in removed.words


async def test_a_new_secret_is_begun_once_by_a_form(house: House) -> None:
    """A button that was pressed twice begins one secret, which both answers show, so that the one before stays good."""
    clec = await house.other()
    put = await clec.send(await clec.open("/portal/webhook"), "/portal/webhook", url="https://localhost/in")
    first, second = await clec.send(put, "/secret"), await clec.send(put, "/secret")
    shown = [page.tree.xpath("//pre/text()") for page in (put, first, second)]
    await clec.send(second, "/remove", confirm="yes")

    assert shown[0] != shown[1] == shown[2]


async def test_deliveries_of_another_are_not_found(house: House) -> None:
    """A notice that is none of the CLEC's has no attempts to be shown; a range that is none is told at its field."""
    clec = await house.other()
    put = await clec.send(await clec.open("/portal/webhook"), "/portal/webhook", url="https://localhost/in")
    wrong = await clec.send(put, "/replay", after="some")
    again = await clec.send(put, "/replay")
    await clec.send(put, "/remove", confirm="yes")

    assert 404 == (await clec.open("/portal/webhook/deliveries/ntc_none")).status
    assert (422, True) == (wrong.status, "Give a whole number." in wrong.words)
    assert "notices are sent again." in again.words


async def test_a_key_is_shown_once_used_rotated_and_revoked(house: House, street: Street) -> None:
    """It opens the API, its successor too; a form sent twice issues one; what is revoked is no longer offered."""
    boss = await house.visitor("clec-supervisor")
    page = await boss.open("/portal/keys")
    issued = await boss.send(page, "/portal/keys", label="<Billing> system")
    twice = await boss.send(page, "/portal/keys", label="<Billing> system")
    (key,) = issued.tree.xpath("//pre/text()")
    (path,) = issued.tree.xpath("//tr[contains(th, '<Billing> system')]//form[contains(@action, '/rotate')]/@action")
    used = await street.nobody("GET", "/v1/orders", headers={"Authorization": f"Bearer {key}", **JSON})
    rotated = await boss.send(issued, path, overlap_hours="1")
    unsure = await boss.send(rotated, path.replace("rotate", "revoke"))
    revoked = await boss.send(unsure, path.replace("rotate", "revoke"), confirm="yes")

    assert (200, 409) == (issued.status, twice.status)
    assert 200 == used.status
    assert key not in rotated.text
    assert 1 == len(rotated.tree.xpath("//pre"))
    assert (422, True) == (unsure.status, "Tick the box first" in unsure.words)
    assert "<Billing> system is revoked." in revoked.words
    assert not revoked.tree.xpath(f"//form[@action='{path}']")


async def test_keys_are_the_supervisors_and_only_its_own(house: House) -> None:
    """A CLEC's user gets 403 as its key would; another partner's supervisor cannot end a key that is not its own."""
    boss, other = await house.visitor("clec-supervisor"), await house.other()
    page = await boss.open("/portal/keys")
    action = page.tree.xpath("//form[contains(@action, '/revoke')]/@action")[0]
    theirs = await other.open("/portal/keys")
    token = theirs.form("/portal/keys").fields["form_token"]
    ended = await other.post(action, [("form_token", token), ("confirm", "yes")])

    assert 403 == (await (await house.visitor("clec")).open("/portal/keys")).status
    assert 404 == ended.status
    assert action in (await boss.open("/portal/keys")).text
