"""Files of reference data: what is wrong in them is told line by line, and the shipped ones come from their seed."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from gateway.cli import main
from gateway.preorder.invented import invented
from gateway.preorder.territory_files import TerritoryWrong, read_files
from validators.bundled import bundled_path

SHIPPED = bundled_path("config") / "territory"
Change = Callable[[str, str, str], Path]


@pytest.fixture
def changed(tmp_path: Path) -> Change:
    """Give a function that copies the shipped files and replaces a text in one of them."""

    def change(file: str, old: str, new: str) -> Path:
        folder = tmp_path / "territory"
        if not folder.exists():
            shutil.copytree(SHIPPED, folder)
        path = folder / f"{file}.csv"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return change


def told(folder: Path) -> list[str]:
    """Give what is said to be wrong."""
    with pytest.raises(TerritoryWrong) as wrong:
        read_files(folder)
    return [str(error) for error in wrong.value.errors]


def test_the_shipped_territory_comes_from_its_seed_byte_for_byte() -> None:
    """Whoever runs the generator gets the same files; another seed gives others."""
    made = invented()

    assert {path.stem: path.read_text(encoding="utf-8") for path in SHIPPED.glob("*.csv")} == made
    assert made["addresses"] != invented(seed=1)["addresses"]


def test_the_shipped_territory_is_a_dozen_wire_centers_with_thousands_of_addresses() -> None:
    """Enough to try everything, small enough to carry."""
    files = read_files(SHIPPED)

    assert (12, True, True) == (len(files.wire_centers), len(files.addresses) > 2_000, len(files.loops) > 4_000)
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) < 1_000_000
    assert {"555"} == {loop.tn[3:6] for loop in files.loops if loop.tn}


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("accounts", "active", "paid", "accounts.csv:2: status: Input should be 'active' or 'closed'"),
        ("accounts", "ban,ccna", "account,ccna", "accounts.csv:1: names: the first line must be ban,ccna,status,name"),
        ("accounts", ",ZQF,", ",ZQF,,", "accounts.csv:2: line: 4 values are wanted, 5 are there"),
        ("loops", "BOISIDMA,", "BOISIDXX,", "loops.csv:2: wire_center: BOISIDXX does not stand in wire_centers.csv"),
        ("loops", "0001,1,1,", "0001,1,99999,", "loops.csv:2: address: 99999 does not stand in addresses.csv"),
        ("numbers", "9865550700", "9865550999", "numbers.csv:2: high: the range ends before it begins, at 9865550999"),
        ("services", "loop-isdn", "lnp", "services.csv:7: wire_center,service: BOISIDMA/lnp stands in an earlier line"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_named_with_file_line_and_column(
    changed: Change, file: str, old: str, new: str, says: str
) -> None:
    """What a person must mend, and where."""
    assert any(text.startswith(says) for text in told(changed(file, old, new)))


def test_every_wrong_line_is_told_at_once(changed: Change) -> None:
    """One run names all of them, whatever file they stand in."""
    changed("accounts", "active", "paid")
    folder = changed("carriers", "Y", "MAYBE")

    assert ["accounts.csv:2", "carriers.csv:2"] == [text.rsplit(": ", 2)[0] for text in told(folder)]


def test_a_missing_file_and_one_that_is_no_text_are_told(changed: Change) -> None:
    """Not an empty territory, but a refusal."""
    folder = changed("accounts", "active", "active")
    (folder / "accounts.csv").unlink()
    (folder / "carriers.csv").write_bytes(b"\xff\xfe\x00")

    assert ["accounts.csv:1: file", "carriers.csv:1: file"] == [": ".join(t.split(": ")[:2]) for t in told(folder)]


def test_the_command_makes_checks_and_loads_a_territory(tmp_path: Path) -> None:
    """Made files are good, and are copied whole to where a gateway reads them."""
    made, used = tmp_path / "made", tmp_path / "used"

    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["territory", *arguments])
        return result.exit_code, result.output.strip().splitlines()[-1]

    assert (0, f"wrote 17 files to {made}") == run("make", str(made))
    assert (0, "12 wire_centers, 2920 addresses, 4380 loops: good") == run("check", str(made))
    assert (0, f"loaded 17 files into {used}; a gateway takes them when it starts") == run("load", str(made), str(used))
    assert read_files(made) == read_files(used)


def test_the_command_tells_wrong_lines_and_loads_nothing(changed: Change, tmp_path: Path) -> None:
    """Exit status 1, every wrong line on its own, and what was there stays."""
    folder = changed("accounts", "active", "paid")

    for arguments in (["check", str(folder)], ["load", str(folder), str(tmp_path / "used")]):
        result = CliRunner().invoke(main, ["territory", *arguments])
        assert (1, True) == (result.exit_code, "accounts.csv:2: status:" in result.output)
    assert not (tmp_path / "used").exists()
