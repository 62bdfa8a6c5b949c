"""Order entry: a request is chosen, filled in on forms made of the schemas, mended, and submitted once."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy

from lxml import etree

from gateway.portal.forms.typed import Typed
from tests.rig.court import LOOP, LOOPS_30, TRUNKS, sample
from tests.rig.street import XML, Street
from tests.rig.visitor import House, Seen, Visitor
from validators.messages.asr import read_asr
from validators.messages.compose import compose
from validators.messages.lsr import read_lsr
from validators.schema import Schemas
from validators.xml import parse

NASTY = "\"'><script>alert(1)</script>{{ 7 * 7 }}"


def typed(schemas: Schemas, name: str, **sets: str) -> Mapping[str, str]:
    """Give a sample as somebody types it in, by the names of inputs; `sets` has fields of the administrative form."""
    head = "ADMIN" if name.startswith("asr/") else "LSR"
    body = compose(sample(name), {f"{head}.{field}": value for field, value in sets.items()}, schemas=schemas)
    read = read_asr if head == "ADMIN" else read_lsr
    return dict(Typed.of_message(read(parse(body))).items())


async def begun(
    visitor: Visitor, start: str = "product loop-2w-analog", activity: str = "N", family: str = "lsr", title: str = ""
) -> Seen:
    """Begin a draft."""
    page = await visitor.open("/portal/entry")
    form = next(one for one in page.tree.forms if one.fields.get("family") == family)
    values = [(name, value) for name, value in form.form_values() if name not in ("start", "activity", "title")]
    return await visitor.post("/portal/entry", [*values, ("start", start), ("activity", activity), ("title", title)])


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


async def test_an_access_request_is_entered_on_its_own_forms(
    house: House, street: Street, schemas: Schemas, pons: Iterator[str]
) -> None:
    """Trunks are ordered by an ASR; a form that its fields announce is added, and what misses is told there."""
    visitor, pon = await house.visitor("clec"), next(pons)
    draft = await begun(visitor, "product lis", "N", "asr")
    filled = typed(schemas, TRUNKS, PON=pon, VER="01")
    added = await visitor.send(draft, draft.address, button="do=with TQ")

    bare = await visitor.send(added, draft.address, button="do=check", **{"ADMIN.CC": ""})
    taken = await visitor.send(bare, draft.address, button="do=submit", **filled)
    orders = (await street.clec.json("GET", f"/v1/orders?pon={pon}"))["orders"]

    assert (422, True) == (bare.status, "rule asr-needed-fields, section 12.2.1.2.1" in bare.words)
    assert ["lis"] == [order["product"] for order in orders], taken.words
    assert f"/portal/orders/{orders[0]['id']}" == taken.address


async def test_a_draft_is_its_authors_alone(house: House) -> None:
    """Nobody else of the partner sees, sends or deletes it, nor anybody of another partner."""
    visitor = await house.visitor("clec")
    draft = await begun(visitor, title=NASTY)
    await visitor.send(draft, draft.address, button="do=save", **{"LSR.REMARKS": NASTY})
    listed = await visitor.open("/portal/entry")
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
    assert [NASTY] == kept.tree.xpath("//h1/text()")
    assert NASTY in listed.tree.xpath("//main//table//a/text()")
    assert f"The draft {NASTY} is deleted." in gone.words


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


async def test_the_ilecs_systems_are_asked_beside_the_fields(house: House) -> None:
    """An address is validated and filled in, codes are paired, assignments are listed, and what lacks is named."""
    visitor = await house.visitor("clec")
    draft = await begun(visitor)
    there = {"EU.SANO": "4121", "EU.SASN": "OPALINE", "EU.SATH": "ST", "EU.CITY": "BOISE", "EU.STATE": "ID"}

    lacking = await visitor.send(draft, draft.address, button="do=ask address EU.ZIP", **{"EU.SANO": "4121"})
    near = await visitor.send(lacking, draft.address, button="do=ask address EU.ZIP", **there)
    offered = near.tree.xpath("//button[starts-with(@value, 'fill')]")
    chosen = await visitor.send(near, draft.address, button=f"do={offered[0].get('value')}")
    codes = await visitor.send(
        chosen, draft.address, button="do=ask codes LSR.NCI", **{"LSR.NC": "LX--", "LSR.NCI": "02QC2.OOF"}
    )
    free = await visitor.send(codes, draft.address, button="do=ask cfas LS[1].CFA", **{"LSR.ACTL": "BOISIDMAH7Z"})
    days = await visitor.send(free, draft.address, button="do=ask appointments LSR.DDD")

    assert "To ask that, fill in SASN, CITY" in at_field(lacking, "EU.ZIP")
    assert "No address fits; these are on that street." in at_field(near, "EU.ZIP")
    assert ["83799"] == chosen.tree.xpath("//input[@name='EU.ZIP']/@value")
    assert "They go together and order loop-2w-analog" in at_field(codes, "LSR.NCI")
    assert "Use 0101/TIE/" in at_field(free, "LS[1].CFA")
    assert "Open at BOISIDMA" in at_field(days, "LSR.DDD")
    assert "BOISE" == days.tree.xpath("//input[@name='EU.CITY']/@value")[0]


async def submitted(visitor: Visitor, schemas: Schemas, pon: str) -> str:
    """Submit the sample loop by hand; give the address of its page."""
    draft = await begun(visitor)
    taken = await visitor.send(draft, draft.address, button="do=submit", **typed(schemas, LOOP, PON=pon, VER="01"))
    return taken.address


async def test_a_supplement_begins_as_the_version_in_force(
    house: House, street: Street, schemas: Schemas, pons: Iterator[str]
) -> None:
    """VER is raised, SUP is the one that was chosen, and SUP 2 that changes more is told at that field."""
    visitor, pon = await house.visitor("clec"), next(pons)
    order = await submitted(visitor, schemas, pon)

    page = await visitor.open(f"{order}/supplement")
    unsaid = await visitor.send(page, "/supplement")
    draft = await visitor.send(page, "/supplement", sup="2")
    wide = await visitor.send(
        draft, draft.address, button="do=submit", **{"EU.NAME": "ANOTHER", "LSR.DDD": "03-12-2026"}
    )
    taken = await visitor.send(
        wide, draft.address, button="do=submit", **{"EU.NAME": dict(draft.form(draft.address).form_values())["EU.NAME"]}
    )
    now = await street.clec.json("GET", f"/v1/orders/{order.rpartition('/')[2]}")

    assert (422, True) == (unsaid.status, "Choose how the version changes the order." in unsaid.words)
    assert ["02"] == draft.tree.xpath("//input[@name='LSR.VER']/@value")
    assert ["2"] == draft.tree.xpath("//select[@name='LSR.SUP']/option[@selected]/text()")
    assert (422, True) == (wide.status, "SUP 2 changes only the due date" in at_field(wide, "EU.NAME"))
    assert order == taken.address
    assert ("02", "2026-03-12") == (now["ver"], now["desired_due_date"])


async def test_what_is_too_large_for_a_page_is_supplemented_by_documents_alone(
    house: House, street: Street, document: Callable[..., bytes], pons: Iterator[str]
) -> None:
    """No line of it is lost on the way through a form; cancelling needs no form."""
    visitor, pon = await house.visitor("clec"), next(pons)
    root = parse(document(LOOPS_30, PON=pon))
    (details,) = root.iterfind(".//{*}LS/{*}DETAILS")
    lines = list(details)
    for number in range(len(lines) + 1, 61):
        details.append(deepcopy(lines[-1]))
        for name, text in (("LNUM", f"{number:05d}"), ("CFA", f"0102/TIE/{number:03d}/BOISIDMAF01/BOISIDMAH7Z")):
            field = details[-1].find(f"{{*}}{name}")
            assert field is not None
            field.text = text
    quantity = root.find(".//{*}LQTY")
    assert quantity is not None
    quantity.text = "00060"
    taken = await street.clec("POST", "/v1/lsr", data=etree.tostring(root), headers=XML)
    order = taken.headers["Location"].replace("/v1/", "/portal/")

    refused = await visitor.send(await visitor.open(f"{order}/supplement"), "/supplement", sup="3")
    cancelled = await visitor.send(await visitor.open(f"{order}/cancel"), "/cancel")

    assert 202 == taken.status, taken.body
    assert (422, True) == (refused.status, "send the supplement as a document" in refused.words)
    assert order == cancelled.address


async def test_a_cancellation_is_confirmed_first_and_done_once(
    house: House, street: Street, schemas: Schemas, pons: Iterator[str]
) -> None:
    """The page says what it means; sent twice it cancels once; afterwards nothing is left to cancel or change."""
    visitor, pon = await house.visitor("clec"), next(pons)
    order = await submitted(visitor, schemas, pon)
    stranger = await house.other()

    page = await visitor.open(f"{order}/cancel")
    done = await visitor.send(page, "/cancel")
    again = await visitor.send(page, "/cancel")
    history = await street.clec.json("GET", f"/v1/orders/{order.rpartition('/')[2]}/history")

    assert "cancels the whole request" in page.words
    assert [] == page.tree.xpath("//*[@class='told']")
    assert [order, order] == [done.address, again.address]
    assert 1 == sum(event["type"] == "order.cancelled" for event in history["events"])
    assert "nothing pending to cancel" in (await visitor.open(f"{order}/cancel")).words
    assert "No further version" in (await visitor.open(f"{order}/supplement")).words
    assert [404, 404] == [(await stranger.open(f"{order}/{what}")).status for what in ("cancel", "supplement")]


async def test_a_rejected_request_is_corrected_without_sup(
    house: House, street: Street, document: Callable[..., bytes], pons: Iterator[str]
) -> None:
    """What came by the API and was rejected opens as its next version; mended, it is accepted."""
    visitor, pon = await house.visitor("clec"), next(pons)
    rejected = await street.clec("POST", "/v1/lsr", data=document(PON=pon, DDD="02-20-2026"), headers=XML)
    order = rejected.headers["Location"].replace("/v1/", "/portal/")

    page = await visitor.open(f"{order}/supplement")
    draft = await visitor.send(page, "/supplement")
    taken = await visitor.send(draft, draft.address, button="do=submit", **{"LSR.DDD": "03-12-2026"})
    now = await street.clec.json("GET", rejected.headers["Location"])

    assert 422 == rejected.status
    assert ["02"] == draft.tree.xpath("//input[@name='LSR.VER']/@value")
    assert not draft.tree.xpath("//*[@name='LSR.SUP']")
    assert order == taken.address
    assert ("02", "ACCEPTED") == (now["ver"], now["state"])
