"""Documents as people read them."""

from gateway.portal.orders.documents import Part, differences, parts_of, pretty
from tests.rig.court import LOOP, LOOPS_24, sample
from validators.messages.compose import compose
from validators.schema import Schemas

_SCHEMAS = Schemas()


def parts(name: str, sets: dict[str, str], drops: tuple[str, ...] = ()) -> list[Part]:
    """Give the parts of a sample with fields set."""
    return list(parts_of(compose(sample(name), sets, drops, schemas=_SCHEMAS), _SCHEMAS.catalogue("lsr")))


def test_fields_stand_by_form_and_line_with_their_titles() -> None:
    """Each form and each service detail is a part; a field has its trade's name and title."""
    found = parts(LOOPS_24, {})

    assert ("LSR", None) == (found[0].form, found[0].number)
    assert "Purchase order number" in {field.title for field in found[0].fields}
    assert "D/TSENT" in {field.name for field in found[0].fields}
    assert list(range(1, 25)) == [part.number for part in found if part.form == "LS" and part.number]


def test_two_versions_differ_field_by_field() -> None:
    """A field is added, removed, changed or the same, and stands where the newer version has it."""
    before = parts(LOOP, {"LSR.REMARKS": "ONE"})
    after = parts(LOOP, {"LSR.VER": "02", "LSR.SUP": "3"}, ("LSR.REMARKS",))

    found = {one.field: (one.how, one.before, one.after) for one in differences(before, after) if one.how != "same"}

    assert {
        "VER": ("changed", "01", "02"),
        "SUP": ("added", None, "3"),
        "REMARKS": ("removed", "ONE", None),
    } == found
    assert [] == [one for one in differences(before, before) if one.how != "same"]


def test_a_document_gets_line_ends() -> None:
    """Each field stands in a line of its own."""
    body = compose(sample(LOOP), {"LSR.REMARKS": "A & B"}, schemas=_SCHEMAS)

    assert "\n    <REMARKS>A &amp; B</REMARKS>\n" in pretty(body)
