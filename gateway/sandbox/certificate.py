"""A partner's certificate as one HTML page that needs nothing else: for a screen or to be printed."""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Final

from gateway.sandbox.examination import Result

_STYLE: Final = Path(__file__).with_name("certificate.css")


def certificate_page(partner: str, release: str, day: date, results: Sequence[Result]) -> str:
    """Give the page: what the partner is ready to be certified for, with its PONs, and what is still missing."""
    passed = [result for result in results if result.passed]
    title = f"Certification of {partner} for release {release}"
    body = "".join(
        (
            f"<h1>{escape(title)}</h1>",
            f"<p class='facts'>As the test environment shows on {day.isoformat()}; sections in brackets</p>",
            "<h2>Passed</h2>",
            _passed(passed) if passed else "<p>No suite is passed yet.</p>",
            "<h2>Still to be shown</h2>",
            _missing([result for result in results if not result.passed]),
        )
    )
    return (
        "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>{escape(title)}</title><style>{_STYLE.read_text(encoding='utf-8')}</style></head>"
        f"<body><main>{body}</main></body></html>\n"
    )


def _passed(results: Iterable[Result]) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{escape(result.product)}</th>"
        f"<td>{escape(result.suite.about)} ({result.suite.section})</td>"
        f"<td>{escape(', '.join(sorted({shown.activity for shown in result.shown})))}</td>"
        f"<td>{escape(', '.join(dict.fromkeys(shown.pon for shown in result.shown)))}</td>"
        f"<td>{result.tested_on.isoformat()}</td></tr>"
        for result in results
    )
    head = "".join(f"<th scope='col'>{name}</th>" for name in ("Product", "Suite", "ACT", "PONs", "Tested on"))
    return f"<table><caption>Suites passed for a product</caption><tr>{head}</tr>{rows}</table>"


def _missing(results: Sequence[Result]) -> str:
    if not results:
        return "<p>Nothing: every suite is passed for every product.</p>"
    # What was begun comes first: that is what the reader is at.
    rows = "".join(_missing_row(result) for result in sorted(results, key=lambda one: not one.begun))
    head = "".join(f"<th scope='col'>{name}</th>" for name in ("Product", "Suite", "Cases that no order shows"))
    return f"<table><caption>Suites not passed, those begun first</caption><tr>{head}</tr>{rows}</table>"


def _missing_row(result: Result) -> str:
    cases = "".join(
        f"<li>{escape(case.about)}: an order whose PON begins with <code>{escape(case.account)}</code></li>"
        for case, shown in result.cases
        if shown is None
    )
    done = sum(shown is not None for _, shown in result.cases)
    return (
        f"<tr><th scope='row'>{escape(result.product)}</th>"
        f"<td>{escape(result.suite.about)} ({result.suite.section}); {done} of {len(result.cases)} shown</td>"
        f"<td><ul>{cases}</ul></td></tr>"
    )
