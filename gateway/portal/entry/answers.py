"""An answer of the ILEC's systems as a page shows it: facts, and a table for each list of things."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel

from gateway.portal.entry.question_forms import spelled
from gateway.preorder.shapes import Answer

_TOLD_APART: Final = frozenset(Answer.model_fields)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is told."""

    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class Things:
    """A list of things of one kind."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer; `answer` has what every answer says."""

    answer: Answer
    facts: Sequence[Fact]
    tables: Sequence[Things]


def view_of_answer(answer: Answer) -> AnswerView:
    """Give an answer as it is shown; what is not known is left out."""
    facts: list[Fact] = []
    tables: list[Things] = []
    _gather(answer, facts, tables)
    return AnswerView(answer, facts, tables)


def _gather(shape: BaseModel, facts: list[Fact], tables: list[Things]) -> None:
    for name in type(shape).model_fields:
        value = getattr(shape, name)
        if name in _TOLD_APART and isinstance(shape, Answer):
            continue
        if isinstance(value, BaseModel):
            _gather(value, facts, tables)
        elif isinstance(value, list) and value and not isinstance(value[0], str | int):
            tables.append(_things(spelled(name), value))
        elif value not in (None, "", []):
            facts.append(Fact(spelled(name), ", ".join(map(str, value)) if isinstance(value, list) else value))


def _things(name: str, values: Sequence[Any]) -> Things:
    rows = [dict(value) for value in values]  # a model gives its members, as a mapping does
    columns = list(rows[0])
    return Things(
        name, [spelled(column) for column in columns], [[row.get(column) for column in columns] for row in rows]
    )
