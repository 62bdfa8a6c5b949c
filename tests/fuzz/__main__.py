"""`python -m tests.fuzz`: at least 5,000 generated requests against `/openapi.json`, by every check of schemathesis.

Each role calls what is for it, with its own key, on one embedded gateway that is started for that. The exit status is
1 if a check failed, or if there were fewer cases than asked for.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.rig.gateway_server import KEYS
from tests.rig.street import started_gateway

_HERE = Path(__file__).parent
_LEAST = 5_000


@dataclass(frozen=True, slots=True)
class _Caller:
    """Whose key calls the operations of which tags."""

    key: str | None
    tags: tuple[str, ...]


_CALLERS = (
    _Caller("clec", ("clec",)),
    _Caller("backend", ("backend",)),
    _Caller("representative", ("representative",)),
    _Caller("operations", ("operations",)),
    _Caller("auditor", ("auditor",)),
    _Caller(None, ("open",)),
    # Last: it may revoke the key of the first, and its own.
    _Caller("clec-supervisor", ("clec-supervisor",)),
)


def main() -> int:
    """Run all callers, print what came of it, and give the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--examples", type=int, default=40, help="Most generated cases of an operation and phase.")
    parser.add_argument("--seed", type=int, default=1, help="The same seed makes the same requests.")
    parser.add_argument("--least", type=int, default=_LEAST, help="Fewer cases than that are a failure.")
    asked = parser.parse_args()
    with TemporaryDirectory(prefix="oss-fuzz-") as folder:
        server = started_gateway(Path(folder) / "gateway")
        try:
            runs = [_run(server.url, caller, asked, Path(folder)) for caller in _CALLERS]
        finally:
            server.stop()
    cases, failures = sum(run[0] for run in runs), sum(run[1] for run in runs)
    sys.stdout.write(f"{cases} cases (at least {asked.least}), {failures} failures\n")
    return 0 if cases >= asked.least and not failures else 1


def _run(url: str, caller: _Caller, asked: argparse.Namespace, folder: Path) -> tuple[int, int]:
    """Let one caller call, and give how many cases there were and how many failures or errors."""
    report = folder / f"{caller.key}.json"
    tags = [part for tag in caller.tags for part in ("--include-tag", tag)]
    key = ["--header", f"Authorization: Bearer {KEYS[caller.key]}"] if caller.key else []
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(_HERE / "schemathesis.toml")),
        *("run", f"{url}/openapi.json", *tags, *key, "--checks", "all", "--continue-on-failure"),
        *("--max-examples", str(asked.examples), "--seed", str(asked.seed), "--generation-database", "none"),
        *("--report", "json", "--report-json-path", str(report)),
    ]
    done = _call(command, folder)
    if not report.exists():
        sys.stdout.write(done.stdout)
        return 0, 1
    told = json.loads(report.read_text(encoding="utf-8"))
    cases, wrong = told["test_cases"]["generated"], len(told["failures"]) + len(told["errors"])
    sys.stdout.write(f"{caller.key or 'nobody'}: {cases} cases, {wrong} failures\n")
    if done.returncode or wrong:
        sys.stdout.write(done.stdout)
    return cases, max(wrong, int(bool(done.returncode)))


def _call(command: Sequence[str], folder: Path) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "tests.fuzz.checks", "PYTHONPATH": str(_HERE.parents[1])}
    return subprocess.run(  # noqa: S603 - our own command line
        command, cwd=folder, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )


if __name__ == "__main__":
    sys.exit(main())
