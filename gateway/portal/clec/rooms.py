"""The rooms of what a CLEC looks after, in the order of the menu."""

from gateway.portal.clec.batches import BatchPages
from gateway.portal.clec.keys import KeyPages
from gateway.portal.clec.onboarding import OnboardingPages
from gateway.portal.clec.webhook import WebhookPages
from gateway.portal.pages import Pages
from gateway.portal.services import Services


def clec_rooms(services: Services) -> tuple[Pages, ...]:
    """Give them."""
    return (BatchPages(services), OnboardingPages(services), WebhookPages(services), KeyPages(services))
