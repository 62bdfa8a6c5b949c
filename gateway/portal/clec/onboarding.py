"""Where a CLEC stands before and beside its orders: steps, products, releases, certificates, holds with their dates."""

from typing import Final

from gateway.portal.clec.clecs import CLEC_ROLES
from gateway.portal.pages import Asked, Context, Listing, Page, Shown
from gateway.portal.services import Services
from gateway.services.partner_files import PartnerFile
from gateway.services.releases import support_of
from validators.registers.certifications import CERTIFICATIONS
from validators.registers.onboarding import STEPS, STEPS_DONE, Step

_COLUMNS: Final = ("Step", "Section", "Done", "Since", "Blocks")


class OnboardingPages:
    """A CLEC's own standing."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def show(self, asked: Asked) -> Shown:
        """Show it."""
        partner, desk = asked.principal.partner, self._services.desk
        file = await self._services.offices.files.of(partner)
        examination = self._services.offices.examination
        since = {entry.key: entry.valid_from for entry in file.dossier.in_force(STEPS_DONE, file.day)}
        missing = {step.id for step in file.missing}
        done = [step for step in STEPS.values() if step.id not in missing]
        context: Context = {
            "file": file,
            "missing": [(step, blocked(step, file)) for step in file.missing],
            "done": [(step, since.get(step.id)) for step in done],
            "certified": list(file.dossier.in_force(CERTIFICATIONS, file.day)),
            "support": support_of(desk, file.partner, self._services.clock.of(partner).now()),
            "results": await examination.results(partner) if examination else None,
        }
        rows = [
            (step.name, step.section, "no" if step.id in missing else "yes", since.get(step.id), blocked(step, file))
            for step in STEPS.values()
        ]
        return Shown("clec/onboarding.html", context, listing=Listing("onboarding", _COLUMNS, rows))

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        like = ("readOnboarding", "listAnnouncements")
        return (Page("GET", "/portal/onboarding", "onboarding", self.show, like, "Onboarding", "Partner", CLEC_ROLES),)


def blocked(step: Step, file: PartnerFile) -> str:
    """Give what waits for a step, in words."""
    if not file.tracked or step.blocks == "nothing":
        return "nothing"
    return "every order" if step.blocks == "orders" else f"orders of {', '.join(sorted(step.products))}"
