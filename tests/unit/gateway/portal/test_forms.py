"""Requests as forms: which forms and fields a kind has, where findings belong, and what becomes of what is typed."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from gateway.doors.problems import Problem
from gateway.portal.entry.first_values import written
from gateway.portal.forms.places import Findings, input_name
from gateway.portal.forms.typed import MOST_CHARACTERS, MOST_DETAILS, Typed, TypedForm
from gateway.portal.forms.views import Request, RequestView, first_forms
from tests.rig.route_table import guarded_routes, portal_pages
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.families import FAMILIES, family_of
from validators.judge import Judge
from validators.messages.compose import compose
from validators.messages.request import MessageFamily
from validators.releases import release_of
from validators.rules import rule_book
from validators.schema import Schemas
from validators.usage import Asked, Usage
from validators.xml import parse

SAMPLES_FOLDER = Path(__file__).parents[3] / "samples"

Kind = tuple[MessageFamily, str, str, str, str, str]

KINDS: tuple[Kind, ...] = (
    ("lsr", "AB", "N", "LSR EU LS", "LSR.NC LSR.NCI EU.NAME EU.SANO EU.CITY LS[1].LNUM", "LSR.DDDO LSR.SUP"),
    ("lsr", "AB", "D", "LSR", "LSR.AN LSR.INIT", "LSR.DDDO EU.NAME LS[1].CFA"),
    ("lsr", "AB", "T", "LSR EU LS", "EU.SANO", "LSR.SUP"),
    ("lsr", "BB", "V", "LSR EU LSNP", "LSR.AGAUTH LSR.NPDI LSR.MI LSNP[1].LNUM", "LSR.DDDO LSR.SLI"),
    ("lsr", "CB", "V", "LSR EU NP", "LSR.NPDI LSR.AGAUTH NP[1].PORTED_NBR", "LSR.SLI NP[1].CFTN NP[1].TNP"),
    ("lsr", "EB", "N", "LSR EU RS", "EU.NAME RS[1].LNUM", "LSR.SLI LSR.DDDO"),
    ("lsr", "FB", "N", "LSR EU PS", "EU.NAME PS.PQTY", "LSR.SLI"),
    ("lsr", "JB", "N", "LSR EU DL", "DL[1].LTN DL[1].LACT", "LSR.SLI"),
    ("asr", "MD", "N", "ADMIN BILL CONTACT TRUNKING", "ADMIN.ACTI ADMIN.QTY TRUNKING.NC", "ADMIN.QSA"),
    ("asr", "SD", "N", "ADMIN BILL CONTACT TRANSPORT", "TRANSPORT.NC TRANSPORT.SECLOC ADMIN.PIU", "ADMIN.ACTI"),
    ("asr", "SD", "D", "ADMIN BILL CONTACT", "ADMIN.ECCKT", "ADMIN.ACTI ADMIN.PIU BILL.FUSF CONTACT.DSGCON"),
    ("asr", "ED", "N", "ADMIN BILL CONTACT EUSA", "EUSA.NC ADMIN.QTY", "ADMIN.UNE"),
)
"""Family, REQTYP, ACT: the forms that must come, some fields that are needed, some that are not offered."""


@pytest.fixture(scope="module")
def schemas() -> Schemas:
    """The shipped schemas."""
    return Schemas()


@pytest.fixture(scope="module")
def asked(schemas: Schemas) -> Asked:
    """The shipped rules under the template agreement."""
    judge = Judge(schemas, load_agreements(bundled_path("config") / "agreements"), rule_book())
    return Asked(judge, schemas, datetime(2026, 3, 2, 16, 30, tzinfo=UTC))


def names(view: RequestView, *, needed: bool) -> set[str]:
    """Give the names of the inputs, all or those that are needed."""
    parts = [part for form in view.forms for part in (form.header, *form.details)]
    return {one.name for part in parts for one in part.fields if one.needed or not needed}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: " ".join(kind[:3]))
def test_a_kind_of_request_has_its_forms_and_fields(schemas: Schemas, asked: Asked, kind: Kind) -> None:
    """The forms that REQTYP and ACT ask for are there, with what is needed marked, and without what is not allowed."""
    family, requisition, activity, forms, needed, absent = kind
    usage = asked.usage("template", family, requisition, activity)
    catalogue = schemas.catalogue(family)

    view = Request(catalogue, first_forms(catalogue, family, usage), usage).view()

    assert forms.split() == [form.name for form in view.forms]
    assert set() == set(needed.split()) - names(view, needed=True)
    assert set() == set(absent.split()) & names(view, needed=False)
    assert not usage.banned_forms & {doc.name for doc in view.addable}


SAMPLES = sorted(path for family in ("lsr", "asr") for path in (SAMPLES_FOLDER / family).glob("*.txt"))


@pytest.mark.upholds("interfaces-lsr")
@pytest.mark.upholds("interfaces-asr")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_what_can_be_sent_as_a_document_can_be_typed_in_the_browser(schemas: Schemas, asked: Asked, path: Path) -> None:
    """Its form has an input for every field of it, and what is typed becomes the same document, byte for byte."""
    body = compose(path.read_text(encoding="utf-8"), schemas=schemas)
    root = parse(body)
    family = family_of(root)
    assert family is not None
    catalogue, typed = schemas.catalogue(family), Typed.of_message(FAMILIES[family].read(root))
    head = next(iter(typed.forms))
    usage = asked.usage("template", family, typed.value(f"{head}.REQTYP"), typed.value(f"{head}.ACT"))
    view = Request(catalogue, typed, usage).view()

    sent = {form.present: str(len(form.details)) for form in view.forms} | dict(typed.items())
    again = Typed.sent(catalogue, family, sent)

    assert set() == {name for name, _ in typed.items()} - names(view, needed=False)
    assert body == again.document(catalogue)


@pytest.mark.upholds("interfaces-lsr")
@pytest.mark.upholds("interfaces-asr")
def test_orders_and_every_question_before_them_have_pages_beside_the_api() -> None:
    """What a CLEC's program may submit or ask, its people may in the browser."""
    offered = {name for page in portal_pages() for name in page.like}
    wanted = {route.name for route in guarded_routes() if route.name.startswith(("submit", "preorder"))}

    assert {"submitLsr", "submitAsr"} < wanted
    assert set() == wanted - offered


def test_what_is_not_allowed_is_shown_where_it_was_typed(schemas: Schemas) -> None:
    """Nothing that was typed disappears from sight."""
    catalogue = schemas.catalogue("lsr")
    typed = Typed("lsr").with_form(catalogue.forms()[0]).filled_in(catalogue, {"LSR.DDDO": "03-09-2026"})

    view = Request(catalogue, typed, Usage(banned=frozenset({("LSR", "DDDO")}))).view()

    assert "LSR.DDDO" in names(view, needed=False)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/LocalServiceRequest/LSR/PON", "LSR.PON"),
        ("/LocalServiceRequest/LS/DETAILS/DETAIL[2]/CFA", "LS[2].CFA"),
        ("/LocalServiceRequest/LS/DETAILS/DETAIL/CFA", "LS[1].CFA"),
        ("/LocalServiceRequest/LS/DETAILS/DETAIL[3]", "LS[3]"),
        ("/LocalServiceRequest/LS/DETAILS", "LS"),
        ("/LocalServiceRequest/EU", "EU"),
        ("/LocalServiceRequest", ""),
        ("", ""),
    ],
)
def test_a_path_leads_to_its_input(path: str, name: str) -> None:
    """Findings are told where their field stands."""
    assert name == input_name(path)


def test_a_finding_on_what_is_not_there_leads_to_the_nearest_part(schemas: Schemas) -> None:
    """Its link never leads nowhere."""
    catalogue = schemas.catalogue("lsr")
    typed = Typed("lsr").with_form(catalogue.forms()[0])
    found = Findings(
        [{"path": "/L/LSR/PON", "text": "a"}, {"path": "/L/LSR/NONE", "text": "b"}, {"path": "/L/EU", "text": "c"}]
    )

    links = Request(catalogue, typed, findings=found).view().links(found.rejecting)

    assert [("LSR.PON", "f-LSR-PON"), ("LSR.NONE", "f-LSR"), ("EU", "")] == [(link.name, link.id) for link in links]


def test_typed_values_become_the_document_and_come_back(schemas: Schemas) -> None:
    """Details keep their numbers even where one is empty; blanks, hidden characters and unknown names go."""
    catalogue = schemas.catalogue("lsr")
    sent = {
        "details-of LSR": "0",
        "details-of LS": "2",
        "LSR.PON": " P1\u0007 ",
        "LS[2].CFA": "<&>",
        "LSR.NONE": "x",
        "LS[9].CFA": "x",
        "EU.NAME": "no such form here",
    }

    typed = Typed.sent(catalogue, "lsr", sent)
    document = typed.document(catalogue).decode()

    assert {"LSR.PON": "P1", "LS[2].CFA": "<&>"} == dict(typed.items())
    assert typed == Typed.from_json(typed.as_json())
    assert 2 == document.count("<DETAIL>")
    assert "<CFA>&lt;&amp;&gt;</CFA>" in document.split("<DETAIL>")[2]


def test_a_database_that_turns_the_forms_round_changes_nothing(schemas: Schemas) -> None:
    """PostgreSQL keeps the members of an object by the length of their names."""
    catalogue = schemas.catalogue("lsr")
    typed = Typed.sent(catalogue, "lsr", {"details-of LSR": "0", "details-of EU": "0", "LSR.ACT": "N", "EU.NAME": "X"})
    kept = typed.as_json()

    turned = Typed.from_json({**kept, "forms": dict(reversed(kept["forms"].items()))})

    assert ("LSR", "N") == (turned.head, turned.of_head("ACT"))
    assert typed.document(catalogue) == turned.document(catalogue)


def test_a_form_of_any_size_is_bounded(schemas: Schemas) -> None:
    """No draft holds more details or characters than one request by hand may have."""
    catalogue = schemas.catalogue("lsr")

    typed = Typed.sent(catalogue, "lsr", {"details-of LS": "99999"})

    assert MOST_DETAILS == len(typed.forms["LS"].details)
    assert MOST_DETAILS == len(typed.with_detail("LS").forms["LS"].details)
    assert typed.fits_a_page
    assert not Typed("lsr", {"LS": TypedForm({}, ({},) * (MOST_DETAILS + 1))}).fits_a_page
    assert not Typed("lsr", {"LSR": TypedForm({"REMARKS": "x" * MOST_CHARACTERS})}).fits_a_page
    with pytest.raises(Problem, match="more than"):
        Typed.sent(catalogue, "lsr", {"LSR.REMARKS": "x" * (MOST_CHARACTERS + 1)})


def test_the_second_release_is_typed_on_the_same_forms() -> None:
    """Its document has its own namespace, and days are written as it takes them."""
    catalogue = Schemas("r2").catalogue("lsr")
    typed = Typed("lsr").with_form(catalogue.forms()[0]).filled_in(catalogue, {"LSR.PON": "P1"})

    document = typed.document(catalogue)

    assert "r2" == release_of(document)
    assert "2026-03-09" == written(catalogue)(date(2026, 3, 9))
    assert "03-09-2026" == written(Schemas().catalogue("lsr"))(date(2026, 3, 9))
