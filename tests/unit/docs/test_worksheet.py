"""The worksheet says what the schemas and the rules say."""

from lxml import html

from docs.pages.field_use import field_use
from docs.pages.worksheet import page
from validators.rules import rule_book
from validators.schema import Schemas

_FORMS = Schemas().catalogue("lsr").forms()
_PAGE = html.fromstring(page())


def test_every_field_of_every_form_has_its_row() -> None:
    """Forms in their order, and each element of a form in its table, once."""
    for form, table in zip(_FORMS, _PAGE.xpath("//table[@class='fields']"), strict=True):
        shown = [code.text for code in table.xpath(".//th[@scope='row']/code")]
        assert [place.doc.element for place in (*form.header, *form.detail)] == shown


def test_rows_from_memory_are_marked() -> None:
    """As many marks as fields that no published page states."""
    memory = [place for form in _FORMS for place in (*form.header, *form.detail) if place.doc.confidence == "memory"]

    assert len(memory) == len(_PAGE.xpath("//table[@class='fields']//span[@class='memory']"))


def test_every_link_leads_somewhere() -> None:
    """A rule that a field names stands in the list of rules, under its section."""
    targets = set(_PAGE.xpath("//@id"))

    assert [] == [link for link in _PAGE.xpath("//a/@href") if link.removeprefix("#") not in targets]


def test_nearly_every_rule_is_named_by_a_field() -> None:
    """Rules on LSRs that look at no field look at the date, at the partner or at what the ILEC's records say."""
    named = {rule for rules in field_use(_FORMS).rules.values() for rule in rules}
    rules = {rule.id for rule in rule_book().rules if rule.scope.family == "lsr"}

    assert named <= {rule.id for rule in rule_book().rules}
    assert 0.95 < len(named & rules) / len(rules)


def test_what_a_rule_asks_for_is_told_by_request() -> None:
    """A port needs its direction, a conversion its authorization; interim portability is not allowed."""
    use = field_use(_FORMS)

    assert {"B": "V", "C": "VZ"} == use.needed["LSR", "NPDI"]
    assert "V" in use.needed["LSR", "AGAUTH"]["A"]
    assert "C" in use.banned["NP", "CFTN"]


def test_the_page_needs_nothing_else() -> None:
    """No address of another place, so it can be sent about as one file; and it stays small."""
    text = page()

    assert not _PAGE.xpath("//link | //img | //script[@src] | //a[starts-with(@href, 'http')]")
    assert len(text) < 400_000
