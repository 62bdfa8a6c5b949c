"""The results as one HTML page that needs nothing else: for people, in a browser or printed."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Final

from gateway.conformance.coverage import Coverage, coverage_of, exercised_by
from gateway.conformance.results import Check, Run, ScenarioResult, Status, StepResult
from validators.rules.catalogue import Entry

_STYLE: Final = Path(__file__).with_name("report.css")
_SIGNS: Final[Mapping[Status, str]] = {
    Status.PASSED: "✓ passed",
    Status.FAILED: "✗ failed",
    Status.SKIPPED: "○ skipped",
    Status.BROKEN: "! broken",
}
_WORST_FIRST: Final = (Status.FAILED, Status.BROKEN, Status.SKIPPED, Status.PASSED)


def html_report(run: Run, catalogue: Iterable[Entry]) -> str:
    """Give the page: summary, scenarios (what failed first, with expected and got beside each other), requirements."""
    entries = {entry.id: entry for entry in catalogue}
    body = "".join(
        (
            _summary(run, entries),
            "<h2 id='scenarios'>Scenarios</h2>",
            *(_scenario(result) for status in _WORST_FIRST for result in run.results if result.status is status),
            _requirements(run, entries),
            _coverage(run, entries),
        )
    )
    verdict = "everything holds" if run.good else "not everything holds"
    return (
        "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>Conformance: {verdict}</title><style>{_STYLE.read_text(encoding='utf-8')}</style></head>"
        f"<body><a class='skip' href='#scenarios'>To the scenarios</a><main><h1>Conformance: {verdict}</h1>{body}"
        "</main></body></html>\n"
    )


def _summary(run: Run, entries: Mapping[str, Entry]) -> str:
    exercised = {name for result in run.results for name in exercised_by(result.scenario) if name in entries}
    rows = [
        ("Played against", run.target),
        ("Scenarios", str(len(run.results))),
        *((_SIGNS[status], str(run.count(status))) for status in Status),
        ("Things looked at", str(sum(result.checks for result in run.results))),
        ("Catalogue entries exercised", f"{len(exercised)} of {len(entries)}"),
        ("Time", f"{run.seconds:.1f} s"),
    ]
    cells = "".join(f"<tr><th scope='row'>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in rows)
    return f"<table class='summary'><caption>Summary</caption>{cells}</table>"


def _scenario(result: ScenarioResult) -> str:
    scenario = result.scenario
    is_open = "" if result.status is Status.PASSED else " open"
    why = f"<p class='why'>{escape(result.why)}</p>" if result.why else ""
    products = ", ".join(scenario.product)
    facts = [scenario.family.value.upper(), products, str(result.file), f"agreement {scenario.agreement}"]
    return (
        f"<details class='{result.status}'{is_open}><summary><span class='status'>{_SIGNS[result.status]}</span> "
        f"{escape(scenario.scenario)} <span class='time'>{result.seconds * 1000:.0f} ms</span></summary>"
        f"<p class='facts'>{escape(' · '.join(fact for fact in facts if fact))}</p>"
        f"<p class='facts'>Requirements: {escape(', '.join(scenario.requirements))}</p>{why}"
        f"<ol>{''.join(map(_step, result.steps))}</ol></details>"
    )


def _step(step: StepResult) -> str:
    bad = [check for check in step.checks if not check.good]
    good = ", ".join(check.what for check in step.checks if check.good)
    sign = _SIGNS[Status.FAILED if bad else Status.PASSED]
    held = f"<p class='facts'>As expected: {escape(good)}</p>" if good else ""
    return (
        f"<li value='{step.number}'><span class='status'>{sign}</span> {escape(step.at)} — {escape(step.title)} "
        f"<span class='time'>line {step.line}</span>{held}{_differences(bad)}</li>"
    )


def _differences(bad: Iterable[Check]) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{escape(check.what)}</th><td><pre>{escape(check.expected)}</pre></td>"
        f"<td><pre>{escape(check.got)}</pre></td></tr>"
        for check in bad
    )
    if not rows:
        return ""
    head = "<tr><th scope='col'>What</th><th scope='col'>Expected</th><th scope='col'>Got</th></tr>"
    return f"<table class='difference'><caption>Other than expected</caption>{head}{rows}</table>"


def _requirements(run: Run, entries: Mapping[str, Entry]) -> str:
    head = "<tr><th scope='col'>Requirement</th><th scope='col'>In words</th><th scope='col'>Scenarios</th></tr>"
    return (
        "<h2>Requirements</h2><table class='requirements'><caption>Sections and catalogue entries, each with the "
        f"scenarios that exercise it</caption>{head}{''.join(_requirement_rows(run, entries))}</table>"
    )


def _requirement_rows(run: Run, entries: Mapping[str, Entry]) -> Iterator[str]:
    exercised: dict[str, list[ScenarioResult]] = {}
    for result in run.results:
        for requirement in result.scenario.requirements:
            exercised.setdefault(requirement, []).append(result)
    for requirement, results in sorted(exercised.items()):
        entry = entries.get(requirement)
        words = f"{entry.rule} ({entry.section})" if entry is not None else ""
        shown = "".join(
            f"<li><span class='status {result.status}'>{_SIGNS[result.status]}</span> "
            f"{escape(result.scenario.scenario)}</li>"
            for result in results
        )
        yield (f"<tr><th scope='row'>{escape(requirement)}</th><td>{escape(words)}</td><td><ul>{shown}</ul></td></tr>")


def _coverage(run: Run, entries: Mapping[str, Entry]) -> str:
    covered = coverage_of((result.scenario for result in run.results), entries.values())
    head = (
        "<tr><th scope='col'>Applies to</th><th scope='col'>Enforced or tracked</th>"
        "<th scope='col'>Exercised</th><th scope='col'>Not exercised by any scenario</th></tr>"
    )
    return (
        "<h2>Coverage</h2><table class='coverage'><caption>Obligations that a gateway enforces or tracks, and how "
        f"many of them these scenarios exercise</caption>{head}{''.join(map(_coverage_row, covered))}</table>"
    )


def _coverage_row(coverage: Coverage) -> str:
    exercised, waiting = len(coverage.exercised), len(coverage.waiting)
    named = "".join(
        f"<li><b>{escape(entry.id)}</b> ({escape(entry.section)}): {escape(entry.rule)}</li>"
        for entry in coverage.waiting
    )
    listed = f"<details><summary>{waiting}</summary><ul>{named}</ul></details>" if waiting else "0"
    return (
        f"<tr><th scope='row'>{escape(coverage.applies_to)}</th><td>{exercised + waiting}</td>"
        f"<td>{exercised}</td><td>{listed}</td></tr>"
    )
