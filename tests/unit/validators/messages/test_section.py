"""Forms and service details as plain values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from validators.messages.section import Section, read_sections

_ROOT = '<LocalServiceRequest xmlns="urn:oss-gateway:r1:lsr">{}</LocalServiceRequest>'


def _read(inner: str) -> dict[str, Section]:
    return read_sections(etree.fromstring(_ROOT.format(inner)))


def test_a_form_is_its_fields_by_name() -> None:
    """Text stands without the blanks around it."""
    sections = _read("<LSR>\n  <CCNA>ZQF</CCNA>\n  <PON> A 1 </PON>\n</LSR>")

    assert {"LSR": Section("LSR", "/LocalServiceRequest/LSR", {"CCNA": "ZQF", "PON": "A 1"})} == sections


@pytest.mark.parametrize("empty", ["<CC/>", "<CC></CC>", "<CC>   </CC>", "<CC>\n\t</CC>"])
def test_an_empty_element_is_absent(empty: str) -> None:
    """An element without text counts as not sent, in a form and in a service detail."""
    sections = _read(f"<LS>{empty}<DETAILS><DETAIL>{empty}<LNUM>1</LNUM></DETAIL></DETAILS></LS>")

    assert {} == sections["LS"].fields
    assert {"LNUM": "1"} == sections["LS"].details[0].fields


def test_service_details_are_indexed_where_there_are_several() -> None:
    """One detail alone has no index in its path; siblings count from 1."""
    one = _read("<LS><DETAILS><DETAIL><CFA>A</CFA></DETAIL></DETAILS></LS>")["LS"]
    two = _read("<LS><DETAILS><DETAIL/><DETAIL><CFA>A</CFA></DETAIL></DETAILS></LS>")["LS"]

    assert ["/LocalServiceRequest/LS/DETAILS/DETAIL/CFA"] == [path for path, _ in one.items()]
    assert ["/LocalServiceRequest/LS/DETAILS/DETAIL[2]/CFA"] == [path for path, _ in two.items()]


def test_a_missing_field_has_a_path_too() -> None:
    """A finding can name what is not there."""
    section = _read("<EU><NAME>A</NAME></EU>")["EU"]

    assert (None, "/LocalServiceRequest/EU/CITY") == (section.get("CITY"), section.path_of("CITY"))


@given(st.dictionaries(st.from_regex(r"[A-Z][A-Z0-9_]{0,9}", fullmatch=True), st.text("AZaz09 -/.", max_size=9)))
def test_every_field_that_has_text_is_read_and_no_other(fields: dict[str, str]) -> None:
    """Whatever stands in a form comes out, stripped, in its order."""
    fields.pop("DETAILS", None)
    root = etree.Element("{urn:oss-gateway:r1:lsr}LocalServiceRequest")
    form = etree.SubElement(root, "{urn:oss-gateway:r1:lsr}LSR")
    for name, text in fields.items():
        etree.SubElement(form, f"{{urn:oss-gateway:r1:lsr}}{name}").text = text

    expected = [(name, text.strip()) for name, text in fields.items() if text.strip()]
    assert expected == list(read_sections(root)["LSR"].fields.items())
