"""`oss-gateway partner`: adding partners, issuing keys, and what it says when it cannot."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gateway.cli.partner import partner


def run(folder: Path, *arguments: str) -> Result:
    """Run one of the commands on a data folder."""
    return CliRunner().invoke(partner, [*arguments, "--data", str(folder)])


def added(folder: Path, name: str = "sawtooth") -> Result:
    """Add a partner."""
    return run(folder, "add", name, "--name", "Sawtooth Lantern", "--ccna", "ZQF", "--cc", "9Z7A")


def test_a_partner_gets_its_first_key(tmp_path: Path) -> None:
    """The key is the only line printed, so that a script can take it; the list shows the partner without it."""
    result = added(tmp_path)

    (key,) = result.output.splitlines()
    assert (0, True) == (result.exit_code, key.startswith("ossgw_"))
    (line,) = run(tmp_path, "list").output.splitlines()
    assert "sawtooth  Sawtooth Lantern  agreement template  CCNA ZQF  CC 9Z7A" == line


def test_further_keys_differ(tmp_path: Path) -> None:
    """Each key is issued once; the back end's and the operators' belong to no partner."""
    first = added(tmp_path).output
    second = run(tmp_path, "key", "--partner", "sawtooth").output
    others = [run(tmp_path, "key", "--role", role).output for role in ("backend", "operations")]

    assert 4 == len({first, second, *others})


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["add", "sawtooth", "--name", "Again"], 1, "partner sawtooth exists already"),
        (["add", "other", "--name", "X", "--agreement", "none"], 2, "there is no 'none'; there are"),
        (["add", "other"], 2, "--name"),
        (["key"], 2, "--partner goes with --role clec"),
        (["key", "--role", "backend", "--partner", "sawtooth"], 2, "--partner goes with --role clec"),
        (["key", "--partner", "nobody"], 1, "partner nobody does not exist"),
        (["key", "--role", "king"], 2, "king"),
        (["list", "--database", "oracle://x"], 1, "not on 'oracle'"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(tmp_path: Path, arguments: list[str], status: int, said: str) -> None:
    """The last line says what is wrong; status 1 for what the record refuses, 2 for wrong use."""
    added(tmp_path)

    result = run(tmp_path, *arguments)

    assert status == result.exit_code, result.output
    assert said in result.output.splitlines()[-1]


def test_an_empty_list_is_empty(tmp_path: Path) -> None:
    """Without partners nothing is printed."""
    result = run(tmp_path, "list")

    assert (0, "") == (result.exit_code, result.output)
