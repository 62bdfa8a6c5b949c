"""The catalogue and what is built: neither may say what the other does not."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from validators.agreement.load import load_agreements
from validators.agreement.terms import Agreement
from validators.bundled import bundled_path
from validators.codes import Code
from validators.rules import rule_book
from validators.rules.case import Case
from validators.rules.catalogue import CatalogueError, Entry, Status, gaps, read_catalogue
from validators.rules.registry import Found, RuleBook, Scope, Upheld, content_rule

_MARKS = ("trips", "passes")
_TESTS = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def entries() -> tuple[Entry, ...]:
    """The shipped catalogue."""
    return read_catalogue(bundled_path("config") / "catalogue")


@pytest.fixture(scope="module")
def agreements() -> Mapping[str, Agreement]:
    """The shipped agreements."""
    return load_agreements(bundled_path("config") / "agreements")


def _changed(entries: tuple[Entry, ...], entry_id: str, **changes: object) -> tuple[Entry, ...]:
    return tuple(replace(entry, **changes) if entry.id == entry_id else entry for entry in entries)  # type: ignore[arg-type]  # the callers name fields of Entry


def test_catalogue_and_code_agree(entries: tuple[Entry, ...], agreements: Mapping[str, Agreement]) -> None:
    """What is called enforced has its function, what is called tracked its clock, and every other status its reason."""
    assert [] == gaps(entries, rule_book(), agreements)


def test_every_obligation_of_both_catalogues_is_there(
    entries: tuple[Entry, ...], agreements: Mapping[str, Agreement]
) -> None:
    """477 obligations of the ordering sections and 388 of the others, beside the rules and clocks of the forms."""
    clocks = {clock for agreement in agreements.values() for clock in agreement.clocks}
    own = {rule.id for rule in rule_book().rules} | clocks
    of_agreement = [entry for entry in entries if entry.source == "agreement"]

    assert 477 + 388 <= len(of_agreement)
    assert [] == [entry.id for entry in entries if entry.source == "fields" and entry.id not in own]


def test_an_enforced_entry_without_function_is_a_gap(
    entries: tuple[Entry, ...], agreements: Mapping[str, Agreement]
) -> None:
    """A status that is only claimed is found out."""
    claimed = _changed(entries, "help-desk-scope", status=Status.ENFORCED)

    assert ["help-desk-scope: the catalogue says enforced, but there is no function"] == gaps(
        claimed, rule_book(), agreements
    )


def test_a_function_without_entry_is_a_gap(entries: tuple[Entry, ...], agreements: Mapping[str, Agreement]) -> None:
    """A rule that the catalogue does not know is found out."""
    book = rule_book()

    @content_rule("secret-rule", "9.9.9", Code.INTERNAL, Scope())
    def secret(_: Case) -> Iterable[Found]:
        return ()

    assert ["secret-rule: there is a function, but the catalogue does not say enforced"] == gaps(
        entries, RuleBook((*book.content, secret), book.record, book.upheld), agreements
    )


def test_a_tracked_entry_without_clock_is_a_gap(
    entries: tuple[Entry, ...], agreements: Mapping[str, Agreement]
) -> None:
    """A clock that no agreement file has is found out."""
    claimed = _changed(entries, "def-maintenance-charge-bands", status=Status.TRACKED)

    assert ["def-maintenance-charge-bands: the catalogue says tracked, but there is no clock"] == gaps(
        claimed, rule_book(), agreements
    )


def test_a_rule_that_cites_another_section_than_its_entry_is_a_gap(
    entries: tuple[Entry, ...], agreements: Mapping[str, Agreement]
) -> None:
    """Finding and catalogue cite one text."""
    moved = _changed(entries, "nc-nci-required-xdsl", section="9.2.6.1")

    assert ["nc-nci-required-xdsl: its function cites 9.2.6.2, its entry 9.2.6.1"] == gaps(
        moved, rule_book(), agreements
    )


def test_a_status_without_reason_is_a_gap(entries: tuple[Entry, ...], agreements: Mapping[str, Agreement]) -> None:
    """What is not done says why."""
    silent = _changed(entries, "help-desk-scope", reason="")

    assert ["help-desk-scope: the status out-of-scope needs a reason"] == gaps(silent, rule_book(), agreements)


def test_sections_are_split_outside_brackets(entries: tuple[Entry, ...]) -> None:
    """A list of terms in brackets belongs to its section."""
    by_id = {entry.id: entry for entry in entries}

    assert ("4.0 (Desired Due Date; Due Date)",) == by_id["def-desired-versus-due-date"].sections
    assert ("9.2.2.4", "9.2.4.3.1.1", "9.2.4.9.2") == by_id["conditioning-preapproval-field"].sections


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {id: one, section: '1'}", "entry 1 (one) lacks 'kind'"),
        (
            "- {id: one, section: '1', kind: field, applies_to: [], automatable: 'no', rule: A rule., status: done}",
            "entry 1 (one): 'done' is not a valid Status",
        ),
    ],
)
def test_a_broken_entry_is_named(tmp_path: Path, text: str, told: str) -> None:
    """File and entry are told."""
    (tmp_path / "own.yaml").write_text(text)

    with pytest.raises(CatalogueError) as refused:
        read_catalogue(tmp_path)

    assert f"own.yaml: {told}" == str(refused.value)


def test_an_id_that_stands_twice_is_refused(tmp_path: Path) -> None:
    """Two files may not both have an entry of one id."""
    text = "- {id: one, section: '1', kind: field, applies_to: [], automatable: 'no', rule: A rule., status: planned}"
    (tmp_path / "a.yaml").write_text(text)
    (tmp_path / "b.yaml").write_text(text)

    with pytest.raises(CatalogueError, match="the id one stands twice"):
        read_catalogue(tmp_path)


@pytest.mark.parametrize("mark", _MARKS)
def test_every_rule_has_a_test_that_trips_it_and_one_that_lets_pass(mark: str) -> None:
    """Each rule's id stands in a `trips` and in a `passes` mark; the marks themselves are proved where they stand."""
    marked = {rule for path in Path(__file__).parent.rglob("test_*.py") for rule in _marked(path, mark)}
    ids = {rule.id for rule in rule_book().rules}

    assert (set(), set()) == (ids - marked, marked - ids)


def test_everything_upheld_without_a_finding_has_its_test() -> None:
    """Each id stands in an `upholds` mark, and no mark names what is not in the list."""
    marked = {rule for path in (_TESTS / "unit").rglob("test_*.py") for rule in _marked(path, "upholds")}
    ids = {obligation.id for obligation in rule_book().upheld}

    assert (set(), set()) == (ids - marked, marked - ids)


def test_an_upheld_obligation_must_be_called_enforced(
    entries: tuple[Entry, ...], agreements: Mapping[str, Agreement]
) -> None:
    """What the judge is said to keep to stands so in the catalogue, under a section of its entry."""
    book = rule_book()
    claimed = RuleBook(
        book.content, book.record, (*book.upheld, Upheld("def-maintenance-charge-bands", "9.9.9", "nothing"))
    )

    assert [
        "def-maintenance-charge-bands: there is a function, but the catalogue does not say enforced",
        "def-maintenance-charge-bands: its function cites 9.9.9, its entry 4.0 (Maintenance of Service charge)",
    ] == gaps(entries, claimed, agreements)


def _marked(path: Path, mark: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and ast.unparse(node.func) == f"pytest.mark.{mark}"
            and isinstance(node.args[0], ast.Constant)
        ):
            yield str(node.args[0].value)
