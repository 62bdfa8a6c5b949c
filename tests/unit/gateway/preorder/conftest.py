"""The bundled territory, read once, and a way to ask it as a CLEC."""

from collections.abc import Callable
from typing import Any

import pytest

from gateway.preorder.caller import Caller
from gateway.preorder.queries.query import Query
from gateway.preorder.territory import Territory
from gateway.preorder.territory_files import read_files
from validators.bundled import bundled_path

Ask = Callable[..., Any]


@pytest.fixture(scope="session")
def territory() -> Territory:
    """Give the territory that is shipped."""
    return Territory(read_files(bundled_path("config") / "territory"))


@pytest.fixture
def ask(territory: Territory) -> Ask:
    """Give a function that asks the territory as the CLEC of the samples, or as another one."""

    def put(query: Query[Any, Any], question: dict[str, Any], ccna: tuple[str, ...] = ("ZQF",)) -> Any:
        return query.find(territory, query.question.model_validate(question), Caller("sawtooth", ccna))

    return put
