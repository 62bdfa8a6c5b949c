from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from gateway.reports.measures.month import Month
from gateway.reports.pap.as_json import pap_document
from gateway.reports.pap.diary import Diary
from gateway.reports.pap.feed import read_feed
from gateway.reports.plan.terms import PlanTerms
from tests.unit.gateway.reports.pap.conftest import Make, State

_LOOP = ("PO-5B(b)", "UBL_2WNL")


def test_a_run_of_graver_misses_escalates_and_pays_by_table_4(share: Make, statement: State) -> None:
    """76 of 100 within the hours is 14 short of 90: Level 3 each month, at month 1, 2 and 3 of the table."""
    report = statement([[share(*_LOOP, 76, 100)] for _ in range(3)])

    (one,) = report.units
    chain = report.history[one.unit]
    assert [3, 3, 3] == [step.payment.level for step in chain]
    assert [1, 2, 3] == [step.payment.escalation_month for step in chain]
    assert [Decimal("4200.00"), Decimal("4550.00"), Decimal("9100.00")] == [step.paid for step in chain]
    assert {"sawtooth": Decimal("9100.00")} == report.totals
    assert Decimal("17850.00") == report.cap.by_year[2026]
    assert (date(2026, 4, 30), date(2026, 5, 29)) == (one.due.report, one.due.payment)


def test_light_misses_are_paid_from_the_third_month_in_a_row(share: Make, statement: State) -> None:
    """88 of 100 is 2 short of 90, Level 1: nothing for two months, then month 1; a month without volume breaks it."""
    light = [share(*_LOOP, 88, 100)]

    paid = statement([light, light, light])
    broken = statement([light, light, [], light])

    assert Decimal("300.00") == paid.totals["sawtooth"]
    assert Decimal("0.00") == broken.totals["sawtooth"]


def test_one_miss_of_few_is_allowed_where_all_clecs_together_meet_the_standard(share: Make, statement: State) -> None:
    """One of five missed could pass with none only; 95 of 100 of all CLECs together conform, so it does (3.2.3)."""
    report = statement([[share(*_LOOP, 4, 5), share(*_LOOP, 95, 100, clec="")]])
    alone = statement([[share(*_LOOP, 4, 5), share(*_LOOP, 80, 100, clec="")]])

    assert ["allowance"] == [unit["conformance"] for unit in pap_document(report, Diary())["units"]]
    assert ["fails"] == [unit["conformance"] for unit in pap_document(alone, Diary())["units"]]


def test_parity_needs_the_retail_row_and_takes_both_zones_as_one(share: Make, statement: State) -> None:
    """DS1 loops are compared with retail: 70 of 80 in two zones fail against 1,970 of 2,000; a lack of it is told."""
    feed = read_feed(
        [
            "month,state,side,clec,measure,product,count,misses\n",
            "2026-01,ID,retail,,OP-3D,UBL_DS1,1000,10\n",
            "2026-01,ID,retail,,OP-3E,UBL_DS1,1000,20\n",
        ]
    )
    figures = [share("OP-3D", "UBL_DS1", 38, 40), share("OP-3E", "UBL_DS1", 32, 40)]

    report = statement([figures], feed)

    (one,) = report.units
    assert ("OP-3D+E", "parity", "modified_z", "fails") == (
        one.unit.measure,
        one.verdict.observed and one.verdict.observed.basis,
        one.verdict.test,
        one.verdict.month.conformance,
    )
    assert [("no_retail_result",)] == [unit.verdict.flags for unit in statement([figures]).units]


def test_mr8_is_paid_against_op5_and_mr7_and_the_smaller_side_is_not(statement: State) -> None:
    """For DS1 loops the larger side is owed, nothing of the other (11.1.1)."""
    rows = [
        "month,state,side,clec,measure,product,count,misses,better\n",
        "2026-01,ID,retail,,MR-8,UBL_DS1,1000,20,smaller\n",
        "2026-01,ID,clec,sawtooth,MR-8,UBL_DS1,100,60,smaller\n",
        "2026-01,ID,retail,,OP-5,UBL_DS1,1000,20,larger\n",
        "2026-01,ID,clec,sawtooth,OP-5,UBL_DS1,100,30,larger\n",
    ]

    report = statement([[]], read_feed(rows))

    owed = {one.unit.measure: (one.payment.amount > 0, one.paid == one.payment.amount) for one in report.units}
    assert {"MR-8": (True, True), "OP-5": (True, False)} == owed
    assert {"OP-5": Decimal("0.00")}.items() <= {one.unit.measure: one.paid for one in report.units}.items()


def test_only_clecs_that_chose_the_plan_are_paid_from_the_day_they_did(
    share: Make, statement: State, plan: PlanTerms
) -> None:
    """Months before the choice feed no level; a CLEC that never chose has no submeasure at all."""
    months = [[share(*_LOOP, 76, 100), share(*_LOOP, 76, 100, clec="bitterroot")] for _ in range(3)]
    terms = replace(plan, opted_in={"sawtooth": date(2026, 2, 10)})

    report = statement(months, terms=terms)

    (one,) = report.units
    assert ("sawtooth", [Month(2026, 2), Month(2026, 3)]) == (
        one.unit.clec,
        [step.month for step in report.history[one.unit]],
    )


def test_a_submeasure_of_another_state_is_counted_and_not_paid(share: Make, statement: State) -> None:
    """The plan is one state's: what belongs to another is told of by number."""
    figure = share(*_LOOP, 76, 100)

    report = statement([[replace(figure, line=replace(figure.line, state="WA"))]])

    assert ((), 1) == (tuple(report.units), report.units_elsewhere)


@pytest.mark.upholds("cp2-diagnostic")
def test_late_collocations_are_reported_and_cost_nothing(share: Make, statement: State) -> None:
    """CP-2 has no standard, and a CLEC all of whose collocations were late is paid nothing."""
    late = [share(measure, "caged", 0, 40) for measure in ("CP-2A", "CP-2B", "CP-2C")]
    report = statement([late, late, late])

    assert [None, None, None] == [figure.standard for figure in late]
    assert ((), {}) == (tuple(report.units), dict(report.totals))
