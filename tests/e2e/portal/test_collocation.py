"""Applications for collocation in the portal: written, found wanting, told so, cured; and nobody else's to see."""

import itertools

import pytest

from tests.rig.applications import COMPLETE
from tests.rig.street import Street
from tests.rig.visitor import House, Seen, Visitor

_PONS = (f"PCOL{number:06}" for number in itertools.count())
LACKING_C_AND_J = {
    name: text for name, text in COMPLETE["caged"].items() if name not in ("SPACE[1].AMPS", "COLLO.BILLCON")
}
_OPTION = {"COLLO.ALTKIND": "CAGED", "SPACE.EQCAT": "TRANSMISSION"}


@pytest.fixture
def pon() -> str:
    """Give a PON that no other test uses."""
    return next(_PONS)


async def _form(clec: Visitor, pon: str) -> Seen:
    return await clec.open(f"/portal/collocation/new?kind=caged&premises=boisidma&pon={pon}")


async def _decided(street: Street, address: str, **decision: object) -> None:
    path = f"/v1/backend/orders/{address.rpartition('/')[2]}/decisions"
    await street.backend.json("POST", path, json=decision)


async def _quoted(street: Street, address: str, elements: list[dict[str, object]]) -> None:
    await _decided(street, address, decision="feasible")
    await _decided(street, address, decision="quote", elements=elements)


async def test_only_what_the_kind_needs_is_asked_for(house: House, pon: str) -> None:
    """Caged space has floor and power with their items, and no field of splitters, transfers or virtual equipment."""
    seen = await _form(await house.visitor("clec"), pon)
    names = set(seen.form("/new").fields)

    assert {"COLLO.PREM", "SPACE.SQFT", "SPACE[1].AMPS", "EQUIP[1].MAKE", "TERMS[1].QTY", "COLLO.BILLCON"} <= names
    assert not names & {"COLLO.ASSIGNEE", "EQUIP.CODES", "EQUIP.BAYSPEC", "SPACE.SHARE", "ASK.DESC"}
    assert "BOISIDMA" == seen.form("/new").fields["COLLO.PREM"]
    assert "Item j, Billing contact, section 8.4.1.5. Whom bills go to (item j)." in seen.words


async def test_a_lacking_application_is_told_what_it_lacks_and_is_cured(house: House, street: Street, pon: str) -> None:
    """Check lists items c and j; sent like that the notice lists the same, and the cure is prefilled."""
    clec = await house.visitor("clec")
    checked = await clec.send(await _form(clec, pon), "/new", button="do=check", **LACKING_C_AND_J)
    held = await clec.send(checked, "/new", button="do=send")
    sent = await clec.send(held, "/new", button="do=send-anyway")
    order = sent.address.rpartition("/")[2]

    assert [200, 422, 200] == [checked.status, held.status, sent.status]
    for page in (checked, held, sent):
        assert "Item c: the power is not given" in page.words
        assert "Item j: the billing contact is not given" in page.words
    assert "Acme" == held.form("/new").fields["EQUIP[1].MAKE"]
    assert "2 things are missing" in sent.words

    await _decided(street, sent.address, decision="deficient")
    told = await clec.open(f"/portal/collocation/{order}")
    cure = await clec.open(f"/portal/collocation/{order}/application")
    cured = await clec.send(
        cure, "/application", button="do=send", **{"SPACE[1].AMPS": "40", "COLLO.BILLCON": "Accounts payable"}
    )

    assert "Application not complete" in told.words
    assert "Cure of every deficiency, to keep the place in the queue" in told.words
    assert ("Acme", "100") == (
        cure.form("/application").fields["EQUIP[1].MAKE"],
        cure.form("/application").fields["SPACE.SQFT"],
    )
    assert (200, True) == (cured.status, "The place in the queue is kept from" in cured.words), cured.words
    assert "Complete" in cured.words


async def test_a_form_sent_twice_is_one_application(house: House, pon: str) -> None:
    """A double click leads to the same request, and nothing is refused."""
    clec = await house.visitor("clec")
    page = await _form(clec, pon)
    first = await clec.send(page, "/new", button="do=send", **COMPLETE["caged"])
    second = await clec.send(page, "/new", button="do=send", **COMPLETE["caged"])

    assert (200, first.address) == (second.status, second.address)


async def test_a_line_is_added_without_script_and_nothing_typed_is_lost(house: House, pon: str) -> None:
    """The form comes back with one line more; what cannot be sent stays in its field with the reason beside it."""
    clec = await house.visitor("clec")
    page = await _form(clec, pon)
    longer = await clec.send(
        page, "/new", button="do=add SPACE", **{"SPACE[1].AMPS": "40", "COLLO.CONTACT": "<b>J Doe"}
    )
    wrong = await clec.send(longer, "/new", button="do=send", **{"SPACE[2].AMPS": "many"})

    assert ("40", "", "<b>J Doe") == tuple(
        longer.form("/new").fields[name] for name in ("SPACE[1].AMPS", "SPACE[2].AMPS", "COLLO.CONTACT")
    )
    assert (422, "many") == (wrong.status, wrong.form("/new").fields["SPACE[2].AMPS"])
    assert wrong.tree.get_element_by_id("f-SPACE-2-AMPS").get("aria-invalid")


async def test_a_draft_is_kept_for_its_writer_alone_and_ends_with_the_application(house: House, pon: str) -> None:
    """It is listed beside the requests, opens as it was left, and is gone once it was sent; nobody else opens it."""
    clec, boss = await house.visitor("clec"), await house.visitor("clec-supervisor")
    kept = await clec.send(await _form(clec, pon), "/new", button="do=save", **LACKING_C_AND_J)
    listed = await clec.open("/portal/collocation")
    (address,) = listed.tree.xpath(f"//a[contains(., '{pon}')]/@href")
    foreign = await boss.open(address)
    opened = await clec.open(address)
    sent = await clec.send(opened, "/new", button="do=send-anyway")

    assert (200, address) == (kept.status, kept.address)
    assert "Acme" == opened.form("/new").fields["EQUIP[1].MAKE"]
    assert 404 == foreign.status
    assert "2 things are missing" in sent.words
    assert not (await clec.open("/portal/collocation")).tree.xpath(f"//a[@href='{address}']")
    assert pon not in (await clec.open("/portal/entry")).words


async def test_what_the_state_does_not_allow_is_not_offered(house: House, pon: str) -> None:
    """An application that was just sent can be cancelled, not accepted: there is no quotation yet."""
    clec = await house.visitor("clec")
    page = await clec.send(await _form(clec, pon), "/new", button="do=send", **COMPLETE["caged"])
    early = await clec.open(f"{page.address}/acceptance")

    assert f"{page.address}/cancellation" in page.tree.xpath("//main//a/@href")
    assert f"{page.address}/acceptance" not in page.tree.xpath("//main//a/@href")
    assert (409, True) == (early.status, "what may be sent now: cancellation" in early.words)


async def test_a_quotation_is_accepted_with_its_payment_and_has_one_ready_date(
    house: House, street: Street, pon: str
) -> None:
    """Unsigned it is refused at its field; signed and paid in time, one row of the table gives the date."""
    clec = await house.visitor("clec")
    sent = await clec.send(await _form(clec, pon), "/new", button="do=send", **COMPLETE["caged"])
    await _quoted(street, sent.address, [{"code": "SPACE-CONSTRUCTION"}])
    form = await clec.open(f"{sent.address}/acceptance")
    unsigned = await clec.send(form, "/acceptance", button="do=send", **{"PAY.AMOUNT": "12000.00"})
    accepted = await clec.send(unsigned, "/acceptance", button="do=send", **{"COLLO.SIGNED": "J Doe"})

    assert (422, "12000.00") == (unsigned.status, unsigned.form("/acceptance").fields["PAY.AMOUNT"])
    assert "the acceptance is not signed" in unsigned.words
    assert (200, True) == (accepted.status, "In construction" in accepted.words)
    (row,) = accepted.tree.xpath("//tr[td/span[text()='Applies']]")
    assert "8.4.3.4.3" in row.text_content()
    assert "120 days after" in row.text_content()
    assert 4 == len(accepted.tree.xpath("//tr[td/span[text()='Ruled out']]"))


async def test_a_material_change_is_the_whole_application_again(house: House, street: Street, pon: str) -> None:
    """Offered once the job is under way, it begins with what was sent; then the longer job is chosen on its page."""
    clec = await house.visitor("clec")
    sent = await clec.send(await _form(clec, pon), "/new", button="do=send", **COMPLETE["caged"])
    early = await clec.open(f"{sent.address}/material-change")
    await _quoted(street, sent.address, [{"code": "SPACE-CONSTRUCTION"}])
    form = await clec.open(f"{sent.address}/acceptance")
    building = await clec.send(
        form, "/acceptance", button="do=send", **{"PAY.AMOUNT": "12000.00", "COLLO.SIGNED": "J Doe"}
    )
    form = await clec.open(f"{sent.address}/material-change")
    changed = await clec.send(form, "/material-change", button="do=send", **{"SPACE.SQFT": "150"})
    await _decided(street, sent.address, decision="additional-time", days=31)
    stated = await clec.open(sent.address)
    form_of_choice = await clec.open(f"{sent.address}/extend")
    extended = await clec.send(form_of_choice, "/extend", button="do=send")
    again = await clec.open(f"{sent.address}/material-change")

    assert 409 == early.status
    assert f"{sent.address}/material-change" in building.tree.xpath("//main//a/@href")
    fields = form.form("/material-change").fields
    assert ("Acme", "100", "40") == tuple(fields[name] for name in ("EQUIP[1].MAKE", "SPACE.SQFT", "SPACE[1].AMPS"))
    assert (200, True) == (changed.status, "Material change" in changed.words), changed.words
    assert "The change takes 31 more Days." in stated.words
    assert {f"{sent.address}/{says}" for says in ("extend", "augment-later")} <= set(
        stated.tree.xpath("//main//a/@href")
    )
    assert (200, True) == (extended.status, "In construction" in extended.words), extended.words
    assert "was agreed, waived or moved" in extended.words
    assert "150" == again.form("/material-change").fields["SPACE.SQFT"]


async def test_space_is_optioned_and_the_option_renewed(house: House, street: Street, pon: str) -> None:
    """Its form asks for kind and category of the space and nothing of equipment; too much is told at its field."""
    clec = await house.visitor("clec")
    form = await clec.open(f"/portal/collocation/new?kind=option&premises=mrdnidma&pon={pon}")
    greedy = await clec.send(form, "/new", button="do=send", **{**_OPTION, "SPACE.SQFT": "201"})
    sent = await clec.send(greedy, "/new", button="do=send", **{"SPACE.SQFT": "100"})
    await _decided(
        street, sent.address, decision="quote", elements=[{"code": "8.1.14"}, {"code": "8.1.15", "quantity": 100}]
    )
    quoted, form_of_acceptance = [await clec.open(f"{sent.address}{more}") for more in ("", "/acceptance")]
    held = await clec.send(
        form_of_acceptance, "/acceptance", button="do=send", **{"PAY.AMOUNT": "1107.35", "COLLO.SIGNED": "J Doe"}
    )
    renewed = await clec.send(await clec.open(f"{sent.address}/renew"), "/renew", button="do=send")

    names = {name.partition(".")[2] for name in form.form("/new").fields if "." in name}
    assert {"EQCAT", "SQFT", "BAYS", "ALTKIND", "PREM"} <= names
    assert not names & {"AMPS", "MAKE", "EFTYPE", "SIGNED"}
    assert (422, "201") == (greedy.status, greedy.form("/new").fields["SPACE.SQFT"])
    assert "more than 200 square feet cannot be optioned" in greedy.words
    assert "Accept with 1107.35 dollars within 7 Days" in quoted.words
    assert f"{sent.address}/acceptance" in quoted.tree.xpath("//main//a/@href")
    assert (200, True) == (held.status, "The space is optioned" in held.words), held.words
    assert (200, True) == (renewed.status, "Renew " in renewed.words), renewed.words


async def test_the_place_in_the_queue_names_nobody(house: House, pon: str) -> None:
    """Of two at a Premises one reads that none stands before it, the other that one does, and neither who that is."""
    clec, other = await house.visitor("clec"), await house.other()
    there = {**COMPLETE["caged"], "COLLO.PREM": "NAMPIDMA"}
    first, second = f"{pon}A", f"{pon}B"
    theirs = await other.send(await _form(other, first), "/new", button="do=send", **there)
    page = await clec.send(await _form(clec, second), "/new", button="do=send", **there)
    both = [page.words, (await other.open(theirs.address)).words]

    # They come at the same instant of the clock that stands, so that the ids decide.
    for words in ("1 of 2: none stands before it.", "2 of 2: one stands before it."):
        assert 1 == sum(f"Among the applications at NAMPIDMA it is number {words}" in one for one in both)
    assert "120 days from the complete application" in page.words
    assert not [name for name in (first, "Bitterroot", "bitterroot") if name in page.text]


async def test_another_clecs_application_does_not_exist(house: House, pon: str) -> None:
    """Its page, and what may be sent about it, are answered as for an id that nobody has."""
    clec = await house.visitor("clec")
    own = await clec.send(await _form(clec, pon), "/new", button="do=send", **COMPLETE["caged"])
    other = await house.other()
    addresses = (own.address, f"{own.address}/cancellation", "/portal/collocation/ord_none")
    seen = [await other.open(address) for address in addresses]

    assert [404] * 3 == [page.status for page in seen]
    assert 1 == len({page.words for page in seen})
    assert pon not in (await other.open("/portal/collocation")).words
