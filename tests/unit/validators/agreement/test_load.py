"""Loading agreement files, and what is said of those that cannot be used."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from validators.agreement.load import AgreementError, load_agreement, load_agreements
from validators.agreement.yaml_source import Problem
from validators.bundled import bundled_path

Edited = Callable[..., Path]

SHIPPED = bundled_path("config") / "agreements"


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    """Give a copy of idaho-2021.yaml with one piece of its text replaced."""

    def edit(old: str, new: str) -> Path:
        text = (SHIPPED / "idaho-2021.yaml").read_text(encoding="utf-8")
        assert old in text
        if (SHIPPED / "idaho-2021").is_dir():
            shutil.copytree(SHIPPED / "idaho-2021", tmp_path / "idaho-2021")
        path = tmp_path / "idaho-2021.yaml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return edit


def problems_of(path: Path) -> tuple[Problem, ...]:
    """Load and give what is wrong."""
    with pytest.raises(AgreementError) as caught:
        load_agreement(path)
    return caught.value.problems


FOC_CLOCK = "clocks.foc-72-hours-facility-check"


@pytest.mark.parametrize(
    ("old", "new", "path", "what"),
    [
        ("title: Int", "titel: Int", "title", "Field required"),
        ("title: Int", "titel: Int", "titel", "Extra inputs are not permitted"),
        ("America/Denver", "America/Boisy", "zones.agreement", "no time zone is called 'America/Boisy'"),
        ('"5.2.1, 5.2.2"', "5.2", "dates.section", "Input should be a valid string"),
        ('lnp: {time: "15:00"', "lnp: {time: 15:00", "cutoffs.lnp.time", "900 is not a time of day"),
        ('lnp: {time: "15:00"', 'lnp: {time: "25:00"', "cutoffs.lnp.time", "'25:00' is not a time of day"),
        ("Labor Day", "Labour Day", "holidays.named[3]", "no holiday is called 'Labour Day'"),
        (
            "named: [",
            "extra: {2026-11-27: Shopping}\n  removed: [2026-11-27]\n  named: [",
            "holidays.removed",
            "2026-11-27 is added and removed",
        ),
        ("cutoff: lmc", "cutoff: lcm", "products.lmc.cutoff", "there is no cut-off 'lcm'"),
        ('begin: "08:00"', 'begin: "18:00"', "installation_hours", "they end at 17:00:00 and begin at 18:00:00"),
        ("length: {hours: 72}", "length: {hours: 72, days: 3}", f"{FOC_CLOCK}.length", "a length has one unit"),
        ("length: {hours: 72}", "length: {days: 3}", FOC_CLOCK, "the calendar elapsed does not count days"),
        ("stops_on: [confirmed, facilities-unavailable,", "stops_on: [foc,", f"{FOC_CLOCK}.stops_on[0]", "should be"),
        ("starts_on: accepted", "starts_on: begun", f"{FOC_CLOCK}.starts_on", "Input should be 'received'"),
        (
            "products: [facility-check-loops]",
            "products: [loop-2w-nonloaded, loop-5w]",
            f"{FOC_CLOCK}.products[1]",
            "there is no product or product group 'loop-5w'",
        ),
        ("po5-loops: [", "po5-loops: [loop-5w, ", "product_groups.po5-loops[0]", "there is no product 'loop-5w'"),
        ("po5-loops: [", "po5-loops: [nid, ", "products.nid.foc", "loop-foc-time-section-20 takes its hours from here"),
        ("po5-loops: [", "nid: [lmc]\n  po5-loops: [", "product_groups.nid", "'nid' is also a product"),
        (
            "{until: 2021-02-08, section: 9.5.0}",
            "{since: 2021-03-01, until: 2021-02-08, section: 9.5.0}",
            "products.nid.availability",
            "it ends on 2021-02-08, before it begins on 2021-03-01",
        ),
        ("bands: [{up_to: 8,", "bands: [{up_to: 30,", "products.loop-2w-analog.intervals", "quantity bands must rise"),
        ("foc: {group: c, hours: 24,", "foc: {group: c,", "products.lnp.foc", "in hours or in business days"),
        ("role: CLEC}", "role: ILEC}", "parties", "an agreement has one ILEC"),
        ("kind: agreement", "kind: template", "status", "a template cannot be approved"),
        ("id: idaho-2021", "id: idaho-2022", "id", "the file is called idaho-2021.yaml"),
        ("state: ID", "state: Idaho", "state", "String should match pattern"),
        (
            "\nrules:\n",
            "\nrules:\n  no-such: {severity: fatal}\n",
            "rules.no-such.severity",
            "'fatal' is no severity",
        ),
        ("{until: 2021-02-08,", "{until: 2021-02-30,", "products.subloop.availability.until", "day is out of range"),
        ("kind: agreement\n", "kind: agreement\nkind: agreement\n", "kind", "'kind' stands here a second time"),
        ("clocks:\n", "clocks: [\n", "", "this is not YAML"),
        (
            "id: idaho-2021\n",
            "id: idaho-2021\nextends: montana-2021\n",
            "extends",
            "there is no file montana-2021.yaml",
        ),
        ("id: idaho-2021\n", "id: idaho-2021\nextends: idaho-2021\n", "extends", "extend each other in a circle"),
    ],
)
def test_a_missing_or_contradictory_term_is_told_with_its_place(
    edited: Edited, old: str, new: str, path: str, what: str
) -> None:
    """The error names the file, the line, the place in the file, what is wrong and how to cure it."""
    file = edited(old, new)
    found = [problem for problem in problems_of(file) if problem.path == path]
    assert found, [str(problem) for problem in problems_of(file)]
    assert any(what in problem.what for problem in found), found
    assert all(problem.file == str(file) and problem.line >= 1 and problem.cure for problem in found)


def test_the_line_is_that_of_the_term(edited: Edited) -> None:
    """A person can jump to the place."""
    file = edited("length: {hours: 72}", "length: {hours: 72, days: 3}")
    (problem,) = problems_of(file)
    assert "length: {hours: 72, days: 3}" in file.read_text(encoding="utf-8").splitlines()[problem.line - 1]
    assert str(problem) == (
        f"{file}:{problem.line}: {FOC_CLOCK}.length: a length has one unit, this has hours, days - "
        "keep the unit that the section gives"
    )


def test_every_problem_is_listed_at_once(tmp_path: Path) -> None:
    """Whoever writes an agreement sees all mistakes of all files together."""
    text = (SHIPPED / "idaho-2021.yaml").read_text(encoding="utf-8")
    (tmp_path / "idaho-2021.yaml").write_text(text.replace("cutoff: lmc", "cutoff: lcm"), encoding="utf-8")
    broken = text.replace("cutoff: lmc", "cutoff: 3").replace("release: r1\n", "").replace("state: ID", "state: id")
    (tmp_path / "montana.yaml").write_text(broken, encoding="utf-8")
    for name in ("idaho-2021", "montana"):
        shutil.copytree(SHIPPED / "idaho-2021", tmp_path / name)
    with pytest.raises(AgreementError) as caught:
        load_agreements(tmp_path)
    assert {problem.path for problem in caught.value.problems} == {
        "products.lmc.cutoff",
        "release",
        "state",
    }
    assert str(caught.value).count("\n") == len(caught.value.problems) - 1


def test_a_file_that_extends_another_is_told_where_the_mistake_stands(edited: Edited, tmp_path: Path) -> None:
    """A mistake in the extended file is shown there, one in the extending file here, and once only."""
    base = edited("cutoff: lmc", "cutoff: lcm")
    top = tmp_path / "mine.yaml"
    top.write_text("extends: idaho-2021\nid: mine\nproducts:\n  eel: {cutoff: eal}\n", encoding="utf-8")
    places = {problem.path: (problem.file, problem.line) for problem in problems_of(top)}
    assert places["products.eel.cutoff"] == (str(top), 4)
    assert places["products.lmc.cutoff"][0] == str(base)
    with pytest.raises(AgreementError) as caught:
        load_agreements(tmp_path)
    assert [problem.path for problem in caught.value.problems] == ["products.lmc.cutoff", "products.eel.cutoff"]


def test_null_takes_a_term_of_the_extended_file_away(edited: Edited, tmp_path: Path) -> None:
    """Mappings merge, null removes, everything else replaces."""
    edited("id: idaho-2021", "id: idaho-2021")
    top = tmp_path / "mine.yaml"
    top.write_text(
        "extends: idaho-2021\nid: mine\nholidays: {extra: {2026-11-27: Day after Thanksgiving}}\n"
        "products:\n  nid: {availability: null}\nclocks:\n  nid-infeasibility-ten-business-days: null\n",
        encoding="utf-8",
    )
    agreement = load_agreement(top)
    assert agreement.products["nid"].availability is None
    assert agreement.products["subloop"].availability is not None
    assert "nid-infeasibility-ten-business-days" not in agreement.clocks
    assert agreement.calendar.off_day(date(2026, 11, 27)) == "Day after Thanksgiving"
    assert agreement.calendar.off_day(date(2026, 11, 26)) == "Thanksgiving Day"


def test_rule_settings_are_read(edited: Edited) -> None:
    """An agreement may turn a rule off, also in YAML's way of writing `off`, and give parameters."""
    settings = "\nrules:\n  one: {severity: off}\n  two: {severity: warn, params: {days: 3, kinds: [A, B]}}\n"
    agreement = load_agreement(edited("\nrules:\n", settings))
    assert agreement.setting("one").severity == "off"
    assert agreement.setting("two").severity == "warn"
    assert agreement.setting("two").params == {"days": 3, "kinds": ("A", "B")}
    assert agreement.setting("three").severity is None


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "Field required"),
        (b"- a\n- b\n", "the file is no list of terms"),
        (b"id: \xff\xfe", "the file cannot be read"),
        (b"id: [1, 2", "this is not YAML"),
        (b"id: \x07", "this is not YAML"),
        (b"id: &endless [*endless]", "nested too deep"),
        (b"id: !!python/object:os.system x", "this is not YAML"),
    ],
)
def test_a_file_that_is_no_agreement_is_refused(tmp_path: Path, content: bytes, what: str) -> None:
    """Whatever stands in the folder, the answer is a list of problems."""
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    assert any(what in problem.what for problem in problems_of(path))


def test_a_missing_file_is_a_problem_too(tmp_path: Path) -> None:
    """A wrong name is told like any other mistake."""
    (problem,) = problems_of(tmp_path / "none.yaml")
    assert "cannot be read" in problem.what


def test_a_folder_without_agreements_is_refused(tmp_path: Path) -> None:
    """A gateway with no agreement could judge nothing."""
    with pytest.raises(AgreementError, match="the folder holds no agreement"):
        load_agreements(tmp_path)


def test_every_term_of_the_shipped_agreements_cites_its_section() -> None:
    """No product, cut-off or clock stands without the section it rests on."""
    for agreement in load_agreements(SHIPPED).values():
        sections = [term.section for term in agreement.products.values()]
        sections += [term.section for term in agreement.clocks.values()]
        sections += [term.section for term in agreement.cutoffs.values()]
        assert all(sections)


def test_the_parts_of_an_agreement_stand_beside_its_own_terms(tmp_path: Path) -> None:
    """A big section of an agreement may have a file of its own."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "days.yaml").write_text("holidays: {extra: {2026-11-27: Shopping}}\n", encoding="utf-8")
    top = tmp_path / "mine.yaml"
    top.write_text("extends: idaho-2021\nid: mine\nparts: [days]\n", encoding="utf-8")
    shutil.copy(SHIPPED / "idaho-2021.yaml", tmp_path)
    if (SHIPPED / "idaho-2021").is_dir():
        shutil.copytree(SHIPPED / "idaho-2021", tmp_path / "idaho-2021")

    agreement = load_agreement(top)

    assert agreement.holidays.extra == {date(2026, 11, 27): "Shopping"}
    assert "Labor Day" in agreement.holidays.named


@pytest.mark.parametrize(
    ("parts", "part", "path", "what"),
    [
        ("[days]", "title: Mine\n", "title", "this term stands in"),
        ("[hours]", "", "parts[0]", "there is no file mine/hours.yaml"),
        ("days", "", "parts", "this is no list of names"),
        ("[days]", "[", "the file", "this is not YAML"),
    ],
)
def test_a_part_that_does_not_fit_is_told(tmp_path: Path, parts: str, part: str, path: str, what: str) -> None:
    """A term in two files, a missing part and a malformed one are told with their place."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "days.yaml").write_text(part, encoding="utf-8")
    top = tmp_path / "mine.yaml"
    top.write_text(f"id: mine\ntitle: Mine\nparts: {parts}\n", encoding="utf-8")

    problems = problems_of(top)

    assert any(what in problem.what and (problem.path or "the file") == path for problem in problems), problems
