"""What the terminal shows while scenarios run: one line each, and for a failure the step with expected and got."""

import textwrap
from collections.abc import Iterator

from gateway.conformance.results import Check, Run, ScenarioResult, Status

_WORDS = {
    Status.PASSED: "ok     ",
    Status.FAILED: "FAILED ",
    Status.SKIPPED: "skipped",
    Status.BROKEN: "BROKEN ",
}
_EXPECTED_AND_GOT = 100


def result_lines(result: ScenarioResult, number: int, total: int) -> Iterator[str]:
    """Give the lines about one scenario that has ended."""
    width = len(str(total))
    yield f"[{number:{width}}/{total}] {_WORDS[result.status]} {result.scenario.scenario} ({result.seconds:.2f} s)"
    if result.status is Status.PASSED:
        return
    yield f"        {result.file}"
    if result.why:
        yield f"        {result.why}"
    step = result.failed_step
    if step is None:
        return
    yield f"        step {step.number} (line {step.line}), {step.at}: {step.title}"
    for check in step.checks:
        if not check.good:
            yield from _difference(check)


def _difference(check: Check) -> Iterator[str]:
    yield f"          {check.what}"
    for label, text in (("expected", check.expected), ("got", check.got)):
        lines = [part for line in text.splitlines() or [""] for part in textwrap.wrap(line, _EXPECTED_AND_GOT) or [""]]
        for place, line in enumerate(lines):
            yield f"            {label if place == 0 else '':8}  {line}"


def summary(run: Run) -> str:
    """Give the last line."""
    counts = ", ".join(f"{run.count(status)} {status}" for status in Status if run.count(status))
    return f"{counts or 'nothing was played'}; {run.target}; {run.seconds:.1f} s"
