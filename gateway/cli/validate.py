"""`oss-gateway validate`: what the gateway would find in a document, before it is sent."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from validators.agreement.load import AgreementError, load_agreements
from validators.agreement.terms import Agreement
from validators.bundled import bundled_path
from validators.families import family_in
from validators.judge import Judge
from validators.releases import SECOND
from validators.rules import rule_book
from validators.schema import Schemas
from validators.verdict import Finding, Outcome, Severity, Verdict

_WORDS = {
    Outcome.ACCEPTED: "accepted",
    Outcome.DEFERRED: "accepted, but deferred: a person decides before any automatic step",
    Outcome.REJECTED: "rejected",
}


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--agreement", "agreement_id", default="template", show_default=True, help="Id of the agreement.")
@click.option("--received", metavar="TIME", help="When it is received, as 2026-03-02T09:30:00-07:00; now if not given.")
@click.option("--json", "as_document", is_flag=True, help="Print JSON.")
def validate(file: Path, agreement_id: str, received: str | None, *, as_document: bool) -> None:
    """Judge the request in FILE by an agreement and print every finding at once, each with its cure.

    What only the record knows (duplicates, the order of versions) is not judged. Exit status 1 if it would be rejected.
    """
    agreements = _agreements(agreement_id)
    received_at = _instant(received)
    schemas = Schemas(agreements[agreement_id].release)
    judge = Judge(schemas, agreements, rule_book(), {(SECOND, "lsr"): Schemas(SECOND)})
    body = file.read_bytes()
    reading = judge.read(body, family_in(body) or "lsr")
    facts: dict[str, Any] = {}
    if reading.message is None:
        verdict = Verdict(judge.explain_refusal(reading, agreement_id, received_at))
    else:
        judgement = judge.judge(reading.message, agreement_id, received_at)
        verdict = judgement.verdict
        facts = {
            "pon": judgement.facts.pon,
            "ver": judgement.facts.ver,
            "product": judgement.facts.product,
            "application_date": judgement.facts.application_date.isoformat(),
        }
    if as_document:
        click.echo(json.dumps(_as_json(verdict, agreement_id, facts), indent=2))
    else:
        click.echo("\n".join(_as_text(file, verdict, facts)))
    if verdict.outcome is Outcome.REJECTED:
        raise SystemExit(1)


def _agreements(wanted: str) -> Mapping[str, Agreement]:
    try:
        agreements = load_agreements(bundled_path("config") / "agreements")
    except AgreementError as error:
        raise click.ClickException(str(error)) from None
    if wanted not in agreements:
        raise click.UsageError(f"there is no agreement {wanted!r}; there are {', '.join(agreements)}")
    return agreements


def _instant(text: str | None) -> datetime:
    if text is None:
        from gateway.app.storage import system_clock

        return system_clock().now()
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"{text!r} is no time; write it as 2026-03-02T09:30:00-07:00") from None
    if instant.tzinfo is None:
        raise click.UsageError(f"{text!r} has no offset; write it as {text}-07:00 or {text}Z")
    return instant


def _as_json(verdict: Verdict, agreement_id: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "outcome": verdict.outcome.value,
        "agreement": agreement_id,
        **facts,
        "findings": [asdict(finding) for finding in verdict.findings],
    }


def _as_text(file: Path, verdict: Verdict, facts: Mapping[str, Any]) -> list[str]:
    lines = [f"{file.name}: {_WORDS[verdict.outcome]}"]
    if facts:
        lines.append(
            f"PON {facts['pon']} VER {facts['ver']}, {facts['product'] or 'no known product'}, "
            f"application date {facts['application_date']}"
        )
    rejecting = sum(finding.severity is Severity.REJECT for finding in verdict.findings)
    if rejecting > 1:
        lines.append(f"{rejecting} findings reject it:")
    for finding in verdict.findings:
        lines += _finding_as_text(finding)
    return lines


def _finding_as_text(finding: Finding) -> list[str]:
    value = "absent" if finding.value is None else repr(finding.value)
    lines = [
        "",
        f"{finding.code} {finding.severity.value} {finding.rule} (section {finding.section})",
        f"  at    {finding.path} = {value}",
        f"  what  {finding.text}",
        f"  cure  {finding.cure}",
    ]
    if finding.also:
        lines.append(f"  also  {', '.join(finding.also)}")
    return lines
