"""Every pre-order question as a page of its own (12.2.1.1.1, 12.2.1.1.4, 12.2.1.2.2)."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from gateway.doors.preorder import route_name
from gateway.doors.problems import Kind, Problem
from gateway.portal.entry.answers import AnswerView, view_of_answer
from gateway.portal.entry.question_forms import QuestionField, Refusals, question_fields, read_question
from gateway.portal.pages import Asked, Page, Shown
from gateway.portal.services import Services
from gateway.preorder.port import SourceSilent
from gateway.preorder.shapes import Shape
from gateway.services.preorder import QUERIES, AnyQuery

_NONE: Final = Refusals({}, ())


class PreorderPages:
    """The list of questions, and a form for each."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._fields: Mapping[str, Sequence[QuestionField]] = {
            query.name: question_fields(query.question, query.example) for query in QUERIES
        }

    async def list(self, asked: Asked) -> Shown:
        """List the questions."""
        del asked
        return Shown("entry/questions.html", {"queries": sorted(QUERIES, key=lambda query: query.summary)})

    async def show(self, query: AnyQuery, asked: Asked) -> Shown:
        """Show the form of one question; the address may fill it in."""
        return self._shown(query, {name: asked.query(name) for name in asked.request.query})

    async def ask(self, query: AnyQuery, asked: Asked) -> Shown:
        """Ask what is filled in, and show the answer below the form."""
        values = {name: text for name, text in asked.form.items() if isinstance(text, str)}
        question = read_question(query.question, self._fields[query.name], values)
        if isinstance(question, Refusals):
            return self._shown(query, values, question, status=422)
        assert isinstance(question, Shape)  # noqa: S101 - a question's model is a shape; mypy knows models only
        principal = asked.principal
        try:
            answer = await self._services.trade.preorder.ask(
                query, question, principal.partner, principal.credential_id
            )
        except SourceSilent as silent:
            raise Problem(Kind.SOURCE_SILENT, str(silent)) from None
        return self._shown(query, values, answer=view_of_answer(answer))

    def _shown(
        self,
        query: AnyQuery,
        values: Mapping[str, str],
        refusals: Refusals = _NONE,
        answer: AnswerView | None = None,
        status: int = 200,
    ) -> Shown:
        groups: dict[str, list[QuestionField]] = {}
        for field in self._fields[query.name]:
            groups.setdefault(field.group, []).append(field)
        context = {"query": query, "groups": groups, "values": values, "refusals": refusals, "answer": answer}
        return Shown("entry/question.html", context, status)

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        everything = tuple(route_name(query) for query in QUERIES)
        asking = [page for query in QUERIES for page in self._pages(query)]
        return (Page("GET", "/portal/preorder", "preorder", self.list, everything, "Pre-order"), *asking)

    def _pages(self, query: AnyQuery) -> tuple[Page, Page]:
        path, name = f"/portal/preorder/{query.name}", route_name(query)
        return (
            Page("GET", path, f"{name}Form", partial(self.show, query), (name,)),
            Page("POST", path, f"{name}Ask", partial(self.ask, query), (name,)),
        )
