"""`oss-gateway register`."""

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gateway.app.commands import open_partners
from gateway.cli import main
from gateway.settings import Settings

FILE = """\
entries:
  - register: conversions
    key: BOISIDMA
    valid_from: 2026-03-01
    data: {kind: switch, conversion_date: 2026-06-15}
  - register: building-loops
    partner: sawtooth
    key: 4120 OPALINE BOISE ID
    valid_from: 2026-03-01
    data: {product: loop-ds1, loops: 3}
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give the data folder of a gateway with one partner."""

    async def prepare() -> None:
        async with open_partners(Settings(data=tmp_path)) as (_, partners):
            await partners.add("sawtooth", "Sawtooth", "template", ccna=["ZQF"], cc=["9Z7A"])

    asyncio.run(prepare())
    return tmp_path


def _run(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["register", *arguments, "--data", str(data)])


def test_what_is_entered_is_listed_and_can_be_withdrawn(data: Path) -> None:
    """The id is printed; a withdrawn entry is listed only where it is asked for, with who and why."""
    said = json.dumps({"kind": "frame", "conversion_date": "2026-06-15"})

    entered = _run(
        data, "enter", "conversions", "--key", "BOISIDMA", "--from", "2026-03-01", "--says", said, "--by", "R. Q."
    )
    entry_id = entered.stdout.strip()
    listed = _run(data, "list", "conversions")
    withdrawn = _run(data, "withdraw", "conversions", entry_id, "--because", "put off", "--by", "M. T.")

    assert (0, 0, 0) == (entered.exit_code, listed.exit_code, withdrawn.exit_code), entered.output
    assert f"{entry_id}  conversions  all partners  BOISIDMA  from 2026-03-01  12.3.24.3" in listed.stdout
    assert "by R. Q." in listed.stdout
    assert "" == _run(data, "list").stdout
    assert "by M. T.: put off" in _run(data, "list", "--withdrawn").stdout


def test_a_file_is_imported_as_a_whole(data: Path, tmp_path: Path) -> None:
    """All of its entries, or none if one is wrong; what is wrong is told with its line."""
    file = tmp_path / "entries.yaml"
    file.write_text(FILE, encoding="utf-8")

    imported = _run(data, "import", str(file))
    file.write_text(FILE.replace("key: BOISIDMA", "key: Boise").replace("loops: 3", "loops: -1"), encoding="utf-8")
    refused = _run(data, "import", str(file))

    assert (0, "2 entries\n") == (imported.exit_code, imported.stdout), imported.output
    assert (1, "") == (refused.exit_code, refused.stdout)
    assert ["entries.yaml:3: entries[0].key", "entries.yaml:10: entries[1].data.loops"] == [
        line.rpartition("/")[2].split(": ")[0] + ": " + line.split(": ")[1] for line in refused.stderr.splitlines()
    ]
    assert 2 == len(_run(data, "list").stdout.splitlines())


def test_a_wrong_entry_is_a_wrong_call(data: Path) -> None:
    """Exit status 2 and the place of each mistake; a partner that there is not is told as such."""
    wrong = _run(data, "enter", "conversions", "--from", "2026-03-01", "--says", "{}")
    stranger = _run(
        data, "enter", "building-loops", "--partner", "nobody", "--key", "X", "--from", "2026-03-01",
        "--says", '{"product": "loop-ds1", "loops": 1}',
    )  # fmt: skip

    assert 2 == wrong.exit_code
    assert [True] * 3 == [f"{place}: " in wrong.stderr for place in ("key", "data.kind", "data.conversion_date")]
    assert (1, True) == (stranger.exit_code, "partner nobody does not exist" in stranger.stderr)


def test_every_register_is_explained() -> None:
    """`kinds` names each with what an entry says."""
    told = CliRunner().invoke(main, ["register", "kinds"]).stdout

    assert "conversions  12.3.24.3  Switch and frame conversions" in told
    assert "    conversion_date: Planned day of the cut-over." in told
