"""Notices as text that people read."""

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from lxml import etree

from gateway.notices.document import NAMESPACE, OrderHeader, render
from gateway.notices.notice import NoticeContent
from gateway.notices.plain_text import plain_text
from tests.rig.court import MOUNTAIN
from tests.unit.gateway.notices.strategies import CONTENTS, INSTANTS
from validators.bundled import bundled_path

_EXAMPLES = bundled_path("schemas") / "r1" / "examples" / "notice"
_ORDER = OrderHeader("ord_0193f2a1b4c5_0123456789abcdef", "LSR900000001", "SLT26A000001", "01", "ZQF", "9Z7A")
_EXPECTED = """FIRM ORDER CONFIRMATION - section 9.2.4.4.1
===========================================
Issued:                          2026-03-04T10:12:05-07:00
Order:                           ord_019da1c2b301_5c1e0f2a9b7d4e01
Provider's number (LSR NO):      LSR900000001
CCNA:                            ZQF
CC:                              9Z7A
PON:                             SLT26A000001
VER:                             01
EC_VER:                          01

Due date (DD):                   03-10-2026
Service order (ORD):             N81234567
Appointment (APPTIME):           0800AM-1200PM
Circuit (ECCKT):                 07/LXFU/100001//GRT

This notice (ntc_019da1c2c401_7be2a1904f3d6c01) rests on section 9.2.4.4.1 of the interconnection agreement.
"""


def test_a_foc_reads_like_a_letter() -> None:
    """Title and section come first, every field has its name in words, and the clause stands at the end."""
    assert _EXPECTED == plain_text((_EXAMPLES / "foc.xml").read_bytes())


@pytest.mark.parametrize("example", sorted(_EXAMPLES.glob("*.xml")), ids=lambda path: path.stem)
def test_every_value_and_name_is_there(example: Path) -> None:
    """Of every kind of notice the text holds each value, and no field stands there by an abbreviation alone."""
    text = plain_text(example.read_bytes())
    known = {"CCNA", "CC", "PON", "VER", "EC_VER", "LNUM", "PORTED_NBR", "LST", "ACTION", "CODE", "QTY", "TEXT"}

    for element in etree.fromstring(example.read_bytes()).iter():
        if not len(element) and element.text and etree.QName(element).localname != "KIND":
            assert " ".join(element.text.split()) in " ".join(text.split())
    labels = {line.split(":")[0].strip() for line in text.splitlines()[2:] if ":" in line}
    assert {label for label in labels if label.isupper()} <= known


@given(built=CONTENTS, issued_at=INSTANTS)
def test_no_value_passes_for_a_line(built: NoticeContent, issued_at: datetime) -> None:
    """Whatever a value carries, the text has as many lines as fields, and says its section first and last."""
    document = render("ntc_0193f2a1b4c5_9f86d081884c7d65", _ORDER, built, issued_at, MOUNTAIN)
    root = etree.fromstring(document)
    kind = root.findtext("KIND", namespaces={None: NAMESPACE}) or ""

    lines = plain_text(document).split("\n")

    fields = sum(
        1
        for element in root.iter()
        if element.tag not in {f"{{{NAMESPACE}}}{name}" for name in ("Notice", "KIND", "SECTION", "ID", kind)}
    )
    inner_sections = len(root.findall(".//{*}FINDING/{*}SECTION"))
    assert fields + inner_sections + 2 + 1 + 2 + 1 == len(lines)
    assert lines[0].endswith(f"section {built.section}")
    assert built.section in lines[-2]
