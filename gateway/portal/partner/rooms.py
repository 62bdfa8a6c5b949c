"""The rooms of what a CLEC looks after, in the order of the menu."""

from gateway.portal.pages import Pages
from gateway.portal.partner.batches import BatchPages
from gateway.portal.services import Services


def partner_rooms(services: Services) -> tuple[Pages, ...]:
    """Give them."""
    return (BatchPages(services),)
