"""`oss-gateway clocks`: when an order counts as applied for, and what is owed by when."""

import json
from datetime import datetime
from pathlib import Path

import click

from validators.agreement.application import application_of
from validators.agreement.explain import Explanation, as_json, as_text, explain
from validators.agreement.load import AgreementError, load_agreements
from validators.agreement.products import recogniser
from validators.agreement.terms import Agreement
from validators.bundled import bundled_path
from validators.families import FAMILIES, family_of
from validators.rules.case import OrderFacts, PartnerCodes
from validators.rules.collocation_case import application_at_receipt
from validators.xml import XmlRefused, parse


class _Instant(click.ParamType[datetime]):
    """An instant as ISO 8601 with its offset."""

    name = "time"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read the instant; a time without offset names none."""
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a time; write it as 2026-11-20T19:30:00-07:00", param, ctx)
        if instant.tzinfo is None:
            self.fail(f"{value!r} has no offset; write it as {value}-07:00 or {value}Z", param, ctx)
        return instant


@click.group()
def clocks() -> None:
    """Deadlines of the agreement."""


@clocks.command("explain")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--received", required=True, type=_Instant(), help="When it is received, as 2026-11-20T19:30:00-07:00.")
@click.option("--agreement", "agreement_id", default="template", show_default=True, help="Id of the agreement.")
@click.option(
    "--agreements",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of agreement files; the shipped ones if not given.",
)
@click.option("--json", "as_document", is_flag=True, help="Print JSON.")
def explain_command(
    file: Path, received: datetime, agreement_id: str, folder: Path | None, *, as_document: bool
) -> None:
    """Print the application date of the request in FILE and each clock that it starts, with the arithmetic in words."""
    agreement = _agreement(folder or bundled_path("config") / "agreements", agreement_id)
    try:
        explanation = _explained(agreement, _facts(file, agreement, received), received)
    except ValueError as error:  # no calendar reaches that far
        raise click.UsageError(str(error)) from None
    if as_document:
        click.echo(json.dumps(as_json(explanation), indent=2))
    else:
        click.echo("\n".join(as_text(explanation)))


def _agreement(folder: Path, agreement_id: str) -> Agreement:
    try:
        agreements = load_agreements(folder)
    except AgreementError as error:
        raise click.ClickException(str(error)) from None
    if agreement_id not in agreements:
        raise click.UsageError(f"no agreement {agreement_id!r}; there are: {', '.join(agreements)}")
    return agreements[agreement_id]


def _facts(file: Path, agreement: Agreement, received: datetime) -> OrderFacts:
    try:
        root = parse(file.read_bytes())
    except XmlRefused as refused:
        raise click.ClickException(f"{file}: {refused.finding.text} {refused.finding.cure}") from None
    name = family_of(root)
    if name is None:
        roots = ", ".join(family.root for family in FAMILIES.values())
        raise click.ClickException(f"{file}: this is no request; the documents with clocks are {roots}")
    family = FAMILIES[name]
    named = recogniser(agreement, family.order_form)
    return family.facts(family.case(family.read(root), agreement, named, received, PartnerCodes()))


def _explained(agreement: Agreement, facts: OrderFacts, received: datetime) -> Explanation:
    product = agreement.product(facts.product)
    application = application_of(received, product, agreement, flow_through=facts.flow_through)
    if facts.family == "collocation":
        application = application_at_receipt(received, agreement, facts.wire_center)
    return explain(agreement, facts.product, received, application, facts.conditions(agreement))
