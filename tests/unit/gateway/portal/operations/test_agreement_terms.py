"""Terms of an agreement as they are read and compared."""

import pytest

from gateway.portal.operations.agreement_terms import Difference, differences, terms_of
from validators.agreement.load import load_agreements
from validators.agreement.terms import Agreement
from validators.bundled import bundled_path


@pytest.fixture(scope="module")
def idaho() -> Agreement:
    """Give the shipped agreement."""
    return load_agreements(bundled_path("config") / "agreements")["idaho-2021"]


def told(one: Difference) -> tuple[str, str | None, str | None, str]:
    """Give what a difference says."""
    first, second = (None if term is None else term.value for term in (one.first, one.second))
    return one.kind, first, second, one.term.section


def test_every_term_stands_once_beside_the_nearest_section(idaho: Agreement) -> None:
    """A figure of a clock has the clock's section, one of a room without sections of its own the room's."""
    terms = {term.place: term for term in terms_of(idaho)}

    assert len(terms) == len(list(terms_of(idaho)))
    days = terms["credit", "", "payment_days"]
    assert ("30", "5.4") == (days.value, days.section)
    clock = idaho.clocks["foc-72-hours-facility-check"]
    assert clock.section == terms["clocks", clock.id, "name"].section
    assert not any(term.name == "section" for term in terms.values())


def test_an_agreement_does_not_differ_from_itself(idaho: Agreement) -> None:
    """Nothing is shown where nothing differs."""
    assert [] == list(differences(idaho, idaho))


def test_a_changed_figure_is_named_with_both_values_and_its_section(idaho: Agreement) -> None:
    """So is a term that only one of the two has; everything else is left out."""
    assert idaho.credit is not None
    other = idaho.model_copy(
        update={"credit": idaho.credit.model_copy(update={"payment_days": 45}), "maintenance": None}
    )

    found = {one.term.place: told(one) for one in differences(idaho, other)}
    back = {one.term.place: told(one) for one in differences(other, idaho)}

    assert ("changed", "30", "45", "5.4") == found["credit", "", "payment_days"]
    assert ("only in the first", "22:00:00", None, "12.3.23.2") == found["maintenance", "", "begin"]
    assert ("only in the second", None, "22:00:00", "12.3.23.2") == back["maintenance", "", "begin"]
    assert {"credit", "maintenance"} == {place[0] for place in found}
