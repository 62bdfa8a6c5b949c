"""Where the sign-in leads."""

import pytest

from gateway.portal.front import own_address


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/portal/\\elsewhere.example",
        "/portalx",
        "javascript:x",
    ],
)
def test_nobody_is_sent_to_another_site(asked: str) -> None:
    """Whatever address the sign-in is called with, it leads into the portal."""
    assert "/portal" == own_address(asked)


def test_the_page_that_was_asked_for_is_kept() -> None:
    """With its query."""
    assert "/portal/orders?state=CONFIRMED" == own_address("/portal/orders?state=CONFIRMED")
