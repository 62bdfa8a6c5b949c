"""Charts as SVG inside a page: drawn by pygal, the same bytes for the same figures, told in words to who cannot see."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import Any, Final

from lxml import etree

_SVG: Final = "{http://www.w3.org/2000/svg}"
_FONT: Final = "system-ui, sans-serif"
_GOOD, _BAD, _LINE, _LIMIT = "#1b6e3c", "#b3261e", "#1f4e79", "#8a5a00"


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values under a name; None leaves a gap."""

    name: str
    values: Sequence[Fraction | int | None]


def stacked_bars(name: str, told: str, labels: Sequence[str], good: Series, bad: Series, axis: str) -> str:
    """Draw counts as bars, what is good below what is bad."""
    chart = _pygal().StackedBar(**_options((_GOOD, _BAD)), x_title=axis, y_title="FOCs", show_legend=True)
    return _drawn(chart, name, told, labels, (good, bad))


def lines(name: str, told: str, labels: Sequence[str], result: Series, standard: Series | None, top: int | None) -> str:
    """Draw a result month by month from 0 to `top`, where that is known, with its standard where it has one."""
    span = {"range": (0, top)} if top else {"min_scale": 2, "zero": 0}
    chart = _pygal().Line(**_options((_LINE, _LIMIT)), dots_size=4, show_legend=True, **span)
    return _drawn(chart, name, told, labels, (result, standard) if standard else (result,))


def _pygal() -> Any:
    """Import the library, and take away the finder that it puts before every later import of the whole process.

    The finder serves its plugins, of which there are none here, in a way that Python has warned of since 3.10.
    """
    import pygal

    sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != pygal.__name__]
    return pygal


def _options(colors: tuple[str, ...]) -> dict[str, Any]:
    style = _pygal().style.Style(
        background="transparent",
        plot_background="transparent",
        foreground="currentColor",
        foreground_strong="currentColor",
        foreground_subtle="currentColor",
        colors=colors,
        font_family=_FONT,
        label_font_size=12,
        major_label_font_size=12,
        legend_font_size=12,
        title_font_size=13,
        opacity=".85",
    )
    return {
        "style": style,
        "js": (),
        "disable_xml_declaration": True,
        "width": 720,
        "height": 260,
        "legend_at_bottom": True,
        "truncate_legend": -1,
        "include_x_axis": True,
        "max_scale": 6,
    }


def _drawn(chart: Any, name: str, told: str, labels: Sequence[str], series: Sequence[Series]) -> str:
    # pygal names each chart by chance and dates it; a report that is made again must be the same.
    chart.uuid = name
    chart.x_labels = labels
    for one in series:
        chart.add(one.name, [None if value is None else float(value) for value in one.values])
    root = etree.fromstring(chart.render())
    for comment in root.xpath("//comment()"):
        comment.getparent().remove(comment)
    for left_over in (*root.iter(f"{_SVG}script"), *root.iter(f"{_SVG}desc"), *root.xpath("//*[@class='tooltip']")):
        left_over.getparent().remove(left_over)
    for legend in root.xpath("//*[starts-with(@id, 'activate-serie-')]"):
        del legend.attrib["id"]  # the same in every chart of the page
    root.set("role", "img")
    root.set("aria-label", told)
    svg = etree.tostring(root, encoding="unicode")
    return f"<figure>{svg}<figcaption>{escape(told)}</figcaption></figure>"
