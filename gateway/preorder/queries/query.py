"""A pre-order question as data: what is asked, what is answered, and the pure function from a territory to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar, get_type_hints

from gateway.preorder.caller import Caller
from gateway.preorder.shapes import Answer, Shape
from gateway.preorder.territory import Territory

Asked = TypeVar("Asked", bound=Shape)
Told = TypeVar("Told", bound=Answer)

PLACE: Final[Mapping[str, Any]] = {
    "address": {"sano": "4120", "sasn": "OPALINE", "sath": "ST", "city": "BOISE", "state": "ID", "zip": "83799"}
}
"""A place of the shipped territory, for examples."""


@dataclass(frozen=True, slots=True)
class Query(Generic[Asked, Told]):
    """One question.

    Attributes:
        name: its name in addresses and logs.
        section: the section of the agreement that promises it.
        summary: what it answers, in a few words.
        question: what is asked.
        answer: what is told.
        find: gives the answer from a territory; no I/O.
        example: a question that the bundled territory has an answer to.
        measure: number of the query type in PO-1 of Exhibit B, None where it has none.
    """

    name: str
    section: str
    summary: str
    question: type[Asked]
    answer: type[Told]
    find: Callable[[Territory, Asked, Caller], Told]
    example: Mapping[str, Any]
    measure: int | None = None


def query(
    name: str, section: str, summary: str, example: Mapping[str, Any], *, measure: int | None = None
) -> Callable[[Callable[[Territory, Asked, Caller], Told]], Query[Asked, Told]]:
    """Make a function of a territory, a question and the caller the query that it answers.

    What is asked and what is told are read from its annotations.
    """

    def make(find: Callable[[Territory, Asked, Caller], Told]) -> Query[Asked, Told]:
        hints = get_type_hints(find)
        return Query(name, section, summary, hints["asked"], hints["return"], find, example, measure)

    return make
