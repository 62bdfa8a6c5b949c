"""Life cycles that stand in the agreement file, as machines: nothing here knows what they are about."""

from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from gateway.lifecycle.machine import Because, Guard, Machine, Occurrence, Step
from gateway.lifecycle.standing import Standing
from gateway.lifecycle.vocabulary import NoticeKind
from validators.agreement.process_terms import BACK, ProcessTerm, StepTerm


@lru_cache(maxsize=256)
def _guard(when: tuple[str, ...], unless: tuple[str, ...], otherwise: str) -> Guard:
    needed, barred = frozenset(when), frozenset(unless)
    return Guard(
        name=", ".join((*when, *(f"not {fact}" for fact in unless))),
        otherwise=otherwise or "The conditions for it do not hold",
        holds=lambda standing: needed <= standing.facts and barred.isdisjoint(standing.facts),
    )


def machine_of(process: ProcessTerm) -> Machine:
    """Give the machine of a life cycle of the agreement file."""
    table: dict[tuple[str, str], tuple[Step, ...]] = {}
    for term in process.steps:
        for state in process.sources(term):
            key = (state, term.on)
            table[key] = (*table.get(key, ()), _step(term, state))
    asked_for = {term.on for term in process.steps if term.by in ("clec", "ilec")}
    return Machine(
        name=process.name,
        first=process.first,
        table=MappingProxyType(table),
        refusals=MappingProxyType({}),
        refusals_by_state=MappingProxyType(
            {name: Because(state.meaning, state.section) for name, state in process.states.items()}
        ),
        brings_version=frozenset(process.messages()),
        follow=_follow,
        supplements=MappingProxyType({}),
        stale_version_section=process.section,
        unlisted=frozenset(process.events) - asked_for,
        states=tuple(process.states),
        events=process.events,
    )


def _step(term: StepTerm, state: str) -> Step:
    return Step(
        to=term.to or state,
        trigger=term.on,
        notice=NoticeKind(term.notice.kind) if term.notice else None,
        section=term.section,
        also_triggers=term.triggers,
        when=_guard(term.when, term.unless, term.otherwise) if term.when or term.unless else None,
        term=term,
    )


def _follow(standing: Standing, step: Step, occurrence: Occurrence) -> Standing:
    ver = occurrence.ver or standing.ver
    if step.to == BACK:
        earlier = standing.resumes
        return replace(earlier, ver=ver) if earlier is not None else replace(standing, ver=ver)
    if step.to == standing.state:
        return replace(standing, ver=ver)
    return replace(standing, state=step.to, ver=ver, resumes=replace(standing, resumes=None))
