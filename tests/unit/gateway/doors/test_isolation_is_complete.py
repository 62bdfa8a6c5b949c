"""No route can be forgotten by the test of isolation."""

from tests.rig.isolation import (
    BY_SOAP,
    NOTHING_TO_SHOW,
    OBJECTS,
    OWN_DATA_ONLY,
    RECKONED,
    about_an_object,
    kind_of_object,
    of_clecs,
)


def test_every_route_of_a_clec_about_an_object_is_tried_with_another_partners() -> None:
    """A route whose path names a new kind of object needs its line in `tests/rig/isolation.py`, and a maker of one."""
    assert [] == [route.name for route in about_an_object() if kind_of_object(route) is None]


def test_every_other_route_of_a_clec_says_whether_it_shows_data() -> None:
    """A route without an object stands in exactly one of the four lists."""
    others = {route.name for route in of_clecs() if "{" not in route.path}

    assert sorted(others) == sorted([*OWN_DATA_ONLY, *RECKONED, *BY_SOAP, *NOTHING_TO_SHOW])


def test_no_case_is_about_a_route_that_is_gone() -> None:
    """Every kind of object is one of a route."""
    assert set(OBJECTS.values()) == {kind_of_object(route) for route in about_an_object()}
