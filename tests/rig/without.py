"""An agreement as it would be without the terms that carry an entry of the catalogue."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar, cast

from validators.agreement.clock_terms import ClockTerm, Length
from validators.agreement.process_terms import StepTerm
from validators.agreement.strict import Strict
from validators.agreement.terms import Agreement

Term = TypeVar("Term", bound=Strict)


def without(agreement: Agreement, entry: str, altered: Mapping[str, Any]) -> Iterator[tuple[str, str, Agreement]]:
    """Give each such agreement with what carries the entry in it, and what was taken away, in words.

    Args:
        agreement: as it is.
        entry: id in the catalogue. Its clock runs longer, what it needs is not asked for, its steps do nothing
            beyond the change of state, and then are not there at all.
        altered: terms by their dotted place that carry it beside these, each with another value, or with what
            makes it of the old one.
    """
    for place, value in altered.items():
        yield "altered", f"{place} = {value!r}", _altered(agreement, place.split("."), value)
    if entry in agreement.clocks:
        longer = {**agreement.clocks, entry: _longer(agreement.clocks[entry])}
        yield "clock", "its clock a little longer", as_built(agreement, clocks=longer)
    terms = agreement.collocation
    if terms is None:
        raise TypeError(f"{agreement.id} has no terms on collocation")
    for name in ("needed", "sizes"):
        listed: Mapping[str, Any] = getattr(terms, name)
        kept = {key: term for key, term in listed.items() if entry not in term.upholds}
        if len(kept) < len(listed):
            yield name, f"nothing of it in {name}", as_built(agreement, collocation=as_built(terms, **{name: kept}))
    carrying = [step for process in terms.processes.values() for step in process.steps if entry in step.upholds]
    if any(_stripped(step, entry) != step for step in carrying):
        yield "steps", "its steps stripped", _with_steps(agreement, lambda step: _stripped(step, entry))
    if carrying:
        yield (
            "steps",
            "its steps taken away",
            _with_steps(agreement, lambda step: None if entry in step.upholds else step),
        )


def as_built(term: Term, **changes: Any) -> Term:
    """Give a term with some of it changed, and nothing kept that was worked out from the old."""
    known = {name: getattr(term, name) for name in type(term).model_fields}
    return cast("Term", type(term).model_construct(**(known | changes)))


def _longer(term: ClockTerm) -> ClockTerm:
    if not isinstance(term.length, Length):
        raise TypeError(f"{term.id} has no length of its own")
    given = {unit: count for unit, count in term.length.model_dump().items() if count is not None}
    ((unit, count),) = given.items()
    longer = as_built(term.length, **{unit: count + 1})
    return as_built(term, length=longer, or_later=())


def _with_steps(agreement: Agreement, change: Callable[[StepTerm], StepTerm | None]) -> Agreement:
    terms = agreement.collocation
    if terms is None:
        raise TypeError(f"{agreement.id} has no terms on collocation")
    processes = {
        name: as_built(process, steps=tuple(kept for step in process.steps if (kept := change(step)) is not None))
        for name, process in terms.processes.items()
    }
    return as_built(agreement, collocation=as_built(terms, processes=processes))


def _stripped(step: StepTerm, entry: str) -> StepTerm:
    if entry not in step.upholds:
        return step
    nothing: dict[str, Any] = {"when": (), "unless": (), "sets": (), "clears": (), "by_clock": {}, "effects": ()}
    return as_built(step, **nothing, notice=None, triggers=())


def _altered(term: Any, place: list[str], value: Any) -> Any:
    name, *rest = place
    inner = term[name] if isinstance(term, Mapping) else getattr(term, name)
    new = _altered(inner, rest, value) if rest else _as_before(inner, value)
    return {**term, name: new} if isinstance(term, Mapping) else as_built(term, **{name: new})


def _as_before(old: Any, new: Any) -> Any:
    """Give a new value as the old one is written, or what is made of the old one."""
    if callable(new):
        return new(old)
    return new if old is None or isinstance(new, type(old)) else type(old)(new)
