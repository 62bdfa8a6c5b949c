"""The worksheet of the local service request: every field, who needs it, and which rules look at it; one HTML page."""

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any, Final

from docs.pages.field_use import FieldUse, field_use
from validators.bundled import bundled_path
from validators.fields import FieldDoc, FormDoc, Place
from validators.messages.kinds import ACTIVITIES, SERVICES
from validators.rules import rule_book
from validators.rules.catalogue import Entry, read_catalogue
from validators.rules.registry import Rule
from validators.schema import Schemas

_STYLE: Final = Path(__file__).with_name("worksheet.css")
_SCRIPT: Final = Path(__file__).with_name("worksheet.js")
_KINDS: Final = {"A": "letters", "N": "digits", "A/N": "letters, digits", "date": "date"}
_FORMS: Final = {
    "LSR": "Local service request: who asks for what, by when",
    "EU": "End user: whose service it is, and where",
    "LS": "Loop service: one detail a loop",
    "LSNP": "Loop service with number portability: one detail a loop and number",
    "NP": "Number portability alone: one detail a number or range",
    "RS": "Resale service",
    "PS": "Port service",
    "DL": "Directory listing",
    "HGI": "Hunt group information",
    "SPSR": "Simple port service request: the one page that stands alone",
}
_INTRODUCTION: Final = """
<p>This page lists every field of a Local Service Request (LSR), as this gateway takes it. An order is one XML document:
a root element <code>LocalServiceRequest</code>, in it one element a form, in that one element a field. The first column
is the element's name; where the trade writes the field otherwise, its abbreviation stands below.</p>
<dl>
<dt>Takes</dt><dd>which values the field takes, and how many characters at most.</dd>
<dt>Use</dt><dd><b>always</b>: no document without it is read. <b>sometimes</b>: it depends, and the words say on what.
<b>free</b>: send it if you have something to say.</dd>
<dt>Needed, not allowed</dt><dd>with which requests a rule asks for the field, or refuses it: the first letter of
REQTYP, then the ACT codes. <i>A: N T</i> reads: a loop that is new or moves.</dd>
<dt>Rules</dt><dd>the rules that look at the field. Each leads to its row in the list of rules, with the section of the
agreement that it rests on.</dd>
<dt><span class="memory">from memory</span></dt><dd>no published page at hand states the field; the gateway is lenient
with it, and its meaning should be agreed before real traffic.</dd>
</dl>
"""


def page() -> str:
    """Give the whole page as HTML that needs nothing else."""
    forms = Schemas().catalogue("lsr").forms()
    entries = {entry.id: entry for entry in read_catalogue(bundled_path("config") / "catalogue")}
    use = field_use(forms)
    places = [*((form.name, form.name) for form in forms), ("requests", "Requests and forms"), ("rules", "Rules")]
    contents = "".join(f"<li><a href='#{place}'>{name}</a></li>" for place, name in places)
    body = "".join(
        (
            "<h1>Worksheet: Local Service Request, release r1</h1>",
            _INTRODUCTION,
            "<p class='find'><label>Show only fields and rules with <input id='find' type='search'></label></p>",
            f"<nav><ul>{contents}</ul></nav>",
            _requests(use),
            *(_form(form, use) for form in forms),
            _rules(rule_book().rules, entries),
        )
    )
    return (
        "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>Worksheet: LSR r1</title><style>{_STYLE.read_text(encoding='utf-8')}</style></head>\n"
        f"<body><main>{body}</main><script>{_SCRIPT.read_text(encoding='utf-8')}</script></body></html>\n"
    )


def _table(kind: str, head: Iterable[str], rows: str) -> str:
    cells = "".join(f"<th>{name}</th>" for name in head)
    return f"<table class='{kind}'><thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table>"


def _requests(use: FieldUse) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{requisition}</th><td>{escape(SERVICES['lsr'].get(requisition, 'other service'))}</td>"
        f"<td>{activities}</td><td>{escape(forms)}</td></tr>\n"
        for requisition, activities, forms in use.requests
    )
    return (
        "<h2 id='requests'>Requests and forms</h2><p>The first letter of REQTYP says what is asked for, ACT what is to "
        "be done with it. The LSR form comes with every request but a simple port, which is on the SPSR form alone.</p>"
        f"<p>ACT: {_activities()}.</p>"
        + _table(
            "requests", ("REQTYP", "What is asked for", "ACT that goes with it", "Forms that a rule asks for"), rows
        )
    )


def _activities() -> str:
    return escape("; ".join(f"{code} {words}" for code, words in ACTIVITIES["lsr"].items()))


def _form(form: FormDoc, use: FieldUse) -> str:
    parts = [("", form.header)] + ([("once a detail", form.detail)] if form.detail else [])
    rows = "".join(_rows(form.name, note, places, use) for note, places in parts)
    head = ("Element", "What it is", "Takes", "Use", "Needed, not allowed", "Rules")
    return f"<h2 id='{form.name}'>{form.name}</h2><p>{escape(_FORMS.get(form.name, form.meaning))}</p>" + _table(
        "fields", head, rows
    )


def _rows(form: str, note: str, places: Iterable[Place], use: FieldUse) -> str:
    head = f"<tr class='part'><th colspan='6'>{note}</th></tr>\n" if note else ""
    return head + "".join(_row(form, place, use) for place in places)


def _row(form: str, place: Place, use: FieldUse) -> str:
    doc, key = place.doc, (form, place.doc.element)
    trade = f"<br><small>{escape(doc.name)}</small>" if doc.name != doc.element else ""
    memory = " <span class='memory'>from memory</span>" if doc.confidence == "memory" else ""
    rules = ", ".join(f"<a href='#{rule}'>{rule}</a>" for rule in use.rules.get(key, ()))
    asked = _by_request("needed", use.needed.get(key, {})) + _by_request("not", use.banned.get(key, {}))
    cells = (
        f"<b>{escape(doc.title or doc.name)}</b>{memory}<br>{escape(doc.meaning)}",
        _takes(doc),
        _usage(place),
        asked,
        rules,
    )
    shown = "".join(f"<td>{cell}</td>" for cell in cells)
    return f"<tr><th scope='row'><code>{doc.element}</code>{trade}</th>{shown}</tr>\n"


def _takes(doc: FieldDoc) -> str:
    length = f"{_KINDS.get(doc.kind, doc.kind)}, {doc.length}" if doc.length else _KINDS.get(doc.kind, doc.kind)
    return f"{escape(doc.takes)}<br><small>{escape(length)}</small>" if doc.takes else escape(length)


def _usage(place: Place) -> str:
    if place.required:
        return "always"
    if place.doc.usage == "optional":
        return "free"
    return f"sometimes: {escape(place.doc.condition)}" if place.doc.condition else "sometimes"


def _by_request(word: str, activities: Mapping[str, str]) -> str:
    if not activities:
        return ""
    told = "; ".join(f"{requisition}: {' '.join(codes)}" for requisition, codes in activities.items())
    return f"<div class='{word}'>{word} {escape(told)}</div>"


def _rules(rules: Iterable[Rule[Any]], entries: Mapping[str, Entry]) -> str:
    rows = "".join(
        f"<tr id='{rule.id}'><th scope='row'>{rule.id}</th><td>{escape(rule.section)}</td>"
        f"<td>{rule.code.value} {rule.severity.value}</td><td>{escape(_does(rule, entries[rule.id]))}</td></tr>\n"
        for rule in sorted(rules, key=lambda rule: rule.id)
        if rule.scope.family == "lsr"
    )
    return (
        "<h2 id='rules'>Rules</h2><p>A finding that <b>reject</b>s refuses the version; one that <b>defer</b>s leaves "
        "it to a person; one that <b>warn</b>s is told and does nothing. An agreement may set severities otherwise.</p>"
        + _table("rules", ("Rule", "Section", "Code and severity", "What it asks"), rows)
    )


def _does(rule: Rule[Any], entry: Entry) -> str:
    """Give what the rule asks: the sentence of its function, else the obligation in the catalogue's words."""
    own = getattr(rule.check, "__doc__", None) if hasattr(rule.check, "__name__") else None
    return " ".join((own or entry.rule).split())
