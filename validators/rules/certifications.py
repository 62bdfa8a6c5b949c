"""Rules on certification: a partner orders what its system has shown it can order (12.2.9)."""

from collections.abc import Iterable
from typing import Final

from validators.agreement.clocks import months_later
from validators.codes import Code
from validators.registers.certifications import CERTIFICATIONS, PROTOCOL, RELEASES, Certification
from validators.registers.entry import Entry
from validators.rules.case import AnyCase
from validators.rules.registry import Found, Scope, content_rule
from validators.verdict import Severity

_NEW_OR_CHANGED: Final = Scope(family=None)


@content_rule("protocol-certification-first", "12.2.9.2", Code.NOT_CERTIFIED, _NEW_OR_CHANGED)
def protocol_certified(case: AnyCase) -> Iterable[Found]:
    """The exchange protocol is certified before anything is ordered over it."""
    if not _is_asked(case) or any(True for _ in case.partner.dossier.in_force(CERTIFICATIONS, case.application_date)):
        return ()
    return (
        Found.at(
            case.message.head,
            "CC",
            "This partner's exchange protocol is not certified: no certification is in force.",
            "Pass the suite `connectivity` in the test environment and have the certification put on record.",
        ),
    )


@content_rule("scenario-certification", "12.2.9.4", Code.NOT_CERTIFIED, _NEW_OR_CHANGED)
def scenario_certified(case: AnyCase) -> Iterable[Found]:
    """A product and activity are certified on the release in use, once a partner has any certification at all."""
    if case.product is None or not _certifications(case):
        return ()
    product, activity, release = case.product.id, case.message.head.fields.get("ACT") or "", case.agreement.release
    if any(entry.data.release == release and activity in entry.data.activities for entry in _of_product(case, product)):
        return ()
    return (
        Found.at(
            case.message.head,
            "ACT",
            f"The product {product} with ACT {activity} is not certified for this partner on release {release}.",
            f"Pass the suite for {product} in the test environment; certified are: {_certified(case, release)}.",
        ),
    )


@content_rule("controlled-production-live", "12.2.9.3.4", Code.NOT_CERTIFIED, _NEW_OR_CHANGED, Severity.WARN)
def controlled_production(case: AnyCase) -> Iterable[Found]:
    """An order under controlled production is live: it is taken, provisioned and said to be so."""
    if case.product is None:
        return ()
    stages = {entry.data.stage for entry in _of_product(case, case.product.id)}
    if stages != {"controlled"}:
        return ()
    text = f"The product {case.product.id} is in controlled production: this is a live order and will be provisioned."
    return (Found.at(case.message.head, "ACT", text, "Cancel it by SUP 1 if it was meant as a test."),)


@content_rule("migration-six-months", "12.2.9.6", Code.NOT_CERTIFIED, _NEW_OR_CHANGED, Severity.WARN)
def migrated_in_time(case: AnyCase) -> Iterable[Found]:
    """A partner has moved to a new release within the agreement's months of its deployment."""
    terms, certifications = case.agreement.certification, _certifications(case)
    releases = list(case.partner.dossier.in_force(RELEASES, case.application_date))
    if terms is None or not certifications or not releases:
        return ()
    newest = max(releases, key=lambda entry: entry.valid_from)
    until = months_later(newest.valid_from, terms.migration_months)
    if case.application_date <= until or any(entry.data.release == newest.key for entry in certifications):
        return ()
    return (
        Found.at(
            case.message.head,
            "CC",
            f"Release {newest.key} was deployed on {newest.valid_from}; migration to it was due by {until}.",
            f"Pass the re-certification suites of {newest.key} in the test environment.",
        ),
    )


def _is_asked(case: AnyCase) -> bool:
    """Say whether a partner needs certification: where it has some, or the agreement asks it of everybody."""
    terms = case.agreement.certification
    return case.partner.dossier.has(CERTIFICATIONS) or (terms is not None and terms.without_record == "reject")


def _certifications(case: AnyCase) -> list[Entry[Certification]]:
    return list(case.partner.dossier.in_force(CERTIFICATIONS, case.application_date))


def _of_product(case: AnyCase, product: str) -> Iterable[Entry[Certification]]:
    return case.partner.dossier.in_force(CERTIFICATIONS, case.application_date, product)


def _certified(case: AnyCase, release: str) -> str:
    entries = [one for one in _certifications(case) if one.data.release == release and one.key != PROTOCOL]
    return ", ".join(sorted(f"{one.key} ({', '.join(one.data.activities)})" for one in entries)) or "none"


RULES = (protocol_certified, scenario_certified, controlled_production, migrated_in_time)
