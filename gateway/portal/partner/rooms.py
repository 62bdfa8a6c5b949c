"""The rooms of what a CLEC looks after, in the order of the menu."""

from gateway.portal.pages import Pages
from gateway.portal.partner.batches import BatchPages
from gateway.portal.partner.keys import KeyPages
from gateway.portal.partner.onboarding import OnboardingPages
from gateway.portal.partner.webhook import WebhookPages
from gateway.portal.services import Services


def partner_rooms(services: Services) -> tuple[Pages, ...]:
    """Give them."""
    return (BatchPages(services), OnboardingPages(services), WebhookPages(services), KeyPages(services))
