"""Compares what a step expects with what came, and writes both so that a person sees the difference."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from gateway.conformance.expected import AnswerExpected, ClockExpected, FindingExpected, NoticeExpected
from gateway.conformance.moments import as_precise_as, instant_of
from gateway.conformance.port import Answer
from gateway.conformance.results import Check
from validators.agreement.calendar import BusinessCalendar

NOTHING: Final = "nothing"
Json = Mapping[str, Any]


def same(what: str, expected: object, got: object) -> Check:
    """Give the check that `got` is what was expected."""
    return Check(what, shown(expected), shown(got), expected == got)


def shown(value: object) -> str:
    """Give a value as people read it."""
    if value is None or value in ([], ()):
        return NOTHING
    return value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)


def contains(got: object, expected: object) -> bool:
    """Say whether `got` has what is expected: of an object the named members, of a list each item in its place.

    Texts and numbers are the same if they are written the same, since a scenario file knows texts alone.
    """
    if isinstance(expected, Mapping):
        return isinstance(got, Mapping) and all(
            name in got and contains(got[name], expected[name]) for name in expected
        )
    if isinstance(expected, Sequence) and not isinstance(expected, str):
        return (
            isinstance(got, Sequence)
            and not isinstance(got, str)
            and len(got) == len(expected)
            and all(contains(one, other) for one, other in zip(got, expected, strict=True))
        )
    if isinstance(expected, str) and isinstance(got, int | float) and not isinstance(got, bool):
        return str(got) == expected
    return got == expected


def answer_checks(expected: AnswerExpected, answer: Answer) -> Iterator[Check]:
    """Compare an answer."""
    body = answer.body
    if expected.status is not None:
        yield same("status of the answer", expected.status, answer.status)
    if expected.outcome is not None:
        yield same("outcome", expected.outcome.value, _outcome(answer))
    if expected.application_date is not None:
        yield same("application date", expected.application_date, body.get("application_date"))
    if expected.findings is not None:
        yield _findings(expected.findings, findings_of(answer))
    if expected.fields:
        yield members("members of the answer", expected.fields, body)


def members(what: str, expected: Json, got: Json) -> Check:
    """Compare the members that are expected with those that came."""
    return Check(what, shown(expected), shown({name: got.get(name) for name in expected}), contains(got, expected))


def findings_of(answer: Answer) -> Sequence[Json]:
    """Give the findings that an acknowledgement or a problem lists."""
    found: Sequence[Json] = answer.body.get("findings") or answer.body.get("errors") or ()
    return found


def _outcome(answer: Answer) -> str:
    if answer.problem == "content-rejected" and "order" in answer.body:
        return "rejected"
    outcome = answer.body.get("outcome")
    return outcome if isinstance(outcome, str) else answer.problem or NOTHING


def _findings(expected: Sequence[FindingExpected], got: Sequence[Json]) -> Check:
    wanted = [finding.model_dump(mode="json", exclude_unset=True) for finding in expected]
    left, missing = list(got), 0
    for one in wanted:
        match = next((finding for finding in left if contains(finding, one)), None)
        if match is None:
            missing += 1
        else:
            left.remove(match)
    return Check("findings", _lines(map(shown, wanted)), _lines(map(_finding, got)), not left and not missing)


def _finding(finding: Json) -> str:
    return " ".join(str(finding.get(name, "-")) for name in ("code", "rule", "section", "path"))


def notice_check(expected: Sequence[NoticeExpected], got: Sequence[Json], calendar: BusinessCalendar) -> Check:
    """Compare the notices that came with those that were foreseen, one by one."""
    wanted = [_notice_wanted(notice, calendar) for notice in expected]
    came = [
        _notice_came(notice, expected[number] if number < len(expected) else None, calendar)
        for number, notice in enumerate(got)
    ]
    good = len(expected) == len(got) and all(contains(given, asked) for given, asked in zip(came, wanted, strict=True))
    return Check("notices", _lines(map(_notice, wanted)), _lines(map(_notice, came)), good)


def mail_check(expected: Sequence[NoticeExpected], got: Sequence[Json], calendar: BusinessCalendar) -> Check:
    """Look for each of the notices that were foreseen among those that stand in a mailbox without an order."""
    wanted = [_notice_wanted(notice, calendar) for notice in expected]
    good = all(
        any(contains(_notice_came(notice, one, calendar), asked) for notice in got)
        for one, asked in zip(expected, wanted, strict=True)
    )
    came = [_notice_came(notice, None, calendar) for notice in got]
    return Check("mail without an order", _lines(map(_notice, wanted)), _lines(map(_notice, came)), good)


def _notice_wanted(notice: NoticeExpected, calendar: BusinessCalendar) -> dict[str, Any]:
    asked = notice.model_dump(mode="json", exclude_unset=True)
    if notice.issued_at is not None:
        asked["issued_at"] = as_precise_as(notice.issued_at, instant_of(notice.issued_at, calendar), calendar)
    return asked


def _notice_came(notice: Json, asked: NoticeExpected | None, calendar: BusinessCalendar) -> dict[str, Any]:
    """Give a notice as far as it is asked for: kind and section always."""
    names = asked.model_fields_set - {"fields"} if asked is not None else set()
    came = {name: notice.get(name) for name in ("kind", "section", *sorted(names - {"kind", "section"}))}
    if asked is not None and asked.issued_at is not None:
        came["issued_at"] = as_precise_as(asked.issued_at, datetime.fromisoformat(notice["issued_at"]), calendar)
    if asked is not None and asked.fields:
        came["fields"] = {name: notice["content"].get(name) for name in asked.fields}
    return came


def _notice(notice: Json) -> str:
    more = {name: value for name, value in notice.items() if name not in ("kind", "section")}
    return f"{notice['kind']} {notice['section']}{' ' + shown(more) if more else ''}"


def clock_check(expected: ClockExpected, clocks: Iterable[Json], calendar: BusinessCalendar) -> Check:
    """Compare the clock of an id that runs, else the one that was stopped last."""
    what = f"clock {expected.id}"
    asked = expected.model_dump(exclude_unset=True)
    found = [clock for clock in clocks if clock["clock"] == expected.id]
    if expected.ver is not None:
        found = [clock for clock in found if clock["ver"] == expected.ver]
    if not found:
        others = sorted({clock["clock"] for clock in clocks})
        return Check(what, shown(asked), f"no such clock; there are {', '.join(others) or 'none'}", good=False)
    clock = max(found, key=lambda one: (one["state"] == "open", one["stopped_at"] or "", one["due_at"]))
    came = {name: _clock_member(name, clock, asked, calendar) for name in asked}
    wanted = {name: _wanted(name, value, calendar) for name, value in asked.items()}
    return Check(what, shown(wanted), shown(came), wanted == came)


def _clock_member(name: str, clock: Json, asked: Json, calendar: BusinessCalendar) -> object:
    if name == "id":
        return clock["clock"]
    if name == "breached":
        return clock["breached_at"] is not None
    if name in ("due_at", "starts_at"):
        return as_precise_as(asked[name], datetime.fromisoformat(clock[name]), calendar)
    return clock.get(name)


def _wanted(name: str, value: Any, calendar: BusinessCalendar) -> Any:
    return as_precise_as(value, instant_of(value, calendar), calendar) if name in ("due_at", "starts_at") else value


def absence_check(what: str, unwanted: Iterable[str], there: Iterable[str]) -> Check:
    """Check that none of `unwanted` is there."""
    unwanted = tuple(unwanted)
    found = sorted(set(unwanted) & set(there))
    return Check(what, f"none of {', '.join(unwanted)}", ", ".join(found) or "none of them", not found)


def presence_check(what: str, wanted: Sequence[str], there: Sequence[str]) -> Check:
    """Check that all of `wanted` are there."""
    return Check(what, ", ".join(wanted), ", ".join(dict.fromkeys(there)) or NOTHING, set(wanted) <= set(there))


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts) or NOTHING
