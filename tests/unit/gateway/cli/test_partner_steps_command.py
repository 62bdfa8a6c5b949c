"""`oss-gateway partner steps` and `step-done`."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gateway.cli import main


def _run(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["partner", *arguments, "--data", str(data)])


def _add(data: Path, agreement: str, *more: str) -> Result:
    return _run(data, "add", "sawtooth", "--name", "Sawtooth", "--agreement", agreement, *more)


def test_a_new_partner_sees_what_is_missing_until_it_is_done(tmp_path: Path) -> None:
    """Exit status 1 while orders are blocked; each step goes away as it is put on record."""
    added = _add(tmp_path, "idaho-2021")
    before = _run(tmp_path, "steps", "sawtooth")
    one = _run(tmp_path, "step-done", "sawtooth", "billing-information", "--since", "2026-01-15")
    between = _run(tmp_path, "steps", "sawtooth")
    rest = _run(tmp_path, "step-done", "sawtooth", "all", "--since", "2026-01-15")
    after = _run(tmp_path, "steps", "sawtooth")

    assert "its orders wait for steps" in added.stderr
    assert (1, 1, 0) == (before.exit_code, between.exit_code, after.exit_code)
    assert "missing  billing-information  questionnaire: billing information  3.2  blocks all orders" in before.stdout
    assert "SOA and LSMS certified  10.2.3.1  blocks lnp, loop-lnp" in before.stdout
    assert "billing-information" not in between.stdout
    assert ("1 entry\n", 0) == (one.stdout, rest.exit_code)
    assert "missing" not in after.stdout.replace("what is missing", "")
    assert "products  all" in after.stdout


@pytest.mark.parametrize(("agreement", "more"), [("template", ()), ("idaho-2021", ("--onboarded",))])
def test_a_partner_whose_steps_do_not_count_or_are_done_is_not_blocked(
    tmp_path: Path, agreement: str, more: tuple[str, ...]
) -> None:
    """The template assumes them to be done, and says so; `--onboarded` puts them on record."""
    assert "" == _add(tmp_path, agreement, *more).stderr

    told = _run(tmp_path, "steps", "sawtooth")

    assert 0 == told.exit_code
    assert (agreement == "template") is ("not tracked: all is assumed to be done" in told.stdout)


def test_what_is_wrong_is_told(tmp_path: Path) -> None:
    """A partner that there is not, a step that there is not, words that the step does not know."""
    _add(tmp_path, "template")

    assert 1 == _run(tmp_path, "steps", "nobody").exit_code
    assert 2 == _run(tmp_path, "step-done", "sawtooth", "paperwork", "--since", "2026-01-15").exit_code
    wrong = _run(tmp_path, "step-done", "sawtooth", "checklist", "--since", "2026-01-15", "--says", '{"by": "me"}')
    assert (2, True) == (wrong.exit_code, "data.by" in wrong.stderr)
