"""The example documents that ship with the schemas."""

import re
from pathlib import Path

import pytest

from validators.bundled import bundled_path
from validators.families import FAMILIES
from validators.messages.request import MessageFamily
from validators.schema import Schemas
from validators.xml import XmlRefused, parse

_EXPECTED = re.compile(rb"^ +(E[0-9]{3}) (/\S*)$", re.MULTILINE)


def _examples(kind: str) -> list[Path]:
    folder = bundled_path("schemas") / "r1" / "examples"
    return sorted(path for family in FAMILIES for path in (folder / family / kind).glob("*.xml"))


def _family(path: Path) -> MessageFamily:
    return next(family for family in FAMILIES if path.parts[-3] == family)


@pytest.fixture(scope="module")
def schemas() -> Schemas:
    """Schemas of release r1, compiled once for this module."""
    return Schemas()


def test_there_are_examples() -> None:
    """The release ships examples of both kinds, so that the checks below check something."""
    assert len(_examples("valid")) >= 10
    assert len(_examples("invalid")) >= 20


@pytest.mark.parametrize("path", _examples("valid"), ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_valid_example_has_no_findings(schemas: Schemas, path: Path) -> None:
    """A valid example passes parser and schema."""
    assert schemas.check(parse(path.read_bytes()), _family(path)) == ()


@pytest.mark.parametrize("path", _examples("invalid"), ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_invalid_example_has_the_findings_it_names(schemas: Schemas, path: Path) -> None:
    """An invalid example is refused for exactly the codes and places that its comment names, in that order."""
    body = path.read_bytes()
    expected = [(code.decode(), place.decode()) for code, place in _EXPECTED.findall(body)]
    try:
        findings = schemas.check(parse(body), _family(path))
    except XmlRefused as refusal:
        findings = (refusal.finding,)
    assert expected
    assert expected == [(finding.code, finding.path) for finding in findings]
