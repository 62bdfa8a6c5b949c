"""Products that are closed at some wire centers."""

from datetime import date

import pytest

from tests.rig.court import LOOP, Court
from validators.agreement.product_terms import WireCenters

CERTIFIED = {"LSR.REMARKS": "CERTIFIED", "LSR.DDD": "03-30-2026"}
DS1 = CERTIFIED | {"LSR.NC": "HC--", "LSR.NCI": "04QB9.11"}
DS3 = CERTIFIED | {"LSR.NC": "HF--", "LSR.NCI": "04QB6.33"}
EEL = CERTIFIED | {"LSR.REQTYP": "PB", "LSR.NC": "HC--", "LSR.NCI": "04QB9.11", "LSR.ACTL": "NMPAIDMAH7Z"}
LISTED = date(2026, 2, 15)


def _with_list(court: Court, product: str, **terms: object) -> Court:
    template = court.judge.agreements["template"]
    base: dict[str, object] = {"listed": {"BOISIDMA": LISTED}, "closed": "listed", "ends": "serving", "section": "x"}
    centers = WireCenters.model_validate(base | terms)
    changed = template.products[product].model_copy(update={"wire_centers": centers})
    return court.under(template.model_copy(update={"products": {**template.products, product: changed}}))


@pytest.mark.upholds("nonimpaired-list-order-stop")
@pytest.mark.parametrize(
    ("rule", "product", "sets"),
    [
        pytest.param(
            "ds1-loop-wire-center-threshold",
            "loop-ds1",
            DS1,
            marks=pytest.mark.trips("ds1-loop-wire-center-threshold"),
        ),
        pytest.param(
            "ds3-loop-wire-center-threshold",
            "loop-ds3",
            DS3,
            marks=pytest.mark.trips("ds3-loop-wire-center-threshold"),
        ),
    ],
)
@pytest.mark.parametrize(("days", "closed"), [(14, True), (15, False)])
def test_a_listed_wire_center_closes_after_its_days(
    court: Court, rule: str, product: str, sets: dict[str, str], days: int, *, closed: bool
) -> None:
    """Fifteen days after the approval orders are still taken, from the day after they are not (9.1.1.4.3)."""
    listed = _with_list(court, product, days_after_listing=days)
    _with_list(court, product).findings(LOOP, sets)

    assert closed is any(found.rule == rule for found in listed.findings(LOOP, sets))


@pytest.mark.passes("ds1-loop-wire-center-threshold")
@pytest.mark.passes("ds3-loop-wire-center-threshold")
def test_the_shipped_lists_close_nothing(court: Court) -> None:
    """No wire center of Idaho is approved as non-impaired in the text."""
    assert () == court.findings(LOOP, DS1)
    assert () == court.findings(LOOP, DS3)


@pytest.mark.parametrize(
    ("closed", "listed", "refused"),
    [
        ("listed", {"BOISIDMA": None, "NMPAIDMA": None}, True),
        ("listed", {"BOISIDMA": None}, False),
        ("unlisted", {"BOISIDMA": None, "NMPAIDMA": None}, False),
        ("unlisted", {"BOISIDMA": None}, True),
        ("unlisted", None, False),
    ],
    ids=["both listed", "one listed", "open where listed", "one not listed", "no list loaded"],
)
def test_one_list_is_read_both_ways(
    court: Court, closed: str, listed: dict[str, None] | None, *, refused: bool
) -> None:
    """9.23.3.7.0 closes an EEL between listed wire centers; 9.6.0 reads the list the other way round."""
    judged = _with_list(court, "eel", closed=closed, listed=listed, ends="both", until=date(2020, 2, 2))

    assert refused is any(found.rule == "avail-eel-transport" for found in judged.findings(LOOP, EEL))


def test_a_wire_center_that_is_not_stated_is_not_held_against_an_order() -> None:
    """What is not known decides nothing, and before the date of the clause nothing is closed."""
    terms = WireCenters(listed={"BOISIDMA": None}, closed="listed", ends="both", until=date(2020, 2, 2), section="x")

    assert not terms.closed_on(date(2026, 3, 2), ("BOISIDMA", None))
    assert not terms.closed_on(date(2020, 2, 2), ("BOISIDMA", "BOISIDMA"))
    assert terms.closed_on(date(2020, 2, 3), ("BOISIDMA", "BOISIDMA"))
