"""The shipped agreements, and a clock term to vary."""

from collections.abc import Callable, Mapping

import pytest

from validators.agreement.clock_terms import ClockTerm
from validators.agreement.load import load_agreements
from validators.agreement.terms import Agreement
from validators.bundled import bundled_path

MakeTerm = Callable[..., ClockTerm]


@pytest.fixture(scope="session")
def shipped() -> Mapping[str, Agreement]:
    """Every agreement that is shipped, by id."""
    return load_agreements(bundled_path("config") / "agreements")


@pytest.fixture
def template(shipped: Mapping[str, Agreement]) -> Agreement:
    """The terms of Idaho 2021 with no closing dates."""
    return shipped["template"]


@pytest.fixture
def idaho(shipped: Mapping[str, Agreement]) -> Agreement:
    """The governing agreement with its true dates."""
    return shipped["idaho-2021"]


@pytest.fixture(scope="session")
def make_term() -> MakeTerm:
    """Give a clock term with the given parts changed."""

    def make(**changes: object) -> ClockTerm:
        plain = {
            "id": "a-clock",
            "section": "9.9.9",
            "name": "a duty",
            "products": ("loop-2w-nonloaded",),
            "starts_on": "accepted",
            "from": "event",
            "stops_on": ("confirmed",),
            "length": {"hours": 72},
            "calendar": "elapsed",
            "owed_by": "ILEC",
            "owed_to": "CLEC",
            "on_breach": {"notice": "status", "text": "It is late."},
        }
        return ClockTerm.model_validate(plain | changes)

    return make
