"""`oss-gateway rules`: what messages are judged by, and how much of the agreement that covers."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import click

from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.rules import rule_book
from validators.rules.catalogue import Entry, Status, gaps, read_catalogue, selected
from validators.rules.registry import Rule


@click.group()
def rules() -> None:
    """Rules of the agreement: which there are, and what becomes of each."""


@rules.command("list")
@click.option("--json", "as_document", is_flag=True, help="Print JSON.")
def list_command(*, as_document: bool) -> None:
    """Print every rule that messages are judged by, with its section, code, severity and words."""
    entries = {entry.id: entry for entry in read_catalogue(bundled_path("config") / "catalogue")}
    book = rule_book().rules
    if as_document:
        click.echo(json.dumps({"rules": [_rule_as_json(rule, entries[rule.id]) for rule in book]}, indent=2))
        return
    for rule in sorted(book, key=lambda rule: rule.id):
        click.echo(f"{rule.code} {rule.severity:6} {rule.id} ({rule.section})\n    {entries[rule.id].rule}")


@rules.command("coverage")
@click.option(
    "--applies-to",
    "families",
    multiple=True,
    metavar="NAME",
    help="Only what applies to this: LSR, ASR, COLLO, LNP, PREORDER, PARTNER, TROUBLE or a product. May be repeated.",
)
@click.option(
    "--automatable",
    type=click.Choice(["yes", "partly", "no"]),
    multiple=True,
    help="Only what a gateway can do by itself to this degree. May be repeated.",
)
@click.option("--json", "as_document", is_flag=True, help="Print JSON.")
def coverage_command(families: tuple[str, ...], automatable: tuple[str, ...], *, as_document: bool) -> None:
    """Print what becomes of every obligation of the agreement; of a part of them, also which are not covered and why.

    Exit status 1 if the catalogue calls anything enforced or tracked that is not, or the other way round.
    """
    config = bundled_path("config")
    whole = read_catalogue(config / "catalogue")
    entries = selected(whole, families, automatable)
    if as_document:
        click.echo(json.dumps({"entries": [_entry_as_json(entry) for entry in entries]}, indent=2))
    else:
        _print_counts(entries, config)
        if len(entries) < len(whole):
            _print_uncovered(entries)
    found = gaps(whole, rule_book(), load_agreements(config / "agreements"))
    for gap in found:
        click.echo(gap, err=True)
    if found:
        raise SystemExit(1)


def _print_counts(entries: tuple[Entry, ...], config: Path) -> None:
    counts = Counter(entry.status for entry in entries)
    click.echo(f"{len(entries)} obligations in {config / 'catalogue'}")
    for status in Status:
        click.echo(f"{counts[status]:5}  {status}")


def _print_uncovered(entries: tuple[Entry, ...]) -> None:
    rest = [entry for entry in entries if not entry.covered]
    covered = len(entries) - len(rest)
    click.echo(f"{covered} of {len(entries)} enforced or tracked ({covered / max(len(entries), 1):.1%})")
    for entry in rest:
        click.echo(f"  {entry.id} ({entry.section}): {entry.status}, {entry.reason}")


def _entry_as_json(entry: Entry) -> dict[str, str]:
    return {"id": entry.id, "section": entry.section, "status": entry.status.value, "reason": entry.reason}


def _rule_as_json(rule: Rule[Any], entry: Entry) -> dict[str, Any]:
    scope = rule.scope
    return {
        "id": rule.id,
        "section": rule.section,
        "code": rule.code.value,
        "severity": rule.severity.value,
        "phase": rule.phase.value,
        "family": scope.family,
        "requisitions": _listed(scope.requisitions),
        "activities": _listed(scope.activities),
        "products": _listed(scope.products),
        "rule": entry.rule,
        "reading": entry.reading,
        "source": entry.source,
    }


def _listed(names: frozenset[str] | None) -> list[str] | None:
    return None if names is None else sorted(names)
