"""What the rules ask of each field, found by asking them: with an empty request of every kind, and with a full one."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.codes import Code
from validators.fields import FormDoc
from validators.judge import Judge
from validators.rules import rule_book
from validators.rules.registry import Rule
from validators.schema import Schemas
from validators.usage import BANS, NEEDS, Asked, Key, RequestKind, everything, key_of
from validators.verdict import Finding

_REQUISITIONS: Final = "ABCDEFHJKLMNPQ"
_ACTIVITIES: Final = "NCDTVWZRSBYL"
_DEPTH: Final = 3
_NOT_FIELDS: Final = frozenset({"scope", "rule_id"})
_HEADS: Final = ("LSR", "SPSR")
_AT: Final = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FieldUse:
    """What was found.

    Attributes:
        requests: REQTYP letter, the ACT codes that go with it, and the forms that a rule asks for.
        needed: for each field the ACT codes, by REQTYP letter, with which a rule asks for it.
        banned: the same where a rule refuses it.
        rules: the ids of the rules that look at it.
    """

    requests: tuple[tuple[str, str, str], ...]
    needed: Mapping[Key, Mapping[str, str]]
    banned: Mapping[Key, Mapping[str, str]]
    rules: Mapping[Key, tuple[str, ...]]


def field_use(forms: tuple[FormDoc, ...]) -> FieldUse:
    """Ask the rules of the template agreement about each field of `forms`."""
    schemas, agreements = Schemas(), load_agreements(bundled_path("config") / "agreements")
    asked = Asked(Judge(schemas, agreements, rule_book()), schemas, _AT)
    requests = []
    needed: dict[Key, dict[str, str]] = {}
    banned: dict[Key, dict[str, str]] = {}
    touched: dict[Key, set[str]] = {}
    for requisition in _REQUISITIONS:
        allowed, wanted = "", set()
        for activity in _ACTIVITIES:
            kind: RequestKind = ("template", "lsr", f"{requisition}B", activity)
            found = asked.about(kind)
            if any(finding.code == Code.ACTIVITY_NOT_ALLOWED for finding in found):
                continue
            allowed += activity
            wanted |= {key_of(f.path)[0] for f in found if f.code == Code.FORM_MISSING}
            _note(needed, touched, found, NEEDS, (requisition, activity))
            _note(banned, touched, asked.about(kind, fill=everything), BANS, (requisition, activity))
        requests.append(
            (requisition, " ".join(allowed), ", ".join(form.name for form in forms if form.name in wanted) or "-")
        )
    for rule in rule_book().rules:
        for key in _looks_at(rule, forms):
            touched.setdefault(key, set()).add(rule.id)
    return FieldUse(tuple(requests), needed, banned, {key: tuple(sorted(ids)) for key, ids in touched.items()})


def _note(
    into: dict[Key, dict[str, str]],
    touched: dict[Key, set[str]],
    found: Iterable[Finding],
    codes: frozenset[Code],
    kind: tuple[str, str],
) -> None:
    requisition, activity = kind
    for finding in found:
        for path in (finding.path, *finding.also):
            touched.setdefault(key_of(path), set()).add(finding.rule)
        if finding.code in codes:
            known = into.setdefault(key_of(finding.path), {})
            if activity not in known.get(requisition, ""):
                known[requisition] = known.get(requisition, "") + activity


def _looks_at(rule: Rule[Any], forms: tuple[FormDoc, ...]) -> Iterator[Key]:
    """Give the fields that the rule's function, its tables and the functions that it calls name."""
    if rule.scope.family != "lsr":
        return
    named = set(_strings(rule.check, _DEPTH))
    said_forms = named & {form.name for form in forms}
    within = said_forms or (rule.scope.forms and set(rule.scope.forms))
    for element in named:
        having = [
            form.name for form in forms if element in {place.doc.element for place in (*form.header, *form.detail)}
        ]
        chosen = [name for name in having if within and name in within]
        # What several forms repeat, rules read from the administrative form.
        heads = [name for name in having if name in _HEADS] if "LSR" in having else having
        yield from ((name, element) for name in chosen or heads)


def _elements(form: FormDoc) -> set[str]:
    return {place.doc.element for place in (*form.header, *form.detail)}


def _strings(thing: Any, depth: int) -> Iterator[str]:
    """Give the strings in a value, in what it holds, and in the functions of the rules that it calls."""
    if isinstance(thing, str):
        yield thing
    elif inspect.isfunction(thing):
        if depth and thing.__module__.startswith("validators.rules"):
            yield from _strings_in(thing, depth - 1)
    else:
        for part in _parts(thing):
            yield from _strings(part, depth)


def _parts(thing: Any) -> Iterable[Any]:
    if isinstance(thing, partial):
        # What a table's row says stands in its arguments; the function behind it may name fields of its own.
        return (*thing.args, *thing.keywords.values(), thing.func)
    if is_dataclass(thing) and not isinstance(thing, type):
        return [getattr(thing, one.name) for one in fields(thing) if one.name not in _NOT_FIELDS]
    if isinstance(thing, Mapping):
        return (*thing.keys(), *thing.values())
    return thing if isinstance(thing, list | tuple | set | frozenset) else ()


def _strings_in(function: Callable[..., Any], depth: int) -> Iterator[str]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    known = function.__globals__
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value.lstrip("/")  # a path is often put together, as in f"{top}/VER"
        elif isinstance(node, ast.Name) and node.id in known:
            yield from _strings(known[node.id], depth)
