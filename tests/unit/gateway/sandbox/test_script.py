from datetime import timedelta
from pathlib import Path

import pytest

from gateway.demo.play import shipped_order, shipped_script
from gateway.lifecycle.wire import decision_from
from gateway.sandbox.script import Script, ScriptInvalid
from validators.bundled import bundled_path
from validators.messages.compose import compose

_TEXT = """
rules:
  - {pon: LOOP, ver: "02", answers: [{after: {hours: 1}, by: http, decision: {decision: confirm}}]}
  - {pon: LOOP, answers: [{after: {days: 2, minutes: 5}, by: redis, decision: {decision: reject}}]}
"""


def _read(tmp_path: Path, text: str) -> Script:
    path = tmp_path / "script.yaml"
    path.write_text(text, encoding="utf-8")
    return Script.read(path)


@pytest.mark.parametrize(
    ("pon", "ver", "expected"),
    [("LOOP1", "02", ["confirm"]), ("LOOP1", "01", ["reject"]), ("PORT1", "01", [])],
)
def test_first_rule_that_fits_answers(tmp_path: Path, pon: str, ver: str, expected: list[str]) -> None:
    """The first rule that fits PON and VER answers; an order that none fits is met with silence."""
    answers = _read(tmp_path, _TEXT).answers_to(pon, ver)
    assert expected == [answer.decision["decision"] for answer in answers]


def test_delay_is_elapsed_time(tmp_path: Path) -> None:
    """Days, hours and minutes of a delay add up to elapsed time."""
    (answer,) = _read(tmp_path, _TEXT).answers_to("LOOP1", "01")
    assert timedelta(days=2, minutes=5) == answer.after.length


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("rules: [", "script.yaml"),
        ("rules: [{pon: A, answers: [{after: {hours: -1}, by: pigeon, decision: {}}]}]", "rules.0.answers.0.by"),
        ("rules: [{pon: A, answers: [{after: {hours: -1}, by: http, decision: {}}]}]", "rules.0.answers.0.after.hours"),
    ],
)
def test_wrong_script_is_told_with_its_places(tmp_path: Path, text: str, named: str) -> None:
    """A script that cannot be read says which file and which place is wrong."""
    with pytest.raises(ScriptInvalid, match=named):
        _read(tmp_path, text)


def test_shipped_files_are_readable() -> None:
    """The script and the order that are shipped read, and the order becomes a document."""
    assert Script.read(shipped_script()).answers_to("DEMO0001", "01")
    assert b"<NC>LXR-</NC>" in compose(shipped_order())


def test_every_answer_of_the_shipped_accounts_is_a_decision() -> None:
    """With the order's own dates put in, each is what a back end may send; those of collocation stand in the terms."""
    named = {
        "$today": "2026-03-09",
        "$due_date": "2026-03-09",
        "$desired_due_date": "2026-03-09",
        "$order_number": "C1",
    }
    script = Script.read(bundled_path("config") / "sate" / "test-accounts.yaml")
    rules = [rule for rule in script.rules if rule.family != "collocation"]
    answers = [answer for rule in rules for answer in rule.answers]

    for answer in answers:
        decision_from({name: named.get(str(value), value) for name, value in answer.decision.items()})

    assert len(answers) > len(rules)
