"""Writes the generated pages under `docs/reference` from the code they describe, or checks that they are up to date."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from docs.pages import clocks, commands, metrics, rules, settings, test_accounts

_REFERENCE = Path(__file__).resolve().parent / "reference"

_PAGES: dict[str, Callable[[], str]] = {
    "clocks.md": clocks.page,
    "commands.md": commands.page,
    "metrics.md": metrics.page,
    "rules.md": rules.page,
    "settings.md": settings.page,
    "test-accounts.md": test_accounts.page,
}


def main() -> int:
    """Give 0 if all pages are, or were made, what the code says; 1 if `--check` found one that is not."""
    parser = argparse.ArgumentParser(prog="python -m docs.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a page is out of date")
    checking = parser.parse_args().check
    stale = [name for name, page in _PAGES.items() if _written(name) != page()]
    if not checking:
        _write(stale)
        return 0
    if stale:
        sys.stdout.write(f"out of date, run `make docs` and commit: {', '.join(stale)}\n")
        return 1
    sys.stdout.write(f"generated pages: {len(_PAGES)} up to date\n")
    return 0


def _written(name: str) -> str | None:
    path = _REFERENCE / name
    return path.read_text(encoding="utf-8") if path.exists() else None


def _write(names: list[str]) -> None:
    _REFERENCE.mkdir(exist_ok=True)
    for name in names:
        (_REFERENCE / name).write_text(_PAGES[name](), encoding="utf-8")
        sys.stdout.write(f"wrote docs/reference/{name}\n")


if __name__ == "__main__":
    sys.exit(main())
