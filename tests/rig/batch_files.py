"""Batch files made of the sample ASRs: XML, and delimited as a spreadsheet writes them."""

import csv
import io
from collections.abc import Mapping, Sequence

from lxml import etree

from gateway.portal.forms.typed import Typed
from tests.rig.court import sample
from validators.families import FAMILIES, family_of
from validators.messages.compose import composable_forms, compose
from validators.schema import Schemas
from validators.xml import parse

NAMESPACE = "urn:oss-gateway:r1:batch"


def fields_of(name: str, sets: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give the FORM.FIELD values of a sample, with fields set."""
    lines = [line for line in sample(name).splitlines() if line and not line.startswith("#")]
    return {**dict(line.split("=", 1) for line in lines), **(sets or {})}


def fields_in(document: bytes) -> dict[str, str]:
    """Give the FORM.FIELD values of a request."""
    root = parse(document)
    family = family_of(root)
    assert family is not None
    return dict(Typed.of_message(FAMILIES[family].read(root)).items())


def xml_batch(names: Sequence[str], schemas: Schemas, *, count: int | None = None) -> bytes:
    """Give a batch of samples as XML."""
    return xml_file([compose(sample(name), schemas=schemas) for name in names], count)


def xml_batch_of(requests: Sequence[Mapping[str, str]]) -> bytes:
    """Give requests by their FORM.FIELD values as a batch in XML."""
    forms = composable_forms(Schemas())
    return xml_file([compose("", request, forms=forms) for request in requests])


def xml_file(documents: Sequence[bytes], count: int | None = None) -> bytes:
    """Give requests as a batch in XML; it says that it holds `count` of them, or how many it does."""
    requests = b"".join(etree.tostring(etree.fromstring(document)) for document in documents)
    said = len(documents) if count is None else count
    return f'<Batch xmlns="{NAMESPACE}" count="{said}">'.encode() + requests + b"</Batch>"


def delimited_batch(
    requests: Sequence[Mapping[str, str]], *, delimiter: str = ",", ends: str = "\r\n", mark: bool = True
) -> bytes:
    """Give requests as a spreadsheet saves them: byte order mark, Windows line ends, every cell in quotes."""
    headings = list(dict.fromkeys(field for request in requests for field in request))
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=ends, quoting=csv.QUOTE_ALL)
    writer.writerow(headings)
    writer.writerows([request.get(field, "") for field in headings] for request in requests)
    writer.writerow(["END", len(requests)])
    return (b"\xef\xbb\xbf" if mark else b"") + text.getvalue().encode()
