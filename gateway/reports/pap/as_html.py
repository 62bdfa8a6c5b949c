"""The payment report as one web page: for people who know Exhibit K, on a screen or printed."""

from calendar import month_name
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from html import escape
from typing import Final

from gateway.reports.measures.terms import MeasureTerms
from gateway.reports.pages.page import anchor, page, table
from gateway.reports.pap.diary import Diary
from gateway.reports.pap.statement import PapReport, UnitMonth, dollars
from gateway.reports.pid.as_json import decimal
from gateway.reports.plan.conformance import Conformance
from gateway.reports.plan.samples import MeanSample

_SAID: Final = {
    Conformance.MEETS: "<span class='good'>✓ meets</span>",
    Conformance.ALLOWANCE: "<span class='good'>✓ one miss allowed</span> (3.2.3)",
    Conformance.FAILS: "<span class='bad'>✗ fails</span>",
    Conformance.NO_VOLUME: "<span class='dim'>○ no volume</span>",
}
_FLAGS: Final = {
    "place_not_told": "the back end did not say where the services are, so zone or area is not known",
    "no_retail_result": "the feed has no retail result to compare with",
    "zero_retail_variance": "retail has no variance: a person decides (P-S0)",
    "drawn_permutations": "the permutation test drew arrangements by the seed of the terms",
    "no_retail_volume": "retail had no volume",
    "fails_but_not_worse_than_standard": "the test fails while the result is not worse than the standard result",
}
_NAMES: Final = ("CLEC", "Measure", "Product", "Result", "Standard", "Verdict", "Level", "Escalation", "Owed")
_STEPS: Final = (
    "Month",
    "Volume",
    "Result",
    "Verdict",
    "Extent",
    "Level",
    "Escalation",
    "Per occurrence",
    "Occurrences",
    "Amount",
)


class PapPage:
    """Draws one statement.

    Args:
        report: the statement.
        diary: what people noted.
        terms: Exhibit B, for the names of products.
        pid_page: address of the page of the month's performance indicators, for links to the orders.
    """

    def __init__(self, report: PapReport, diary: Diary, terms: MeasureTerms, pid_page: str = "") -> None:
        self._report = report
        self._diary = diary
        self._terms = terms
        self._pid_page = pid_page

    def html(self) -> str:
        """Give the page."""
        month = self._report.month
        return page(f"Performance payments, {month_name[month.number]} {month.year}", self.body())

    def body(self) -> Sequence[str]:
        """Give what stands below the title, for a page that has a frame of its own."""
        return (self._opening(), self._units(), *self._chains(), self._cap(), self._noted(), self._readings())

    def _opening(self) -> str:
        report = self._report
        rows = [(escape(clec), dollars(amount)) for clec, amount in report.totals.items()]
        owed = sum(report.totals.values(), Decimal(0))
        paying = [one for one in report.units if one.paid]
        due = f" It is due by {max(one.due.payment for one in paying)}." if paying else ""
        return (
            f"<p class='facts'>Exhibit K, {escape(report.version)} · state {escape(report.state)}</p>"
            f"<p><strong>{dollars(owed)}</strong> is owed for {len(paying)} of {len(report.units)} submeasures of this "
            f"performance month.{due}</p>{table('Owed by CLEC', ('CLEC', 'Dollars'), rows, 'numbers')}"
        )

    def _units(self) -> str:
        rows = [self._row(one) for one in self._report.units]
        return f"<h2 id='figures'>Submeasures</h2>{table('Every payment-eligible submeasure', _NAMES, rows, 'numbers')}"

    def _row(self, one: UnitMonth) -> Sequence[str]:
        return (
            escape(one.unit.clec),
            f"<a href='#{_anchor(one)}'>{escape(one.unit.measure)}</a>",
            escape(self._product(one.unit.product)),
            _amount(one, one.verdict.result),
            _amount(one, one.verdict.standard),
            _said(one),
            _level(one),
            _escalation(one),
            f"<strong>{dollars(one.paid)}</strong>",
        )

    def _chains(self) -> Iterator[str]:
        for one in self._report.units:
            unit = one.unit
            name = f"{unit.clec} · {unit.measure} · {self._product(unit.product)} · {unit.state}"
            chain = self._report.history[unit]
            first = next((n for n, step in enumerate(chain) if step.verdict.observed is not None), 0)
            steps = [self._step(step) for step in chain[first:]]
            flags = "".join(
                f"<p class='note'>For a person: {escape(_FLAGS.get(flag, flag))}.</p>" for flag in one.verdict.flags
            )
            yield (
                f"<h3 id='{_anchor(one)}'>{escape(name)}</h3>{flags}{self._orders(one)}"
                f"{table('From the first month with volume to this one', _STEPS, steps, 'numbers', name)}"
            )

    def _orders(self, one: UnitMonth) -> str:
        figures = one.verdict.observed.figures if one.verdict.observed else ()
        links = [
            f"<a href='{escape(self._pid_page)}#{anchor(figure)}'>{escape(figure)}</a>"
            if self._pid_page
            else escape(figure)
            for figure in figures
        ]
        return (
            f"<p class='facts'>Its orders stand under {', '.join(links)} in the month's indicators.</p>"
            if links
            else ""
        )

    def _step(self, step: UnitMonth) -> Sequence[str]:
        found = step.verdict.observed
        misses = f", {found.sample.misses} missed" if found and not isinstance(found.sample, MeanSample) else ""
        paid = step.paid != step.payment.amount
        return (
            str(step.month),
            f"{found.sample.count}{misses}" if found else "0",
            _amount(step, step.verdict.result),
            _said(step),
            str(step.verdict.month.extent) if step.verdict.month.extent else "—",
            _level(step),
            _escalation(step),
            dollars(step.payment.per_occurrence) if step.payment.level else "—",
            decimal(step.verdict.month.occurrences, 4) if step.verdict.month.occurrences else "—",
            f"{dollars(step.paid)}{' (11.1.1)' if paid else ''}",
        )

    def _product(self, code: str) -> str:
        product = self._terms.products.get(code)
        return f"{product.name} ({code})" if product else code

    def _cap(self) -> str:
        cap = self._report.cap
        rows = [(str(year), dollars(amount), dollars(cap.cap)) for year, amount in sorted(cap.by_year.items())]
        crossed = (
            f"<p class='note'>For a person: the cap is crossed in {cap.crossing}; the plan does not say how the "
            "payment is shared among the CLECs (10).</p>"
            if cap.crossing
            else ""
        )
        asked = "<p class='note'>The Commission may ask for an explanation (10.3).</p>" if cap.may_be_asked else ""
        listed = table("All CLECs of the state together", ("Year", "Payments", "Cap"), rows, "numbers")
        return f"<h2 id='cap'>Annual cap (10)</h2>{crossed}{asked}{listed}"

    def _noted(self) -> str:
        noted = self._diary.of(self._report.month)
        if not noted:
            return ""
        rows = [
            (
                escape(one.kind),
                escape(one.clec) or "—",
                escape(one.text),
                one.section,
                dollars(one.amount),
                escape(one.to) or "—",
            )
            for one in noted
        ]
        names = ("What", "CLEC", "In words", "Section", "Dollars", "To")
        listed = table("What follows from them", names, rows, "numbers")
        return f"<h2 id='noted'>Reports and payments as noted</h2>{listed}"

    def _readings(self) -> str:
        rows = [(f"<code>{escape(name)}</code>", escape(value)) for name, value in self._report.readings.items()]
        return (
            "<h2 id='readings'>What the payments rest on</h2><p class='facts'>Where the plan leaves a question open, "
            "this reading is taken; a change belongs into the change log (13.1).</p>"
            f"{table('Readings', ('Question', 'Reading'), rows)}"
        )


def _anchor(one: UnitMonth) -> str:
    return anchor(f"{one.unit.clec}|{one.unit.measure}|{one.unit.product}|{one.unit.state}")


def _said(one: UnitMonth) -> str:
    if one.verdict.observed is not None and one.verdict.month.conformance is Conformance.NO_VOLUME:
        return "<span class='dim'>○ not judged</span>"
    return _SAID[one.verdict.month.conformance]


def _level(one: UnitMonth) -> str:
    return f"Level {one.payment.level}" if one.payment.level else "—"


def _escalation(one: UnitMonth) -> str:
    return f"Month {one.payment.escalation_month}" if one.payment.escalation_month else "—"


def _amount(one: UnitMonth, value: Fraction | None) -> str:
    if value is None:
        return "n/a"
    found = one.verdict.observed
    if found is not None and isinstance(found.sample, MeanSample):
        return decimal(value)
    return f"{decimal(value * 100)} %"
