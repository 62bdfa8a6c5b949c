"""What all report pages are built of: the frame, tables, lists that fold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

_STYLE: Final = Path(__file__).with_name("report.css")


@dataclass(frozen=True, slots=True)
class Places:
    """What stands before the id of something that a report links to; empty where nothing is to be linked."""

    orders: str
    registers: str


API: Final = Places("/v1/orders/", "/v1/operations/registers/")


def page(title: str, body: Iterable[str], skip_to: str = "figures") -> str:
    """Give a whole page that needs no other file."""
    style = _STYLE.read_text(encoding="utf-8")
    return (
        "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>{escape(title)}</title><style>{style}</style></head>"
        f"<body><a class='skip' href='#{escape(skip_to)}'>To the figures</a><main><h1>{escape(title)}</h1>"
        f"{''.join(body)}</main></body></html>\n"
    )


def table(caption: str, names: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "", of: str = "") -> str:
    """Give a table; cells are HTML already, the first of each row names it.

    Of several tables with the same caption each says what it is `of`, so that they are told apart by ear, too.
    """
    head = "".join(f"<th scope='col'>{escape(name)}</th>" for name in names)
    body = "".join(
        f"<tr><th scope='row'>{row[0]}</th>{''.join(f'<td>{cell}</td>' for cell in row[1:])}</tr>" for row in rows
    )
    label = f"{of}: {caption}" if of else caption
    return (
        f"<div class='wide' tabindex='0' role='region' aria-label='{escape(label)}'>"
        f"<table class='{kind}'><caption>{escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def anchor(text: str) -> str:
    """Give a name that can be linked to."""
    return "".join(sign.lower() if sign.isalnum() else "-" for sign in text)


def judged(met: bool | None) -> str:  # noqa: FBT001 - three answers, of which two are true and false
    """Say in sign and word whether a standard was reached, never by colour alone."""
    if met is None:
        return "<span class='dim'>— no standard</span>"
    return "<span class='good'>✓ met</span>" if met else "<span class='bad'>✗ not met</span>"
