"""The report as one web page: for people who know Exhibit B, on a screen or printed."""

import re
from calendar import month_name
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from html import escape
from typing import Final

from gateway.reports.measures.terms import MeasureTerms
from gateway.reports.pages.charts import Series, lines, stacked_bars
from gateway.reports.pages.page import API, Places, anchor, judged, page, table
from gateway.reports.pid.as_json import decimal, hours, shown
from gateway.reports.pid.figures import MEASURES, Figure, family_of
from gateway.reports.pid.reasons import EXCLUSIONS
from gateway.reports.pid.report import PidReport
from gateway.reports.pid.shown_records import Record, ShownRecords
from gateway.reports.pid.trend import Trend

_SUMMARY: Final = ("Measure", "Product", "CLEC", "Result", "Standard", "Reached", "Made of", "Left out")
_WITHOUT: Final = ("Measure", "Result", "Why")
_FACTS: Final[Mapping[str, str]] = {
    "received_at": "received",
    "application_at": "counts from",
    "foc_at": "FOC",
    "took": "took",
    "limit": "limit",
    "rejected_at": "rejected",
    "application_date": "application",
    "original_due_date": "due by the first FOC",
    "changes": "moved by",
    "completed_on": "completed",
    "miss_reason": "reason",
    "frame_due_at": "frame due",
    "trigger_set_at": "trigger set",
    "quoted_on": "quoted",
    "accepted_on": "accepted",
    "equipment_on": "equipment",
    "rfs_date": "RFS date",
    "ready_on": "ready",
    "asked_at": "asked",
    "answered_by": "answered by",
    "began_at": "began",
    "ended_at": "ended",
}
_BARS: Final = 24
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")


class PidPage:
    """Draws one report.

    Args:
        report: the figures.
        records: those to be listed.
        trend: the months up to the report's own.
        terms: Exhibit B.
        base_url: what stands before `/v1/orders/…` in links.
        places: where what records are of is shown.
    """

    def __init__(
        self,
        report: PidReport,
        records: ShownRecords,
        trend: Trend,
        terms: MeasureTerms,
        base_url: str = "",
        places: Places = API,
    ) -> None:
        self._report = report
        self._records = records
        self._trend = trend
        self._terms = terms
        self._base_url = base_url.rstrip("/")
        self._places = places

    def html(self) -> str:
        """Give the page."""
        month = self._report.month
        return page(f"Performance indicators, {month_name[month.number]} {month.year}", self.body())

    def body(self) -> Sequence[str]:
        """Give what stands below the title, for a page that has a frame of its own."""
        return (
            self._opening(),
            self._summary(),
            *self._families(),
            self._without(),
            self._left_out(),
            self._readings(),
        )

    def _opening(self) -> str:
        report = self._report
        whose = f"CLEC {report.partner_id}" if report.partner_id else "all CLECs, each singly and together"
        standards = [figure.met for figure in report.figures if not figure.line.clec and figure.met is not None]
        said = f"{sum(standards)} of {len(standards)} standards were met by all CLECs' orders together."
        nothing = "" if report.orders_read else "<p class='note'>No order has anything to do with this month.</p>"
        unknown = (
            f"<p class='note'>{report.orders_without_terms} orders are under agreements that are not loaded; "
            "nothing is said of them.</p>"
            if report.orders_without_terms
            else ""
        )
        return (
            f"<p class='facts'>Exhibit B, {escape(report.version)} · {escape(whose)} · computed from the event log, "
            f"{report.orders_read} orders read</p><p>{said if standards else ''} Follow a number under “Made of” to "
            "the orders that it counts, and an order to its history in the gateway.</p>"
            f"{nothing}{unknown}{self._standing()}"
        )

    def _standing(self) -> str:
        """Say whether facts of the month may still be entered, and which readings are not those that are shipped."""
        names = ", ".join(self._report.changed_readings)
        changed = (
            f"<p class='note'><strong>Changed readings:</strong> <a href='#readings'>{escape(names)}</a>. Figures "
            "differ from those under the shipped readings; <code>--compare-readings</code> shows how.</p>"
            if names
            else ""
        )
        if not self._report.provisional:
            return changed
        return changed + (
            "<p class='note'><strong>Provisional.</strong> What is entered for this month until "
            f"{self._report.closes_on} still counts, so figures may change.</p>"
        )

    def _without(self) -> str:
        rows = [
            (escape(name), "<span class='result'>n/a</span>", escape(why))
            for name, why in self._report.without_records.items()
        ]
        return f"<h2 id='without'>Without records</h2>{table('Measures that nothing counted in', _WITHOUT, rows)}"

    def _summary(self) -> str:
        order = tuple(MEASURES)
        figures = sorted(self._report.figures, key=lambda figure: order.index(family_of(figure.line.measure)[0]))
        rows = [self._row(figure) for figure in figures]
        caption = "Every figure of the month; “all” adds up the CLECs"
        return f"<h2 id='figures'>Figures</h2>{table(caption, _SUMMARY, rows, 'numbers')}"

    def _row(self, figure: Figure) -> Sequence[str]:
        line = figure.line
        excluded = sum(figure.sums.excluded.values())
        return (
            f"<a href='#{anchor(family_of(line.measure)[0])}'>{escape(line.measure)}</a>",
            escape(self._product(line.product)) or "—",
            escape(line.clec) or "<strong>all</strong>",
            f"<span class='result'>{shown(figure)}</span>{_unit(figure)}",
            _standard(figure),
            judged(figure.met) if figure.standard is not None else "<span class='dim'>diagnostic</span>",
            f"<a href='#{anchor(line.id)}'>{_made_of(figure)}</a>",
            f"<a href='#{anchor(line.id)}'>{excluded}</a>" if excluded else "0",
        )

    def _families(self) -> Iterator[str]:
        found = dict.fromkeys(family_of(figure.line.measure)[0] for figure in self._report.figures)
        for family in (name for name in MEASURES if name in found):
            of_family = [one for one in self._report.figures if family_of(one.line.measure)[0] == family]
            together = [figure for figure in of_family if not figure.line.clec]
            measure = MEASURES[family]
            yield (
                f"<h2 id='{anchor(family)}'>{family}: {escape(measure.title)}</h2>"
                f"<p class='facts'>{escape(measure.purpose)} (Exhibit B {escape(family)})</p>"
            )
            for figure in together:
                yield from self._figure(figure)

    def _figure(self, figure: Figure) -> Iterator[str]:
        line = figure.line
        name = self._name(figure)
        sentence = f"{_made_of(figure)}: {shown(figure)}{_unit(figure)}"
        against = f", standard {_standard(figure)} {judged(figure.met)}" if figure.standard is not None else ""
        yield f"<h3 id='{anchor(line.id)}'>{escape(name)}</h3><p>{sentence}{against}</p>"
        if figure.sums.hours and not line.measure.startswith("PO-5A"):
            yield self._distribution(figure)
        if len([one for one in self._trend.results(line) if one is not None]) > 1:
            yield self._history(figure)
        yield self._list(figure)

    def _name(self, figure: Figure) -> str:
        line = figure.line
        return " · ".join(filter(None, (line.measure, self._product(line.product), line.state)))

    def _product(self, code: str) -> str:
        product = self._terms.products.get(code)
        return f"{product.name} ({code})" if product else code

    def _distribution(self, figure: Figure) -> str:
        """Draw how long the FOCs took, in hours of their own clock, against the limit."""
        product = self._terms.products[figure.line.product]
        added = self._terms.limits.po5c_added_hours if figure.line.measure.startswith("PO-5C") else 0
        limit = (product.foc_hours or 0) + (0 if product.facility_check else added)
        longest = max((*figure.sums.hours, limit))
        width = -(-longest // _BARS)
        good, bad, labels = [0] * _BARS, [0] * _BARS, []
        for hour, count in figure.sums.hours.items():
            place = max(0, hour - 1) // width
            (good if hour <= limit else bad)[place] += count
        used = -(-longest // width)
        labels = [f"{(n + 1) * width}" for n in range(used)]
        late = sum(bad)
        told = (
            f"{figure.line.measure}, {product.name}: FOCs by the hours that they took; "
            f"{sum(good)} within the limit of {limit} h, {late} after it."
        )
        return stacked_bars(
            f"hours-{anchor(figure.line.id)}",
            told,
            labels,
            Series(f"within {limit} h", good[:used]),
            Series(f"after {limit} h", bad[:used]),
            "up to … hours",
        )

    def _history(self, figure: Figure) -> str:
        percent, top = (100, 100) if figure.kind == "share" else (1, None)
        results = [None if one is None else one * percent for one in self._trend.results(figure.line)]
        months = [str(month) for month in self._trend.months]
        standard = None if figure.standard is None else Series("standard", [figure.standard * percent] * len(months))
        in_words = ", ".join(
            f"{month} {'n/a' if result is None else decimal(result)}"
            for month, result in zip(months, results, strict=True)
        )
        unit = "percent" if figure.kind == "share" else figure.unit.replace("h:mm", "minutes")
        told = f"{figure.line.measure} month by month, {unit}: {in_words}."
        return lines(f"trend-{anchor(figure.line.id)}", told, months, Series("result", results), standard, top)

    def _list(self, figure: Figure) -> str:
        records = self._records.of(figure.line.id)
        facts = [name for name in _FACTS if any(record.get(name) for record in records)]
        names = ("Order", "CLEC", "Outcome", *(_FACTS[name] for name in facts))
        rows = (self._record(record, facts) for record in records)
        count, seen = len(records), self._records.seen(figure.line.id)
        all_of = (
            f"All {seen} records" if count == seen else f"{count} of {seen} records; the CSV of records has them all"
        )
        listed = table(all_of, names, rows, of=self._name(figure))
        is_open = " open" if count <= _BARS else ""
        return f"<details{is_open}><summary>{all_of}</summary>{listed}</details>"

    def _record(self, record: Record, facts: Iterable[str]) -> Sequence[str]:
        order = escape(record["order"])
        address, name = _address(record, self._places), escape(record["pon"])
        link = f"<a href='{escape(self._base_url)}{address}'>{name}</a>" if address else name
        told = (escape(_readable(str(record.get(name, "")))) for name in facts)
        return (f"{link}<br><code class='dim'>{order}</code>", escape(record["clec"]), _outcome(record), *told)

    def _left_out(self) -> str:
        reasons = sorted({reason for figure in self._report.figures for reason in figure.sums.excluded})
        if not reasons:
            return ""
        rows = [
            (f"<code>{escape(reason)}</code>", escape(EXCLUSIONS.get(reason, reason)), str(self._left_out_by(reason)))
            for reason in reasons
        ]
        listed = table("Why records are not counted", ("Reason", "In words", "Records"), rows)
        return f"<h2 id='left-out'>Left out</h2>{listed}"

    def _left_out_by(self, reason: str) -> int:
        return sum(figure.sums.excluded[reason] for figure in self._report.figures if not figure.line.clec)

    def _readings(self) -> str:
        changed = self._report.changed_readings
        rows = [
            (
                f"<code>{escape(name)}</code>",
                f"{escape(value)} <strong class='bad'>changed</strong>, shipped: {escape(changed[name])}"
                if name in changed
                else escape(value),
            )
            for name, value in self._report.readings.items()
        ]
        hours = [
            (f"<code>{escape(name)}</code>", escape(published.source)) for name, published in self._terms.hours.items()
        ]
        return (
            "<h2 id='readings'>What the figures rest on</h2><p class='facts'>Where the exhibit leaves a question open, "
            "this reading is taken. A change of one belongs into the change log (Exhibit K 13.1).</p>"
            f"{table('Readings', ('Question', 'Reading'), rows)}{table('Published hours', ('Of', 'Source'), hours)}"
        )


def _unit(figure: Figure) -> str:
    return (
        f" <span class='dim'>{escape(figure.unit)}</span>"
        if figure.kind != "share" and figure.result is not None
        else ""
    )


def _standard(figure: Figure) -> str:
    if figure.standard is None:
        return "—"
    if figure.kind == "share":
        return f"at least {_short(figure.standard * 100)} %"
    return f"at most {_short(figure.standard)} {escape(figure.unit)}"


def _short(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else decimal(value)


def _address(record: Record, places: Places) -> str:
    """Give where the gateway shows what a record is of; queries and hours are shown nowhere."""
    if register := record.get("register"):
        return f"{places.registers}{escape(register)}/{escape(record['order'])}" if places.registers else ""
    return f"{places.orders}{escape(record['order'])}" if record["order"].startswith("ord_") else ""


def _made_of(figure: Figure) -> str:
    if figure.unit == "h:mm:ss":
        return f"{_span(figure.numerator)} of {_span(Fraction(figure.denominator))}"
    if figure.kind == "share":
        return f"{figure.numerator} of {figure.denominator}"
    if figure.kind == "count":
        return f"{figure.denominator} pending orders"
    total = hours(figure.numerator) if figure.unit == "h:mm" else _short(figure.numerator)
    return f"{total} over {figure.denominator}"


def _span(seconds: Fraction) -> str:
    """Write seconds as hours, minutes and seconds."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def _outcome(record: Record) -> str:
    measure = MEASURES[family_of(record["figure"].partition("|")[0])[0]]
    lasted = f" {_span(abs(Fraction(record['value'])))}" if measure.unit == "h:mm:ss" and "value" in record else ""
    match record["outcome"]:
        case "met":
            return f"<span class='good'>✓ {escape(measure.said[0])}</span>{lasted}"
        case "missed":
            return f"<span class='bad'>✗ {escape(measure.said[1])}</span>{lasted}"
        case "measured":
            value = Fraction(record["value"])
            return f"<span class='result'>{hours(value) if measure.unit == 'h:mm' else _short(value)}</span>"
        case _:
            reason = record["reason"]
            return f"<span class='dim'>○ left out</span> {escape(EXCLUSIONS.get(reason, reason))}"


def _readable(fact: str) -> str:
    """Give an instant as people write it; the zone is the agreement's everywhere."""
    return fact[:16] if _INSTANT.match(fact) else fact
