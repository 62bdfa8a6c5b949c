"""Which product an order's codes name, and what the agreement says of it."""

from datetime import date

import pytest

from validators.agreement.product_terms import Interval, Intervals
from validators.agreement.products import recognise
from validators.agreement.terms import Agreement


@pytest.mark.parametrize(
    ("reqtyp", "nc", "nci", "activity", "product"),
    [
        ("AB", "LX--", "02QC2.OOF", "N", "loop-2w-analog"),
        ("AB", "LX--", None, "N", "loop-2w-analog"),
        ("AB", "LX--", "04QC2", "N", "loop-4w-analog"),
        ("AB", "LY--", "04QC2", "N", "loop-4w-analog"),
        ("AB", "LXR-", "02QB9.00A", "N", "loop-2w-nonloaded"),
        ("AB", "LXR-", None, "N", "loop-2w-nonloaded"),
        ("AB", "LXR-", "04QB9.00A", "N", "loop-4w-nonloaded"),
        ("AB", "LX-N", "02IS5.N", "N", "loop-isdn"),
        ("AB", "LX-N", "02QB5.001", "N", "loop-xdsl-i"),
        ("AB", "HC--", "04QB9.11", "N", "loop-ds1"),
        ("AB", "HCE-", "04QB9.11", "V", "loop-ds1"),
        ("AB", "HF--", "04QB6.33", "N", "loop-ds3"),
        ("AB", None, None, "D", "loop-existing"),
        ("AB", "LX--", "02NO2", "N", "subloop-analog"),
        ("AB", "LXR-", "02QB9.00A", "D", "loop-2w-nonloaded"),
        ("BB", "LX--", "02QC2.OOF", "V", "loop-lnp"),
        ("BB", None, None, "V", "loop-lnp"),
        ("CB", None, None, "V", "lnp"),
        ("JB", None, None, "N", "directory-listing"),
        ("AB", None, None, "N", None),
        ("AB", "ZZZZ", "02QC2", "N", None),
        ("EB", None, None, "V", None),
        (None, None, None, None, None),
    ],
)
def test_codes_name_the_product(
    template: Agreement, reqtyp: str | None, nc: str | None, nci: str | None, activity: str | None, product: str | None
) -> None:
    """REQTYP, NC, NCI and ACT name the product; what the table does not have names none."""
    assert product == recognise(template, reqtyp, nc, nci, activity)


def test_of_two_products_with_the_same_codes_the_first_is_meant(template: Agreement) -> None:
    """The order of the file decides where nothing else does."""
    twin = template.products["loop-ds1"].model_copy(update={"id": "twin"})
    for products, product in (
        ({"loop-ds1": template.products["loop-ds1"], "twin": twin}, "loop-ds1"),
        ({"twin": twin, "loop-ds1": template.products["loop-ds1"]}, "twin"),
    ):
        agreement = template.model_copy(update={"products": products})
        assert product == recognise(agreement, "AB", "HC--", None, "N")


@pytest.mark.parametrize(
    ("product", "last"),
    [
        ("loop-2w-analog", "2020-02-02"),
        ("loop-4w-analog", "2020-02-02"),
        ("loop-2w-nonloaded", "2023-02-07"),
        ("loop-4w-nonloaded", "2023-02-07"),
        ("loop-isdn", "2023-02-07"),
        ("loop-xdsl-i", "2023-02-07"),
        ("loop-ds1", "2023-02-07"),
        ("loop-ds3", "2021-02-07"),
        ("subloop", "2021-02-08"),
        ("nid", "2021-02-08"),
        ("dark-fiber", "2021-02-08"),
    ],
)
def test_the_governing_agreement_keeps_closed_products_closed(idaho: Agreement, product: str, last: str) -> None:
    """The last date of 9.2.2.0 to 9.7.0 is still in time, the next day is not; a disconnect always is."""
    terms = idaho.product(product)
    assert terms is not None
    day = date.fromisoformat(last)
    assert terms.offered_on(day, "N")
    assert not terms.offered_on(date.fromordinal(day.toordinal() + 1), "N")
    assert terms.offered_on(date(2026, 11, 23), "D")


def test_the_template_has_the_same_terms_and_no_closing_dates(template: Agreement, idaho: Agreement) -> None:
    """Products, clocks, cut-offs and holidays are those of Idaho; only the closing dates are gone."""
    assert all(terms.offered_on(date(2026, 11, 23), "N") for terms in template.products.values())
    assert template.clocks == idaho.clocks
    assert template.cutoffs == idaho.cutoffs
    assert template.holidays == idaho.holidays
    closing = {"availability": None, "wire_centers": None}
    opened = {name: terms.model_copy(update=closing) for name, terms in idaho.products.items()}
    assert opened == {name: terms.model_copy(update=closing) for name, terms in template.products.items()}


@pytest.mark.parametrize(
    ("product", "quantity", "days"),
    [
        ("loop-2w-analog", 1, 5),
        ("loop-2w-analog", 8, 5),
        ("loop-2w-analog", 9, 6),
        ("loop-2w-analog", 24, 7),
        ("loop-2w-analog", 25, None),
        ("loop-ds1", 24, 9),
        ("loop-ds3", 3, 7),
        ("loop-ds3", 4, None),
        ("nid", 1, None),
    ],
)
def test_the_standard_interval_follows_the_quantity_band(
    template: Agreement, product: str, quantity: int, days: int | None
) -> None:
    """Each band has its business days; above the last one, or without a table, there is no standard interval."""
    terms = template.product(product)
    assert terms is not None
    assert days == terms.interval(quantity)


@pytest.mark.parametrize(("quantity", "individual"), [(24, False), (25, True)])
def test_a_quantity_above_the_table_is_an_individual_case(
    template: Agreement, quantity: int, *, individual: bool
) -> None:
    """PO-5 note 1: above 24 loops each order is a case of its own."""
    terms = template.product("loop-2w-nonloaded")
    assert terms is not None
    assert individual is terms.individual_case(quantity)


def test_intervals_that_the_text_does_not_give_are_marked(template: Agreement) -> None:
    """Exhibit C holds no interval, so none of these may pass for contractual fact."""
    assert all(terms.intervals.sample for terms in template.products.values() if terms.intervals)


def test_no_product_flows_through_unless_the_parties_say_so(template: Agreement, idaho: Agreement) -> None:
    """The gateway never confirms by itself what no one declared flow-through."""
    assert not any(terms.flow_through for agreement in (template, idaho) for terms in agreement.products.values())


def test_an_lsr_names_no_product_of_another_form(template: Agreement) -> None:
    """A product that is ordered by ASR is not recognised from the codes of an LSR."""
    by_asr = template.products["loop-ds1"].model_copy(update={"order_form": "ASR"})
    agreement = template.model_copy(update={"products": {"loop-ds1": by_asr}})

    assert recognise(agreement, "AB", "HC--", None, "N") is None


@pytest.mark.parametrize(
    ("day", "port", "days"), [("2026-02-28", None, 3), ("2026-03-01", None, 2), ("2026-03-01", "simple", 1)]
)
def test_a_special_table_holds_for_its_dates_and_its_kind_of_port(
    template: Agreement, day: str, port: str | None, days: int
) -> None:
    """The ILEC loads a new table with the date from which it holds; the first that holds is taken."""
    lnp = template.products["lnp"]
    later = Intervals(section="x", since=date(2026, 3, 1), bands=(Interval(business_days=2),))
    terms = lnp.model_copy(update={"special_intervals": (*lnp.special_intervals, later)})

    table = terms.intervals_for(date.fromisoformat(day), port)

    assert table is not None
    assert days == table.for_quantity(1)


@pytest.mark.upholds("def-lsr-use")
@pytest.mark.parametrize(
    ("product", "codes"),
    [
        pytest.param("loop-ds1", ("AB", "HC--"), marks=pytest.mark.upholds("loop-ordered-by-lsr")),
        pytest.param("nid", ("AB", "ND--"), marks=pytest.mark.upholds("nid-lsr-needed")),
        pytest.param("eel", ("PB", "HC--"), marks=pytest.mark.upholds("eel-form")),
        pytest.param("lmc", ("PB", "LX--"), marks=pytest.mark.upholds("lmc-ordered-by-lsr")),
        pytest.param("lnp", ("CB", None), marks=pytest.mark.upholds("lnp-ordered-by-lsr")),
    ],
)
def test_a_local_service_is_ordered_by_lsr(template: Agreement, product: str, codes: tuple[str, str | None]) -> None:
    """An LSR names the product by its codes, and the agreement knows no other form for it."""
    assert product == recognise(template, *codes, None, "N")
    assert "LSR" == template.products[product].order_form


@pytest.mark.upholds("lmc-bandwidths")
@pytest.mark.parametrize(("nc", "product"), [("LX--", "lmc"), ("LY--", "lmc"), ("HF--", "eel")])
def test_a_loop_of_a_multiplexed_combination_is_no_ds3(template: Agreement, nc: str, product: str) -> None:
    """The codes of DS0 loops name the combination with a multiplexer; those of a DS3 loop name another (9.25.3.1)."""
    assert product == recognise(template, "PB", nc, None, "N")
