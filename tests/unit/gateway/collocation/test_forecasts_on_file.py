"""A forecast on file is updated each quarter, by one that names it."""

import pytest

from tests.rig.counter import Counter

_QUARTER = "forecast-annual-quarterly"


@pytest.mark.carries(_QUARTER, {f"clocks.{_QUARTER}.stops_on": ("withdraw",)}, by="altered")
def test_an_update_names_the_forecast_that_it_follows(counter: Counter) -> None:
    """The quarter of the earlier one ends, and that of the update begins; both stay on file."""
    first = counter.applies("forecast", "01-04")
    update = counter.applies("forecast", "03-30", {"COLLO.REF": first.pon})

    assert ([], [_QUARTER]) == (first.clocks(running=True), update.clocks(running=True))
    assert (("ON_FILE", "held"), "2027-06-30") == ((first.state, first.place.status), update.due(_QUARTER))


def test_an_application_that_rests_on_a_forecast_is_no_update(counter: Counter) -> None:
    """It names the forecast as well, and the next update is still due."""
    forecast = counter.applies("forecast", "01-04")
    counter.applies("caged", "03-30", {"COLLO.REF": forecast.pon})

    assert [_QUARTER] == forecast.clocks(running=True)


def test_the_review_with_the_account_team_is_noted(counter: Counter) -> None:
    """It stands in the history and ends nothing."""
    case = counter.applies("forecast", "01-04").act("01-20 reviewed text=two-bays-more")

    assert "order.reviewed" in [event.type for event in counter.shelf.events if event.order_id == case.order.id]
    assert [_QUARTER] == case.clocks(running=True)
