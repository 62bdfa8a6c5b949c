from decimal import Decimal
from fractions import Fraction

import pytest

from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.month import Month
from gateway.reports.pap.diary import read_diary
from gateway.reports.pap.feed import Side, read_feed
from gateway.reports.plan.samples import MeanSample, ShareSample
from gateway.reports.plan.terms import PlanTerms

_HEAD = "month,state,side,clec,measure,product,count,misses,mean,sd,values\n"
_JANUARY = Month(2026, 1)


def test_rows_that_make_no_sense_are_told_with_their_line_and_the_others_count() -> None:
    """A wrong month, more misses than orders, values that are too few, an unknown side: four lines, one good row."""
    feed = read_feed(
        [
            _HEAD,
            "2026-13,ID,retail,,OP-3D,UBL_DS1,10,1,,,\n",
            "2026-01,ID,retail,,OP-3D,UBL_DS1,10,11,,,\n",
            "2026-01,ID,retail,,OP-4D,LIS,3,,,,4;5\n",
            "2026-01,ID,theirs,,OP-3D,UBL_DS1,10,1,,,\n",
            "2026-01,ID,retail,,OP-3D,UBL_DS1,10,1,,,\n",
            "2026-01,ID,retail,,OP-3D,,10,1,,,\n",
        ]
    )

    assert [2, 3, 4, 5, 7] == [bad.line for bad in feed.problems]
    assert "product is empty" == feed.problems[-1].text
    assert [ShareSample(10, 1)] == [row.sample for row in feed.rows]


def test_averages_come_with_spread_or_with_their_values() -> None:
    """A standard deviation becomes the variance; values are kept for the permutation test."""
    feed = read_feed([_HEAD, "2026-01,ID,retail,,OP-4D,LIS,40,,6.5,2,\n", "2026-01,ID,retail,,OP-4E,LIS,2,,,,4;5.5\n"])

    zone_1, zone_2 = (feed.sample(_JANUARY, Side.RETAIL, "ID", measure, "LIS") for measure in ("OP-4D", "OP-4E"))
    assert isinstance(zone_1, MeanSample)
    assert isinstance(zone_2, MeanSample)
    assert (Fraction(13, 2), Fraction(4)) == (zone_1.mean, zone_1.variance)
    assert (Fraction(4), Fraction(11, 2)) == zone_2.values


def test_a_file_with_other_columns_is_no_feed() -> None:
    """What nothing reads would be lost in silence, so it is refused."""
    with pytest.raises(ValueError, match="volume"):
        read_feed(["month,state,side,measure,product,count,volume\n"])


def test_late_reports_and_payments_cost_what_the_plan_says(basis: MeasureBasis, plan: PlanTerms) -> None:
    """Three days late are 1,500 dollars to the general fund; 1,000 paid 71 days late bear interest, 200 are short."""
    diary = read_diary(
        [
            "kind,month,clec,measure,product,date,amount,rate,reason\n",
            "report-distributed,2026-01,,,,2026-03-02,,,\n",
            "paid,2026-01,sawtooth,,,2026-06-10,1000,5,\n",
            "held,2026-01,sawtooth,OP-3D,EEL_DS1,,,,force majeure\n",
            "unlogged-change,,,,,2026-01-05,,,new cut-off\n",
            "held,2026-01,sawtooth,OP-3D,EEL_DS1,,,,\n",
            "paid,2026-01,sawtooth,,,2026-06-10,1000,,\n",
            "gift,2026-01,,,,,,,\n",
        ],
        plan,
        basis.calendar,
        lambda clec, _: Decimal(1200) if clec == "sawtooth" else Decimal(0),
    )

    costs = [(one.kind, one.amount, one.to) for one in diary.of(_JANUARY)]
    # Due on Friday 27 February and on 31 March 2026, 71 days before 10 June.
    assert [
        ("report-distributed", Decimal(1500), "general fund"),
        ("paid", Decimal("9.73"), "CLEC"),
        ("paid", Decimal(200), "CLEC"),
        ("held", Decimal("0.00"), ""),
        ("unlogged-change", Decimal(2500), "general fund"),
    ] == costs
    assert [6, 7, 8] == [bad.line for bad in diary.problems]


def test_a_correction_that_an_audit_forced_bears_surcharge_and_interest(basis: MeasureBasis, plan: PlanTerms) -> None:
    """Of 30,000 paid and 40,000 right: the shortfall, a quarter of it, interest, and 500 a day as if late (12.5)."""
    diary = read_diary(
        [
            "kind,month,clec,date,amount,correct,revealed_by,rate\n",
            "corrected,2026-01,sawtooth,2026-04-10,30000,40000,audit,0\n",
        ],
        plan,
        basis.calendar,
        lambda *_: Decimal(0),
    )

    assert [
        ("12.4, 12.6, 12.7", Decimal(10000)),
        ("12.4, 12.8, 12.9", Decimal("2500.00")),
        ("12.5", Decimal(21000)),
        ("11.4", Decimal("0.00")),
    ] == [(one.section, one.amount) for one in diary.consequences]
