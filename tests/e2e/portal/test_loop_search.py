"""A manual search for loop make-up by forms alone: asked for, answered at the workbench, and then told by the tools."""

import pytest

from tests.e2e.portal.test_workbench import decided
from tests.rig.visitor import House

_PLACE = {"LOOP.SANO": "4174", "LOOP.SASN": "GOSLING", "LOOP.SATH": "WAY", "LOOP.CITY": "BOISE"}
_NEW = "/portal/collocation/new?kind=loop-search&pon="
_FOUND = {
    "wire_center": "BOISIDMA",
    "cable": "0996",
    "pair": "3",
    "status": "spare",
    "material": "copper",
    "length_feet": "8123",
    "gauge": "24",
    "bridged_tap_feet": "0",
    "load_coils": "0",
    "terminals": "none",
}


async def test_a_search_is_asked_for_and_answered_by_forms(house: House) -> None:
    """The form asks for the loop and the reason alone; the result stands with the request and in the loop query."""
    clec, rep = await house.visitor("clec"), await house.visitor("representative")
    form = await clec.open(f"{_NEW}PSEARCH1")
    sent = await clec.send(form, "/new", button="do=send", **_PLACE, **{"LOOP.REASON": "ABSENT"})
    order = sent.address.rpartition("/")[2]
    asked = await clec.open("/portal/preorder/loop-qualification")
    place = {name.partition(".")[2].lower(): text for name, text in _PLACE.items()}
    names = {name for name in asked.form("/loop-qualification").fields if name.rpartition(".")[2] in place}
    found = await decided(rep, order, "loop-found", **_FOUND)
    told = await clec.open(f"/portal/collocation/{order}")
    known = await clec.send(asked, "/loop-qualification", **{name: place[name.rpartition(".")[2]] for name in names})

    assert {"LOOP.REASON", "LOOP.BASIS", "LOOP.WTN", "LOOP.SANO", "LOOP.CABLE"} <= set(form.form("/new").fields)
    assert not [name for name in form.form("/new").fields if name.startswith(("SPACE", "EQUIP", "TERMS", "ASK"))]
    assert (200, "Result of the manual search for loop make-up" in sent.words) == (sent.status, True)
    assert "is Completed now" in found.words
    assert "BOISIDMA/0996/3: copper, 8123 feet, gauge 24" in told.words
    assert "8123" in known.words


@pytest.mark.parametrize(
    ("filled", "told"),
    [
        ({"LOOP.REASON": "INACCURATE"}, "nothing says why the information is believed to be inaccurate"),
        ({"LOOP.REASON": ""}, "the reason for the search is missing or unknown"),
    ],
)
async def test_a_search_without_its_reason_or_basis_is_not_sent(
    house: House, filled: dict[str, str], told: str
) -> None:
    """What is missing stands at the form, and nothing is on record."""
    clec = await house.visitor("clec")
    held = await clec.send(await clec.open(f"{_NEW}PSEARCH2"), "/new", button="do=send", **_PLACE, **filled)

    assert (422, True) == (held.status, told in held.words)
    assert "PSEARCH2" not in (await clec.open("/portal/collocation")).words


async def test_a_file_is_downloaded_from_the_portal_by_clecs_alone(house: House) -> None:
    """The page of pre-order questions links to it; people of the ILEC have no such page."""
    clec, rep = await house.visitor("clec"), await house.visitor("representative")
    (address,) = (await clec.open("/portal/preorder")).tree.xpath("//a[contains(@href, 'street-address-guide')]/@href")
    file = await clec.open(address)

    assert (200, "sano,sasd,sasn,sath,city,state,zip,wire_center,switch") == (
        file.status,
        file.text.partition("\r\n")[0],
    )
    assert "attachment" in file.headers["Content-Disposition"]
    assert 403 == (await rep.open(address)).status
