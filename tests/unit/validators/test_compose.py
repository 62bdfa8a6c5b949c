"""Orders written by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validators.messages.compose import ComposeError, compose
from validators.messages.field_keys import element_name
from validators.schema import Schemas
from validators.xml import parse

_NS = "{urn:oss-gateway:r1:lsr}"
_TEXT = """
# a loop
LS[1].CFA=0101/TIE/001/BOISIDMAF01/BOISIDMAH7Z
LS[1].LNUM=00001
LS[2].LNUM=00002
LS.LQTY=00002
EU.NAME=PEBBLE & FERN = BOOKS
LSR.TEL NO (INIT)=2085550101
LSR.PON=SLT26A000001
LSR.D/TSENT=03-02-2026-0930AM
"""


@pytest.fixture(scope="module")
def schemas() -> Schemas:
    """Schemas of release r1, read once for this module."""
    return Schemas()


def _texts(document: bytes, path: str) -> list[str | None]:
    steps = "/".join(_NS + step for step in path.split("/"))
    return [element.text for element in parse(document).iterfind(steps)]


def _errors(text: str, sets: dict[str, str] | None = None, drops: tuple[str, ...] = ()) -> tuple[str, ...]:
    with pytest.raises(ComposeError) as error:
        compose(text, sets, drops)
    return error.value.errors


def test_document_is_in_the_schemas_order(schemas: Schemas) -> None:
    """Forms and fields come out in the order of the schema, whatever their order in the text."""
    assert compose(_TEXT, schemas=schemas).decode() == (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<LocalServiceRequest xmlns="urn:oss-gateway:r1:lsr" release="r1">\n'
        "  <LSR>\n"
        "    <PON>SLT26A000001</PON>\n"
        "    <D_TSENT>03-02-2026-0930AM</D_TSENT>\n"
        "    <TEL_NO_INIT>2085550101</TEL_NO_INIT>\n"
        "  </LSR>\n"
        "  <EU>\n"
        "    <NAME>PEBBLE &amp; FERN = BOOKS</NAME>\n"
        "  </EU>\n"
        "  <LS>\n"
        "    <LQTY>00002</LQTY>\n"
        "    <DETAILS>\n"
        "      <DETAIL>\n"
        "        <LNUM>00001</LNUM>\n"
        "        <CFA>0101/TIE/001/BOISIDMAF01/BOISIDMAH7Z</CFA>\n"
        "      </DETAIL>\n"
        "      <DETAIL>\n"
        "        <LNUM>00002</LNUM>\n"
        "      </DETAIL>\n"
        "    </DETAILS>\n"
        "  </LS>\n"
        "</LocalServiceRequest>\n"
    )


@pytest.mark.parametrize(
    ("name", "element"),
    [
        ("D/TSENT", "D_TSENT"),
        ("TEL NO (INIT)", "TEL_NO_INIT"),
        ("DDD-CC", "DDD_CC"),
        ("lsr no", "LSR_NO"),
        ("PG_OF_", "PG_OF_"),
    ],
)
def test_names_become_safe_for_xml(name: str, element: str) -> None:
    """Slashes, blanks and hyphens become underscores, brackets go."""
    assert element_name(name) == element


def test_every_field_is_reached_by_both_names(schemas: Schemas) -> None:
    """Each field of each form can be written by its abbreviation and by its element's name, and they mean the same."""
    for form in schemas.catalogue("lsr").forms():
        for place in (*form.header, *form.detail):
            assert element_name(place.doc.name) == place.doc.element


def test_set_replaces_and_adds(schemas: Schemas) -> None:
    """A set value takes the place of the text's, adds what the text has not, and may be empty."""
    document = compose(_TEXT, {"LSR.PON": "X1", "LSR.VER": "02", "EU.NAME": ""}, schemas=schemas)
    assert _texts(document, "LSR/PON") == ["X1"]
    assert _texts(document, "LSR/VER") == ["02"]
    assert _texts(document, "EU/NAME") == [None]


def test_set_of_a_detail_field_without_number_means_every_detail(schemas: Schemas) -> None:
    """A detail's field that is set without a number is set in every detail; with a number, in that one."""
    document = compose(_TEXT, {"LS.LNA": "N", "LS[2].LNUM": "7"}, schemas=schemas)
    assert _texts(document, "LS/DETAILS/DETAIL/LNA") == ["N", "N"]
    assert _texts(document, "LS/DETAILS/DETAIL/LNUM") == ["00001", "7"]


def test_set_opens_the_first_detail(schemas: Schemas) -> None:
    """A detail's field that is set on a form without details opens the first one."""
    assert _texts(compose("LSR.PON=X", {"NP.LNUM": "1"}, schemas=schemas), "NP/DETAILS/DETAIL/LNUM") == ["1"]


def test_drop_takes_fields_details_and_forms_away(schemas: Schemas) -> None:
    """A drop takes a field, a field of every detail, a detail or a form; what is not there is gone already."""
    document = compose(
        _TEXT, drops=["LSR.PON", "LS.CFA", "LS[1]", "EU", "EU.CITY", "LS[9].LNUM", "LSR.SUP"], schemas=schemas
    )
    assert _texts(document, "LSR/PON") == []
    assert _texts(document, "LS/DETAILS/DETAIL/CFA") == []
    assert _texts(document, "LS/DETAILS/DETAIL/LNUM") == ["00002"]
    assert _texts(document, "EU") == []


def test_every_bad_line_is_told_with_its_number() -> None:
    """All slips in a text are told at once, each with its line and what could be meant."""
    lines = [
        "LSR.PON=1",
        "LSR.PON=2",
        "LSR.TSENT=1",
        "LS.CFA=1",
        "LS[1].LQTY=1",
        "hello",
        "EU[1].NAME=x",
        "FOO.A=1",
        "LSR=1",
        "LSR.REMARKS=\x01",
        "=1",
    ]
    assert _errors("\n".join(lines)) == (
        "line 2: PON was given in line 1 already",
        "line 3: LSR has no field 'TSENT': did you mean D/TSENT?",
        "line 4: CFA belongs to a detail of LS: write LS[1].CFA",
        "line 5: LQTY stands once on LS: write LS.LQTY",
        "line 6: 'hello' has no '=': write FORM.FIELD=VALUE",
        "line 7: EU has no numbered details: write EU.FIELD",
        (
            "line 8: there is no form 'FOO': the forms are LSR, EU, LS, LSNP, NP, RS, PS, DL, HGI, SPSR, "
            "ADMIN, BILL, CONTACT, TRANSPORT, TRUNKING, EUSA, TQ, SALI, MSL, ACI, "
            "COLLO, SPACE, EQUIP, TERMS, ASK, LOOP, DOCS, PAY"
        ),
        "line 9: a value belongs to one field: write LSR.FIELD=VALUE",
        "line 10: the value holds a control character, which XML cannot carry",
        "line 11: '' is no field: write FORM.FIELD or FORM[n].FIELD",
    )


def test_bad_sets_and_drops_are_told() -> None:
    """Slips in sets and drops are told beside those of the text."""
    errors = _errors("LSR.PON=1", {"LSR.DDDX": "1", "LSR": "1"}, ("LSR.SUPP", "XX.A"))
    assert [error.partition(":")[0] for error in errors] == ["set LSR.DDDX", "set LSR", "drop LSR.SUPP", "drop XX.A"]


def test_unknown_name_without_a_near_one_lists_the_fields() -> None:
    """A name that resembles none gets the list of the form's fields."""
    assert _errors("PS.QQQQ=1") == (
        "line 1: PS has no field 'QQQQ': its fields are PQTY, LOCNUM, LNUM, LNA, TNS, PIC, LPIC, FEATURE",
    )


def test_details_without_a_gap() -> None:
    """Details are numbered from 1 without a gap, since the document keeps only their order."""
    assert _errors("LS[1].LNUM=1\nLS[3].LNUM=3") == ("LS[3] is given, but there is no LS[2]",)


def test_text_without_fields_is_no_order() -> None:
    """A text of comments alone is told to hold no field."""
    assert _errors("# nothing\n\n") == ("the text holds no field",)


def test_line_ends_and_byte_order_mark_of_other_systems(schemas: Schemas) -> None:
    """A text written elsewhere, with CR LF and a byte order mark, gives the same document."""
    assert compose("\ufeffLSR.PON=X1\r\nLSR.VER=01\r\n", schemas=schemas) == compose(
        "LSR.PON=X1\nLSR.VER=01", schemas=schemas
    )


@given(value=st.text(st.characters(exclude_categories=["C"]), max_size=40))
def test_value_comes_back_as_written(schemas: Schemas, value: str) -> None:
    """Whatever printable text stands after the equals sign is the element's text, to the letter."""
    assert _texts(compose(f"LSR.REMARKS={value}", schemas=schemas), "LSR/REMARKS") == [value or None]


_PIECES = [
    "LSR",
    "LS",
    "[1]",
    "[2]",
    "[0]",
    "[99999]",
    ".",
    "PON",
    "CFA",
    "LQTY",
    "=",
    "\n",
    "#",
    "x",
    "(",
    "\x00",
    "\ud800",
]


@given(text=st.one_of(st.text(max_size=200), st.lists(st.sampled_from(_PIECES), max_size=40).map("".join)))
def test_any_text_gives_a_document_or_its_errors(schemas: Schemas, text: str) -> None:
    """Whatever the text, composing gives a document or a list of errors."""
    try:
        told = compose(text, schemas=schemas).decode()
    except ComposeError as error:
        told = "\n".join(error.errors)
    assert told
