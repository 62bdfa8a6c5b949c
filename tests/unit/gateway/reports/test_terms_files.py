from pathlib import Path

import pytest

from gateway.reports.measures.terms_file import load_measure_terms
from gateway.reports.plan.terms_file import load_plan_terms
from gateway.reports.terms_source import TermsError
from validators.bundled import bundled_path

EXHIBITS = bundled_path("config") / "measures"


def changed(folder: Path, exhibit: str, old: str, new: str) -> Path:
    """Write an exhibit's terms with one place changed."""
    text = (EXHIBITS / exhibit).read_text(encoding="utf-8")
    assert old in text
    path = folder / exhibit
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    foc_hours: 24\n    icb_above: 39\n", "    foc_hours: 24\n", "products.RES_POTS.icb_above"),
        ("    facility_check: true\n", "    facility_chek: true\n", "facility_chek"),
        ('cutoff: "15:00"', "cutoff: 15:00", "not a time of day"),
        ("cutoff_boundary: strictly_after", "cutoff_boundary: sometimes", "readings.cutoff_boundary"),
        ("  ga7_resolve_hours: {value: 48, section: Exhibit B GA-7}\n", "", "ga7_resolve_hours"),
        ("  ga7_resolve_hours:", "  ga7_resolve_ours:", "ga7_resolve_ours"),
        ("products:", "products: [", "not YAML"),
    ],
)
def test_a_mistake_in_exhibit_b_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    """A term that is missing, misspelt or makes no sense stops the reading, and the error says which."""
    with pytest.raises(TermsError, match=said):
        load_measure_terms(changed(tmp_path, "exhibit-b.yaml", old, new))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("state_group: other", "state_group: utah", "no payments for the states 'utah'"),
        ('  late_report_per_day: {value: 500, section: "12.3"}\n', "", "late_report_per_day"),
        ("level_policy: at_least", "level_policy: mostly", "exhibit-k.yaml:[0-9]+: readings.level_policy"),
        ("draws: 1000", "draws: 0", "small_samples.draws"),
    ],
)
def test_a_mistake_in_exhibit_k_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    """A term that is missing or makes no sense stops the reading, and the error says which, with its line."""
    with pytest.raises(TermsError, match=said):
        load_plan_terms(changed(tmp_path, "exhibit-k.yaml", old, new))


def test_every_limit_of_exhibit_b_has_its_section() -> None:
    """Each number of the exhibit says where it stands."""
    terms = load_measure_terms()
    assert all("Exhibit B" in section for section in terms.limit_sections.values())
    assert all(product.section for product in terms.products.values())
