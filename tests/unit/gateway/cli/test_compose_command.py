"""`oss-gateway compose`."""

from pathlib import Path

from click.testing import CliRunner, Result

from gateway.cli import main

_TEXT = "LSR.PON=SLT26A000001\nLSR.DDD=03-09-2026\nLS[1].CFA=X\n"


def _run(*arguments: str, text: str = _TEXT) -> Result:
    return CliRunner().invoke(main, ["compose", *arguments], input=text)


def test_standard_input_becomes_a_document() -> None:
    """Text on standard input comes out as the document, and the exit status is 0."""
    result = _run("-")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("<?xml version='1.0' encoding='UTF-8'?>\n<LocalServiceRequest ")


def test_file_with_sets_and_drops_becomes_a_document(tmp_path: Path) -> None:
    """Sets may hold equals signs and be empty, and drops take fields away."""
    path = tmp_path / "order.txt"
    path.write_text(_TEXT, encoding="utf-8")
    result = _run(
        str(path), "--set", "LSR.DDD=03-12-2026", "--set", "LSR.REMARKS=A=B", "--set", "LSR.SC=", "--drop", "LS.CFA"
    )
    assert result.exit_code == 0
    assert "<DDD>03-12-2026</DDD>" in result.stdout
    assert "<REMARKS>A=B</REMARKS>" in result.stdout
    assert "<SC></SC>" in result.stdout
    assert "CFA" not in result.stdout


def test_bad_text_is_told_on_standard_error() -> None:
    """Bad lines are told with their numbers on standard error, nothing is printed, and the exit status is 2."""
    result = _run("-", text="LSR.PON=1\nLSR.PONN=2\nnonsense\n")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        "line 2: LSR has no field 'PONN': did you mean PON or RPON or IMPCON?",
        "line 3: 'nonsense' has no '=': write FORM.FIELD=VALUE",
    ]


def test_set_without_value_is_wrong_usage() -> None:
    """A set without an equals sign is wrong usage, exit status 2."""
    result = _run("-", "--set", "LSR.DDD")
    assert result.exit_code == 2
    assert "'LSR.DDD' has no '='" in result.stderr


def test_text_that_is_not_utf8_is_wrong_usage(tmp_path: Path) -> None:
    """A file that is not UTF-8 is wrong usage, exit status 2."""
    path = tmp_path / "order.txt"
    path.write_bytes(b"LSR.REMARKS=\xff\n")
    result = _run(str(path))
    assert result.exit_code == 2
    assert "not UTF-8" in result.stderr
