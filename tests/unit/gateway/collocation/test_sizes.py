"""What the size of a request says of it, alone and with the others of its CLEC."""

import pytest

from tests.rig.counter import Counter

_OF_ALL_POLES = {"collocation.sizes.large.least": {"ASK.QTY": 401}}


@pytest.mark.carries("pole-volume", _OF_ALL_POLES)
def test_poles_of_thirty_days_are_summed(counter: Counter) -> None:
    """300 poles are a regular order; with one more in the 30 days after, that one belongs to a large order."""
    first = counter.applies("pole", "03-04", {"ASK.QTY": "300"})
    other = counter.applies("pole", "03-05", {"ASK.QTY": "200"}, partner="bitterroot")
    large = counter.applies("pole", "04-02", {"ASK.QTY": "1"})
    late = counter.applies("pole", "05-03", {"ASK.QTY": "299"})

    assert [
        ["pole-survey-45d"],
        ["pole-survey-45d"],
        ["pole-survey-large-60d"],
        ["pole-survey-45d"],
    ] == [[name for name in case.clocks() if "survey" in name] for case in (first, other, large, late)]


@pytest.mark.carries("pole-volume")
def test_beyond_the_large_limit_the_time_is_negotiated(counter: Counter) -> None:
    """More than 3,000 poles in 30 days have no time of the text; the CLEC is told."""
    case = counter.applies("pole", "03-04", {"ASK.QTY": "3001"})

    assert [] == [name for name in case.clocks() if "survey" in name]
    assert [("status", "10.8.2.4.6")] == case.notices


@pytest.mark.parametrize(("poles", "clock"), [("250", "pole-survey-45d"), ("251", "pole-survey-large-60d")])
def test_a_share_of_all_poles_may_be_the_lesser_figure(counter: Counter, poles: str, clock: str) -> None:
    """Of 50,000 poles in the state one half of a percent are 250: above that an order is large."""
    terms = counter.agreement.collocation
    assert terms is not None
    known = counter.with_terms(
        sizes={**terms.sizes, "large": terms.sizes["large"].model_copy(update={"all_in_state": 50_000})}
    )

    assert clock in known.applies("pole", "03-04", {"ASK.QTY": poles}).clocks()
