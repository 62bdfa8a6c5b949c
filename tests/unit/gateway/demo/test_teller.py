from datetime import UTC, datetime

import click

from gateway.demo.expectations import Expectation, Outcome, results_as_json
from gateway.demo.teller import Teller, said
from gateway.demo.timeline import Line

_AT = datetime(2026, 11, 20, 19, 30, tzinfo=UTC)


def _told(width: int = 120) -> tuple[list[str], Teller]:
    lines: list[str] = []
    return lines, Teller(lambda line: lines.append(click.unstyle(line)), width)


def test_failed_expectation_shows_expected_and_got() -> None:
    """An expectation that is not met is told by a word, with what was expected and what came."""
    lines, teller = _told()
    teller.verdict(Outcome("a", expectations=[Expectation("state", "BILLED", None), Expectation("ver", "01", "01")]))
    assert [
        "  FAIL  state",
        "          expected  BILLED",
        "          got       none",
        "  ok    ver: 01",
    ] == lines[2:]


def test_time_is_shown_once_for_a_moment() -> None:
    """Lines of the same minute stand under one time, each with who, what and clause."""
    lines, teller = _told()
    teller.line(Line(_AT, "CLEC", "sends"))
    teller.line(Line(_AT, "gateway", "accepts", "9.2.4.4", ("  at    /LSR",)))
    assert [
        "  Fri 2026-11-20 19:30  CLEC      sends",
        "                        gateway   accepts  [9.2.4.4]",
        "                                    at    /LSR",
    ] == lines


def test_no_line_is_wider_than_asked() -> None:
    """Long texts are wrapped below where they began."""
    lines, teller = _told(80)
    teller.line(Line(_AT, "gateway", "word " * 60, "9.2.4.4", ("  what  " + "word " * 60,)))
    teller.verdict(Outcome("a", expectations=[Expectation("word " * 30, "x" * 20, "word " * 60)], broken="word " * 40))
    assert 80 >= max(map(len, lines))


def test_story_without_checks_is_not_good() -> None:
    """A story is good only if it was played to its end, and checked something, and all of it held."""
    held, failed = Expectation("a", 1, 1), Expectation("b", 1, 2)
    assert [True, False, False, False] == [
        Outcome("a", expectations=[held]).good,
        Outcome("a").good,
        Outcome("a", expectations=[held], broken="the line went dead").good,
        Outcome("a", expectations=[held, failed]).good,
    ]


def test_results_say_the_verdict_over_all() -> None:
    """One bad story makes the whole bad, and each expectation is written with what came."""
    good = Outcome("a", [Line(_AT, "CLEC", "sends")], [Expectation("a", 1, 1)])
    bad = Outcome("b", expectations=[Expectation("b", 1, 2)])
    results = results_as_json([good, bad])
    assert False is results["good"]
    assert [{"what": "b", "expected": 1, "got": 2, "met": False}] == results["stories"][1]["expectations"]
    assert "2026-11-20T19:30:00+00:00" == results["stories"][0]["timeline"][0]["at"]


def test_values_are_said_as_people_say_them() -> None:
    """Lists have commas, truth is yes or no, nothing is none."""
    assert ["a, 1", "none", "yes", "none"] == [said(["a", 1]), said([]), said(True), said(None)]
