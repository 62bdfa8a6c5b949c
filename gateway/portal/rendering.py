"""How pages are written: templates that escape everything, times in the reader's zone, lists as files."""

import csv
import io
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import jinja2
from markupsafe import Markup

from gateway.notices.plain_text import title_of
from gateway.portal.pages import Listing

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the begin of a formula."""


class Rendering:
    """Makes HTML of templates. Every value is escaped; a name that a template lacks is an error, not a gap."""

    def __init__(self, static: Mapping[str, str]) -> None:
        self._environment = jinja2.Environment(
            loader=jinja2.PackageLoader("gateway.portal"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        self._environment.filters |= {"when": when, "day": day, "left": left, "label": label}
        self._environment.filters |= {"notice": title_of, "report": report}
        self._environment.globals["static"] = static

    def html(self, template: str, context: Mapping[str, Any]) -> str:
        """Give a page.

        Raises:
            jinja2.TemplateError: the template is wrong, or the context lacks what it needs.
        """
        return self._environment.get_template(template).render(context)


@jinja2.pass_context
def when(context: jinja2.runtime.Context, instant: datetime | None, nothing: str = "-") -> Markup | str:
    """Tell an instant in the page's zone, and in UTC to who points at it."""
    if instant is None:
        return nothing
    local, utc = instant.astimezone(ZoneInfo(context["zone"])), instant.astimezone(UTC)
    return Markup('<time datetime="{}" title="{} UTC">{}</time>').format(
        utc.isoformat(timespec="seconds"), f"{utc:%Y-%m-%d %H:%M:%S}", f"{local:%Y-%m-%d %H:%M %Z}"
    )


def day(value: date | None, nothing: str = "-") -> Markup | str:
    """Tell a date, with its day of the week to who points at it."""
    if value is None:
        return nothing
    return Markup('<time datetime="{}" title="{}">{}</time>').format(value, f"{value:%A}", value)


@jinja2.pass_context
def left(context: jinja2.runtime.Context, due: datetime) -> Markup:
    """Tell how long it is until an instant, or how long it is over, in words and never by colour alone."""
    over = due < context["now"]
    words = spell(abs(due - context["now"]))
    kind, text = ("late", f"{words} overdue") if over else ("left", f"{words} left")
    return Markup('<span class="{}">{}</span>').format(kind, text)


def spell(length: timedelta) -> str:
    """Give a length of time in its two largest units: `3 d 4 h`, `4 h 10 min`, `2 min`, and below a minute `12 s`."""
    if length < _MINUTE:
        return f"{length // timedelta(seconds=1)} s"
    days, rest = divmod(length, _DAY)
    hours, rest = divmod(rest, _HOUR)
    minutes = rest // _MINUTE
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


_ABBREVIATED: Final = frozenset(
    {
        *(
            "apot",
            "asr",
            "bcn",
            "bfr",
            "cfa",
            "clec",
            "cn",
            "dc",
            "ds0",
            "ds1",
            "ds3",
            "eel",
            "foc",
            "hfc",
            "icb",
            "icdf",
        ),
        *("ilec", "isdn", "lis", "lmc", "lnp", "lsr", "nci", "nid", "oc3", "oc12", "oc48", "pic", "pon", "pson", "rfs"),
        *("rn", "soc", "srp", "sup", "tgsr", "tn", "udit", "une", "wtn", "xdsl"),
    }
)
"""Words of states, products and clocks that the trade writes in capitals."""


@jinja2.pass_context
def report(context: jinja2.runtime.Context, drawn: str) -> Markup:
    """Give a report as the gateway has drawn it: all data in it are escaped there. Its charts may carry their style."""
    return Markup(drawn.replace("<style", f'<style nonce="{context["style_nonce"]}"'))  # noqa: S704 - see above


def label(name: str) -> str:
    """Give the name of a state, product or kind as people read it: `PENDING_FACILITIES` as `Pending facilities`."""
    words = name.replace("_", " ").replace("-", " ").lower().split()
    written = " ".join(word.upper() if word in _ABBREVIATED else word for word in words)
    return written[:1].upper() + written[1:]


def csv_text(listing: Listing) -> str:
    """Give a list as CSV (RFC 4180); no cell can be taken for a formula by the spreadsheet that opens it."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(listing.columns)
    writer.writerows([_cell(value) for value in row] for row in listing.rows)
    return file.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    text = _TEXTS.get(type(value), str)(value)
    return f"'{text}" if text.startswith(_FORMULA) and not isinstance(value, int) else text


_TEXTS: Final[Mapping[type, Callable[[object], str]]] = {type(None): lambda _: ""}
