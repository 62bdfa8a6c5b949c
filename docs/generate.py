"""Writes what is generated (pages, schema of scenarios, invented territory), or checks that it is up to date."""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from docs import second_release
from docs.pages import (
    clocks,
    collocation_decisions,
    commands,
    metrics,
    releases,
    rules,
    settings,
    test_accounts,
    worksheet,
)
from gateway.conformance.json_schema import scenario_schema
from gateway.preorder.invented import invented

_TOP = Path(__file__).resolve().parents[1]

_PAGES: dict[str, Callable[[], str]] = {
    "clocks.md": clocks.page,
    "collocation-decisions.md": collocation_decisions.page,
    "commands.md": commands.page,
    "metrics.md": metrics.page,
    "release-differences.md": releases.page,
    "rules.md": rules.page,
    "settings.md": settings.page,
    "worksheet-lsr.html": worksheet.page,
    "test-accounts.md": test_accounts.page,
}


def main() -> int:
    """Give 0 if all pages are, or were made, what the code says; 1 if `--check` found one that is not."""
    parser = argparse.ArgumentParser(prog="python -m docs.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a page is out of date")
    checking = parser.parse_args().check
    schemas = {f"schemas/r2/{name}": text for name, text in second_release.schemas().items()}
    if not checking:
        _write({name: text for name, text in schemas.items() if _written(name) != text})
    texts = {f"docs/reference/{name}": page() for name, page in _PAGES.items()}
    texts |= schemas
    texts["config/conformance/scenario.schema.json"] = scenario_schema()
    texts |= {f"config/territory/{name}.csv": text for name, text in invented().items()}
    stale = {name: text for name, text in texts.items() if _written(name) != text}
    if not checking:
        _write(stale)
        return 0
    if stale:
        sys.stdout.write(f"out of date, run `make docs` and commit: {', '.join(stale)}\n")
        return 1
    sys.stdout.write(f"generated pages: {len(texts)} up to date\n")
    return 0


def _written(name: str) -> str | None:
    path = _TOP / name
    return path.read_text(encoding="utf-8") if path.exists() else None


def _write(texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        path = _TOP / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        sys.stdout.write(f"wrote {name}\n")


if __name__ == "__main__":
    sys.exit(main())
