"""Every pre-order question as a page of its own (12.2.1.1.1, 12.2.1.1.4, 12.2.1.2.2)."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from aiohttp import web

from gateway.doors.preorder import route_name
from gateway.doors.problems import Kind, Problem
from gateway.doors.reference_files import download, file_route_name
from gateway.portal.entry.answers import AnswerView, view_of_answer
from gateway.portal.entry.question_forms import QuestionField, Refusals, question_fields, read_question
from gateway.portal.pages import Asked, Page, Shown
from gateway.portal.services import Services
from gateway.preorder.port import SourceSilent
from gateway.preorder.queries.files import REFERENCE_FILES, ReferenceFile
from gateway.preorder.shapes import Shape
from gateway.services.preorder import QUERIES, AnyQuery

_NONE: Final = Refusals({}, ())


class PreorderPages:
    """The list of questions, a form for each, and the files of reference data."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._fields: Mapping[str, Sequence[QuestionField]] = {
            query.name: question_fields(query.question, query.example) for query in QUERIES
        }

    async def list(self, asked: Asked) -> Shown:
        """List the questions and the files."""
        del asked
        queries = sorted(QUERIES, key=lambda query: query.summary)
        return Shown("entry/questions.html", {"queries": queries, "files": [file.query for file in REFERENCE_FILES]})

    async def give(self, file: ReferenceFile, asked: Asked) -> web.StreamResponse:
        """Give a file for download."""
        del asked
        try:
            copy = await self._services.trade.reference_files.give(file)
        except SourceSilent as silent:
            raise Problem(Kind.SOURCE_SILENT, str(silent)) from None
        return download(file, copy)

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
        everything = (*map(route_name, QUERIES), *map(file_route_name, REFERENCE_FILES))
        asking = [page for query in QUERIES for page in self._pages(query)]
        files = [self._file(file) for file in REFERENCE_FILES]
        return (Page("GET", "/portal/preorder", "preorder", self.list, everything, "Pre-order"), *files, *asking)

    def _file(self, file: ReferenceFile) -> Page:
        name = file_route_name(file)
        return Page("GET", f"/portal/preorder/files/{file.name}", f"{name}File", partial(self.give, file), (name,))

    def _pages(self, query: AnyQuery) -> tuple[Page, Page]:
        path, name = f"/portal/preorder/{query.name}", route_name(query)
        return (
            Page("GET", path, f"{name}Form", partial(self.show, query), (name,)),
            Page("POST", path, f"{name}Ask", partial(self.ask, query), (name,)),
        )
