import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psutil
import pytest
import yaml

from gateway.demo.play import shipped_script
from gateway.demo.stories import STORIES

_PATIENCE = 240
_PLAY_THE_FIRST = """
import sys
from pathlib import Path
import click
from gateway.cli.demo import perform
from gateway.demo.stories import STORIES
from gateway.demo.teller import Teller
perform(Teller(click.echo), Path(sys.argv[1]), STORIES[:1], None)
"""


@pytest.fixture
def surroundings(tmp_path: Path) -> Mapping[str, str]:
    """Give an environment with a folder of its own for temporary files, and settings of somebody else's gateway."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    (tmp_path / "gateway.toml").write_text('port = 1\ndatabase = "postgresql://nowhere"\n')
    place = str(Path(__file__).parents[2])
    return {
        **os.environ,
        "PYTHONPATH": place,
        "TMPDIR": str(temporary),
        "OSS_GATEWAY_DATABASE": "postgresql+asyncpg://nowhere/none",
        "OSS_GATEWAY_REDIS": "redis://nowhere",
    }


def _run(arguments: list[str], folder: Path, surroundings: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, *arguments],
        cwd=folder,
        env={**surroundings, "COLUMNS": "120"},
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )


def test_demo_plays_all_stories_and_leaves_nothing(tmp_path: Path, surroundings: Mapping[str, str]) -> None:
    """The demo plays six stories as they should end, whatever is set around it, and leaves no file behind."""
    results = tmp_path / "results.json"
    done = _run(["-m", "gateway", "demo", "--json", str(results)], tmp_path, surroundings)

    assert 0 == done.returncode, done.stdout + done.stderr
    assert "6 of 6 stories ended as they should" in done.stdout
    expected_in_order = [
        "Fri 2026-11-20 19:30  CLEC      sends LSR DEMO0001 VER 01",
        "Mon 2026-11-23 10:15  back end  confirms VER 01 for Tue 2026-12-01, over the decision stream  [9.2.4.4.1]",
        "E701  company-codes-of-partner  [3.2.1]",
        "E608  expedite-request-on-order  [9.1.15.1]",
        "E305  line-quantity  [12.2.1.1.2]",
        "Tue 2026-12-08 14:10  back end  rejects VER 01, over the decision stream  [9.2.4.3.1.1]",
        "Mon 2026-12-14 13:00  clock     runs out: FOC within 72 hours of receipt",
        "sends the CLEC a jeopardy notice: The due date 12-22-2026 has passed",
        "E501  pon-version-duplicate  [12.2.1.1.2]",
    ]
    places = [done.stdout.find(line) for line in expected_in_order]
    assert -1 not in places, done.stdout
    assert sorted(places) == places
    assert "\x1b" not in done.stdout
    read: dict[str, Any] = json.loads(results.read_text())
    assert [True] * len(STORIES) == [story["good"] for story in read["stories"]]
    assert [] == list((tmp_path / "tmp").iterdir())


def test_wrong_answer_of_the_back_end_fails_the_demo(tmp_path: Path, surroundings: Mapping[str, str]) -> None:
    """A back end that confirms another day than it should makes the status 1, with expected and got."""
    script = yaml.safe_load(shipped_script().read_text())
    script["rules"][0]["answers"][0]["decision"]["due_date"] = "2026-12-03"
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(yaml.safe_dump(script))
    done = _run(["-c", _PLAY_THE_FIRST, str(wrong)], tmp_path, surroundings)

    assert 1 == done.returncode, done.stdout + done.stderr
    failure = "  FAIL  due date in the FOC\n          expected  2026-12-01\n          got       2026-12-03\n"
    assert failure in done.stdout
    assert 1 == done.stdout.count("FAIL")
    assert "OTHERWISE THAN IT SHOULD" in done.stdout


def test_demo_that_is_ended_ends_its_processes(tmp_path: Path, surroundings: Mapping[str, str]) -> None:
    """SIGTERM in the middle of a story ends gateway, Redis and back end, and removes the folder."""
    demo = subprocess.Popen(
        [sys.executable, "-m", "gateway", "demo"], cwd=tmp_path, env=surroundings, stdout=subprocess.PIPE, text=True
    )
    assert demo.stdout is not None
    with demo.stdout:
        assert any(line.startswith("Story 1") for line in demo.stdout)
        started = psutil.Process(demo.pid).children(recursive=True)
        demo.send_signal(signal.SIGTERM)
        demo.stdout.read()
        status = demo.wait(_PATIENCE)

    _, alive = psutil.wait_procs(started, timeout=_PATIENCE)
    assert 128 + signal.SIGTERM == status
    assert 3 <= len(started)
    assert [] == alive
    assert [] == list((tmp_path / "tmp").iterdir())
