"""Debian's Chromium, driven by Playwright, and what axe finds on a page."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.rig.people import session_of

_QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
_SERIOUS = {"serious", "critical"}
_HELD_TOO = {"landmark-unique"}
"""Rules that axe calls moderate, and that no page needs to break."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give a browser for one test; its driver keeps an event loop, so that it must end before the next test."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("no chromium on PATH: `make test` installs it where it may, else install Debian's chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(_QUIET))
        yield browser
        browser.close()


def signed_in(browser: Browser, url: str, login: str, **look: Any) -> BrowserContext:
    """Give a window of its own for somebody of the rig's people; `look` as Playwright's `new_context` takes it."""
    context = browser.new_context(base_url=url, **look)
    context.set_default_timeout(10_000)
    context.add_cookies([{"name": "session", "value": session_of(login), "url": url}])
    return context


def barriers(page: Page) -> list[str]:
    """Give what axe finds on a page that keeps people with disabilities out, each with its place."""
    found = Axe().run(page, options=_RULES).response["violations"]
    return [
        f"{one['id']}: {one['help']} at {', '.join(str(node['target']) for node in one['nodes'])}"
        for one in found
        if one["impact"] in _SERIOUS or one["id"] in _HELD_TOO
    ]
