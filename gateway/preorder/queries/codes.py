"""Validation of NC and NCI codes, billing accounts and CLLI codes (12.2.1.1.4.11, 12.2.1.2.2.3 to .5)."""

from typing import Annotated, Literal

from pydantic import Field

from gateway.preorder.caller import Caller
from gateway.preorder.queries.query import query
from gateway.preorder.shapes import Account, Answer, Clli, NetworkChannel, NetworkInterface, Shape
from gateway.preorder.territory import BUILDING, Territory
from gateway.preorder.territory_rows import CodePair

CodesResult = Literal["valid", "unknown-nc", "unknown-nci", "not-a-pair", "reversed"]
AccountResult = Literal["valid", "closed", "not-yours", "unknown"]
LocationResult = Literal["valid", "unknown"]


class NcNciQuestion(Shape):
    """Do these codes go together?"""

    nc: NetworkChannel
    nci: NetworkInterface
    secnci: NetworkInterface | None = None
    family: Literal["lsr", "asr"] = Field("lsr", description="Which kind of order is to carry them.")


class NcNciAnswer(Answer):
    """Whether they do, and what they order."""

    result: CodesResult
    product: str | None = None
    flow_through: bool = Field(False, description="Whether an order with them goes through without a person.")
    combinations: list[dict[str, str]] = Field([], description="What goes with the NC code.")


def codes_result(
    territory: Territory, family: str, nc: str, nci: str, secnci: str | None
) -> tuple[CodesResult, CodePair | None]:
    """Judge a combination of codes; one without SECNCI is good if some combination begins so."""
    rows = [row for row in territory.codes(nc) if family in row.orders]
    if not rows:
        return "unknown-nc", None
    for row in rows:
        if row.nci == nci and secnci in (None, row.secnci):
            return "valid", row
    if any((row.secnci, row.nci) == (nci, secnci) for row in rows):
        return "reversed", None
    if not {code for code in (nci, secnci) if code} <= territory.nci_codes:
        return "unknown-nci", None
    return "not-a-pair", None


_WHY = {
    "unknown-nc": "No combination has this NC code.",
    "unknown-nci": "No combination has this NCI or SECNCI code.",
    "not-a-pair": "These codes do not go together.",
    "reversed": "NCI and SECNCI stand the wrong way round.",
    "valid": "",
}


@query(
    "nc-nci-validation",
    "12.2.1.1.4.11, 12.2.1.2.2.3",
    "Whether NC, NCI and SECNCI go together and flow through",
    {"nc": "LX--", "nci": "02QC2.OOF", "secnci": "02LS2"},
)
def validate_codes(territory: Territory, asked: NcNciQuestion, caller: Caller) -> NcNciAnswer:
    """Say whether the codes go together, and what goes with the NC code where they do not."""
    del caller
    result, row = codes_result(territory, asked.family, asked.nc, asked.nci, asked.secnci)
    if row is not None:
        return NcNciAnswer(found=True, result=result, product=row.product or None, flow_through=row.flow_through)
    others = [other for other in territory.codes(asked.nc) if asked.family in other.orders]
    return NcNciAnswer(
        found=False,
        text=_WHY[result],
        result=result,
        combinations=[{"nc": other.nc, "nci": other.nci, "secnci": other.secnci or ""} for other in others],
    )


class BanQuestion(Shape):
    """Are these accounts good for billing?"""

    bans: Annotated[list[Account], Field(min_length=1, max_length=25)]


class BanResult(Shape):
    """One account."""

    ban: str
    result: AccountResult


class BanAnswer(Answer):
    """Each account; `found` is true where all are valid."""

    accounts: list[BanResult]


def account_result(territory: Territory, ban: str, ccna: tuple[str, ...]) -> AccountResult:
    """Judge a billing account; one of another carrier tells nothing else of itself."""
    row = territory.accounts.get(ban)
    if row is None:
        return "unknown"
    if ccna and row.ccna not in ccna:
        return "not-yours"
    return "valid" if row.status == "active" else "closed"


@query("ban-validation", "12.2.1.2.2.4", "Whether billing accounts are good for billing", {"bans": ["2085550100101"]})
def validate_accounts(territory: Territory, asked: BanQuestion, caller: Caller) -> BanAnswer:
    """Judge each account."""
    accounts = [BanResult(ban=ban, result=account_result(territory, ban, caller.ccna)) for ban in asked.bans]
    bad = [account.ban for account in accounts if account.result != "valid"]
    return BanAnswer(found=not bad, text=f"Not valid: {', '.join(bad)}." if bad else "", accounts=accounts)


class ClliQuestion(Shape):
    """Do these CLLI codes exist?"""

    cllis: Annotated[list[Clli], Field(min_length=1, max_length=25)]


class ClliResult(Shape):
    """One code, and what it stands for."""

    clli: str
    result: LocationResult
    kind: str | None = None
    wire_center: str | None = None


class ClliAnswer(Answer):
    """Each code; `found` is true where all exist."""

    locations: list[ClliResult]


def location_result(territory: Territory, clli: str) -> LocationResult:
    """Judge a CLLI code of a building or of something in it."""
    known = territory.wire_centers if len(clli) == BUILDING else territory.locations
    return "valid" if clli in known else "unknown"


@query(
    "clli-validation",
    "12.2.1.2.2.5",
    "Whether CLLI codes exist, and what they stand for",
    {"cllis": ["BOISIDMADS0", "BOISIDMA"]},
)
def validate_locations(territory: Territory, asked: ClliQuestion, caller: Caller) -> ClliAnswer:
    """Judge each code."""
    del caller
    locations = [_location(territory, clli) for clli in asked.cllis]
    bad = [location.clli for location in locations if location.result != "valid"]
    return ClliAnswer(found=not bad, text=f"Unknown: {', '.join(bad)}." if bad else "", locations=locations)


def _location(territory: Territory, clli: str) -> ClliResult:
    if clli in territory.wire_centers:
        return ClliResult(clli=clli, result="valid", kind="wire-center", wire_center=clli)
    there = territory.locations.get(clli)
    if there is None:
        return ClliResult(clli=clli, result="unknown")
    return ClliResult(clli=clli, result="valid", kind=there.kind, wire_center=there.wire_center)
