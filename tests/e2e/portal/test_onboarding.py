"""A CLEC's own standing in the portal: steps, holds with dates, certificates."""

from tests.rig.street import OTHER_PARTNER, Street
from tests.rig.visitor import House


async def test_what_is_missing_is_told_with_its_section(house: House, street: Street) -> None:
    """A step that is entered moves to those that are done; the API gives the same, and only its own partner's."""
    other, clec = await house.other(), await house.visitor("clec")
    before = await other.open("/portal/onboarding")
    entry = {
        "partner": OTHER_PARTNER,
        "key": "insurance",
        "valid_from": "2026-03-01",
        "data": {},
    }
    await street.operations.json("POST", "/v1/operations/registers/onboarding", json=entry)
    after = await other.open("/portal/onboarding")
    own = await street.other.json("GET", "/v1/onboarding")

    missing = (
        "//section[@aria-labelledby='missing-title']//tr[contains(., 'vidence of insurance') and contains(., '5.6.2')]"
    )
    assert [1, 0] == [len(page.tree.xpath(missing)) for page in (before, after)]
    assert "Evidence of insurance since 2026-03-01, section 5.6.2" in after.words
    assert OTHER_PARTNER == own["partner"]
    assert "insurance" not in {step["step"] for step in own["missing"]}
    assert 1 == len((await clec.open("/portal/onboarding")).tree.xpath(missing))
