"""Prints the demo: plain text in columns; colour only helps the eye and never says anything alone."""

import textwrap
from collections.abc import Callable, Sequence
from typing import Final

import click

from gateway.demo.expectations import Expectation, Outcome
from gateway.demo.timeline import Line, moment

_WHO: Final = 10
_TIME: Final = 22
_MARGIN: Final = "  "
_COLOURS: Final = {"CLEC": "cyan", "gateway": "blue", "back end": "magenta", "clock": "yellow"}

Write = Callable[[str], None]


class Teller:
    """Tells what happens, as it happens.

    Args:
        write: prints a line, and leaves colours out where they cannot be shown.
        width: columns.
    """

    def __init__(self, write: Write, width: int = 120) -> None:
        self._write = write
        self._width = width
        self._last = ""

    def progress(self, what: str) -> None:
        """Tell what is being set up."""
        self._write(f"{_MARGIN}… {what}")

    def opening(self, title: str, paragraphs: Sequence[str]) -> None:
        """Tell what is going to be seen."""
        self._write(click.style(title, bold=True))
        for paragraph in paragraphs:
            self._write("")
            self._wrapped(paragraph, _MARGIN)
        self._write("")

    def story(self, heading: str, about: str) -> None:
        """Begin a story."""
        self._last = ""
        self._write("")
        self._write(click.style(heading, bold=True))
        self._write(click.style("─" * self._width, dim=True))
        self._wrapped(about, _MARGIN)
        self._write("")

    def line(self, line: Line) -> None:
        """Tell one thing that happened; the time is left out where it is that of the line before."""
        when = moment(line.at)
        shown, self._last = ("" if when == self._last else when), when
        section = f"  [{line.section}]" if line.section else ""
        who = click.style(f"{line.who:<{_WHO}}", fg=_COLOURS.get(line.who))
        self._wrapped(line.what + section, f"{_MARGIN}{shown:<{_TIME}}{who}")
        for detail in line.details:
            self._wrapped(detail, " " * (len(_MARGIN) + _TIME + _WHO), hang=8 if detail.startswith(" ") else 0)

    def verdict(self, outcome: Outcome) -> None:
        """Tell what a story expected and whether it came so."""
        self._write("")
        self._write(f"{_MARGIN}{click.style('What the API must say of it', underline=True)}")
        for expectation in outcome.expectations:
            self._expectation(expectation)
        if outcome.broken is not None:
            first, *rest = outcome.broken.splitlines()
            self._wrapped(f"the story could not go on: {first}", f"{_MARGIN}{_failed('FAIL')}  ")
            for line in rest:
                self._wrapped(line, " " * 8)

    def _expectation(self, expectation: Expectation) -> None:
        if expectation.met:
            self._wrapped(
                f"{expectation.what}: {said(expectation.got)}", f"{_MARGIN}{click.style('ok', fg='green')}    "
            )
            return
        self._wrapped(expectation.what, f"{_MARGIN}{_failed('FAIL')}  ")
        self._wrapped(said(expectation.expected), f"{_MARGIN}        expected  ")
        self._wrapped(said(expectation.got), f"{_MARGIN}        got       ")

    def summary(self, outcomes: Sequence[Outcome], spent: str) -> None:
        """Tell in a table how all stories ended."""
        self._write("")
        self._write(click.style("How the stories ended", bold=True))
        self._write(click.style("─" * self._width, dim=True))
        for number, outcome in enumerate(outcomes, start=1):
            end = click.style("as it should", fg="green") if outcome.good else _failed("OTHERWISE THAN IT SHOULD")
            checks = f"{outcome.met} of {len(outcome.expectations)} checks hold"
            self._write(f"{_MARGIN}{number}  {outcome.title:<60}{checks:<24}{end}")
        good = sum(outcome.good for outcome in outcomes)
        self._write("")
        self._write(f"{_MARGIN}{good} of {len(outcomes)} stories ended as they should; {spent}")

    def closing(self, what: str) -> None:
        """Tell where to go from here."""
        self._write(f"{_MARGIN}{what}")

    def _wrapped(self, text: str, lead: str, hang: int = 0) -> None:
        """Write `text` behind `lead`, and what does not fit below it, `hang` columns further in."""
        indent = " " * len(click.unstyle(lead))
        first, *rest = textwrap.wrap(
            text, self._width - len(indent), subsequent_indent=" " * hang, break_on_hyphens=False
        ) or [""]
        self._write(lead + first)
        for more in rest:
            self._write(indent + more)


def said(value: object) -> str:
    """Give a value as a person says it: a list with commas, nothing as `none`."""
    if isinstance(value, list | tuple):
        return ", ".join(map(said, value)) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)


def _failed(word: str) -> str:
    return click.style(word, fg="red", bold=True)
