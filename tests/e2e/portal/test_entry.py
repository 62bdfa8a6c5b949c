"""Order entry: a request is chosen, filled in on forms made of the schemas, mended, and submitted once."""

from collections.abc import Iterator, Mapping

from gateway.portal.forms.typed import Typed
from tests.rig.court import LOOP, sample
from tests.rig.street import Street
from tests.rig.visitor import House, Seen, Visitor
from validators.messages.compose import compose
from validators.messages.lsr import read_lsr
from validators.schema import Schemas
from validators.xml import parse

NASTY = "\"'><script>alert(1)</script>{{ 7 * 7 }}"


def typed(schemas: Schemas, name: str, **sets: str) -> Mapping[str, str]:
    """Give a sample as somebody types it in, by the names of inputs; `sets` has fields of the LSR form."""
    body = compose(sample(name), {f"LSR.{field}": value for field, value in sets.items()}, schemas=schemas)
    return dict(Typed.of_message(read_lsr(parse(body))).items())


async def begun(
    visitor: Visitor, start: str = "product loop-2w-analog", activity: str = "N", family: str = "lsr"
) -> Seen:
    """Begin a draft."""
    page = await visitor.open("/portal/entry")
    form = next(one for one in page.tree.forms if one.fields.get("family") == family)
    values = [(name, value) for name, value in form.form_values() if name not in ("start", "activity")]
    return await visitor.post("/portal/entry", [*values, ("start", start), ("activity", activity)])


def at_field(page: Seen, name: str) -> str:
    """Give what is told beside an input."""
    (field,) = page.tree.xpath(f"//*[@name='{name}']/parent::*")
    return " ".join(field.text_content().split())


async def test_a_mistake_is_told_at_its_field_mended_and_submitted_once(
    house: House, street: Street, schemas: Schemas, pons: Iterator[str]
) -> None:
    """Everything typed stays; the mended order is taken, and the same form sent again leads to the same order."""
    visitor, pon = await house.visitor("clec"), next(pons)
    draft = await begun(visitor)
    filled = typed(schemas, LOOP, PON=pon, VER="01")

    wrong = await visitor.send(
        draft, draft.address, button="do=submit", **{**filled, "LSR.CC": "9Z7", "EU.NAME": NASTY}
    )
    nothing_yet = await street.clec.json("GET", f"/v1/orders?pon={pon}")
    good = await visitor.send(
        wrong, draft.address, button="do=check", **{"LSR.CC": "9Z7A", "EU.NAME": filled["EU.NAME"]}
    )
    taken = await visitor.send(good, draft.address, button="do=submit")
    again = await visitor.send(good, draft.address, button="do=submit")
    orders = (await street.clec.json("GET", f"/v1/orders?pon={pon}"))["orders"]

    assert (200, f"/portal/entry/{draft.address.rpartition('/')[2]}") == (draft.status, draft.address)
    assert (422, []) == (wrong.status, nothing_yet["orders"])
    assert "of requester) takes four capital letters or digits" in at_field(wrong, "LSR.CC")
    assert "rule schema, section" in at_field(wrong, "LSR.CC")
    assert ["LSR.CC"] == wrong.tree.xpath("//a[@href='#f-LSR-CC']/text()")
    assert "LSR.CC" == wrong.tree.get_element_by_id("f-LSR-CC").get("name")
    assert [NASTY] == wrong.tree.xpath("//input[@name='EU.NAME']/@value")
    assert (200, True) == (good.status, "Nothing stands against it" in good.words)
    assert ["ACCEPTED"] == [order["state"] for order in orders]
    assert [f"/portal/orders/{orders[0]['id']}"] * 2 == [taken.address, again.address]
    assert f"PON {pon} VER 01 is accepted. Next: " in taken.words
    assert 404 == (await visitor.open(draft.address)).status


async def test_a_draft_is_its_authors_alone(house: House) -> None:
    """Nobody else of the partner sees, sends or deletes it, nor anybody of another partner."""
    visitor = await house.visitor("clec")
    draft = await begun(visitor)
    await visitor.send(draft, draft.address, button="do=save", **{"LSR.REMARKS": NASTY})
    for stranger in (await house.visitor("clec-supervisor"), await house.other()):
        form = await begun(stranger)
        sent = [("form_token", next(iter(form.tree.xpath("//input[@name='form_token']/@value")))), ("do", "delete")]

        assert (404, 404) == (
            (await stranger.open(draft.address)).status,
            (await stranger.post(draft.address, sent)).status,
        )
        assert draft.address not in (await stranger.open("/portal/entry")).text
    kept = await visitor.open(draft.address)
    gone = await visitor.send(kept, draft.address, button="do=delete")

    assert [NASTY] == kept.tree.xpath("//input[@name='LSR.REMARKS']/@value")
    assert (404, False) == ((await visitor.open(draft.address)).status, draft.address in gone.text)


async def test_forms_and_details_come_and_go_by_buttons(house: House) -> None:
    """Each button sends the form and keeps what is typed; the quantity follows the details."""
    visitor = await house.visitor("clec")
    draft = await begun(visitor)

    more = await visitor.send(draft, draft.address, button="do=add LS", **{"LS[1].CFA": "ONE"})
    third = await visitor.send(more, draft.address, button="do=add LS", **{"LS[2].CFA": "TWO"})
    less = await visitor.send(third, draft.address, button="do=take LS 1")
    listed = await visitor.send(less, draft.address, button="do=with DL")
    back = await visitor.send(listed, draft.address, button="do=without DL")

    assert ["ONE", "TWO"] == third.tree.xpath("//input[contains(@name, '.CFA')]/@value")[:2]
    assert ["TWO", ""] == [*less.tree.xpath("//input[contains(@name, '].CFA')]/@value"), ""][:2]
    assert ["00002", "00003"] == less.tree.xpath("//input[contains(@name, '.LNUM')]/@value")
    assert ["00002"] == less.tree.xpath("//input[@name='LS.LQTY']/@value")
    assert (True, False) == ("DL[1].LNLN" in listed.text, "DL[1].LNLN" in back.text)


async def test_what_cannot_go_together_is_told_where_it_is_chosen(house: House) -> None:
    """REQTYP and ACT are judged by the rule, and what was chosen stays."""
    visitor = await house.visitor("clec")

    refused = await begun(visitor, "C", "N")

    assert 422 == refused.status
    assert "ACT N does not go with REQTYP CB." in refused.words
    assert ["C"] == refused.tree.xpath("//select[@id='lsr-start']/option[@selected]/@value")
