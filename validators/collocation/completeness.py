"""What a message lacks by the terms of its kind: items of a complete application, and what other messages must hold."""

from collections.abc import Iterable, Iterator
from typing import Final

from validators.agreement.collocation_terms import Needed
from validators.agreement.terms import Agreement
from validators.codes import Code
from validators.messages.collocation import CollocationRequest
from validators.verdict import Finding, Severity

_SEVERITY: Final = {"deficiency": Severity.DEFER, "reject": Severity.REJECT, "warn": Severity.WARN}


def lacking(message: CollocationRequest, kind: str, agreement: Agreement) -> tuple[Finding, ...]:
    """Give what `message`, about a request of `kind`, lacks, in the order of the terms (8.4.1.5 for applications).

    A deficiency defers, since only its cure lets the request go on; what no cure can mend rejects.
    """
    return tuple(
        _finding(need, *fault) for need in needs_of(message.says, kind, agreement) for fault in _faults(need, message)
    )


def needs_of(says: str, kind: str, agreement: Agreement) -> Iterator[Needed]:
    """Give what a message of a kind is asked for."""
    terms = agreement.collocation
    for need in terms.needed.values() if terms else ():
        if says in need.messages and kind in agreement.products_named(need.kinds):
            yield need


def _faults(need: Needed, message: CollocationRequest) -> Iterator[tuple[str, str | None]]:
    """Give path and value of each way in which `message` falls short of `need`."""
    if not all(_is_so(message, field, values) for field, values in need.where.items()):
        return
    if need.or_not_applicable and need.item and need.item.upper() in (message.value("SPACE.NA") or ""):
        return
    if need.any_of and not any(message.values(field) for field in need.any_of):
        yield message.path_of(need.any_of[0]), None
    yield from _incomplete_details(need, message)
    yield from _bad_values(need, message)


def _is_so(message: CollocationRequest, field: str, values: Iterable[str]) -> bool:
    found = [text for _, text in message.values(field)]
    wanted = set(values)
    return bool(found) if not wanted else not wanted.isdisjoint(found)


def _incomplete_details(need: Needed, message: CollocationRequest) -> Iterator[tuple[str, str | None]]:
    if not need.every:
        return
    form = message.forms.get(need.every[0].partition(".")[0])
    if form is None or not form.details:
        yield message.path_of(need.every[0]), None
        return
    for detail in form.details:
        for field in need.every:
            name = field.partition(".")[2]
            if detail.fields.get(name) is None:
                yield detail.path_of(name), None


def _bad_values(need: Needed, message: CollocationRequest) -> Iterator[tuple[str, str | None]]:
    for field, allowed in need.one_of.items():
        yield from ((path, text) for path, text in message.values(field) if text not in allowed)
    for field, least in need.least.items():
        yield from ((path, text) for path, text in _numbers(message.values(field)) if int(text) < least)
    for field, most in need.most.items():
        yield from ((path, text) for path, text in _numbers(message.values(field)) if int(text) > most)
    for field, unit in need.multiple.items():
        yield from ((path, text) for path, text in _numbers(_where_it_counts(need, message, field)) if int(text) % unit)
    for field in need.absent:
        yield from message.values(field)


def _numbers(values: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Give those that are numbers; of what is none in a refused document the schema speaks."""
    return ((path, text) for path, text in values if text.isdecimal())


def _where_it_counts(need: Needed, message: CollocationRequest, field: str) -> tuple[tuple[str, str], ...]:
    """Give the values of `field`; in details only those of details in which the condition of the need holds."""
    form, _, name = field.partition(".")
    section = message.forms.get(form)
    conditions = {key.partition(".")[2]: values for key, values in need.where.items() if key.startswith(f"{form}.")}
    if section is None or not section.details or not conditions or name in section.fields:
        return message.values(field)
    counted = [d for d in section.details if all(d.fields.get(key) in values for key, values in conditions.items())]
    return tuple((detail.path_of(name), text) for detail in counted if (text := detail.fields.get(name)))


def _finding(need: Needed, path: str, value: str | None) -> Finding:
    text = f"Item {need.item}: {need.text}" if need.item else need.text
    return Finding(
        rule=need.upholds[0],
        section=need.section,
        code=Code.FIELD_NEEDED if value is None else Code.FIELD_VALUE,
        severity=_SEVERITY[need.effect],
        path=path,
        value=value,
        text=text,
        cure=need.cure,
    )
