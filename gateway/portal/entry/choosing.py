"""The first step of order entry: which kind of request, and a name for its draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from gateway.portal.entry.drafting import Drafting
from gateway.portal.entry.first_values import first_values, written_at
from gateway.portal.entry.kinds import Start, choices_of, chosen_start
from gateway.portal.forms.typed import Typed
from gateway.portal.forms.views import first_forms
from gateway.portal.pages import Asked
from gateway.record.rows import Partner
from gateway.services.drafts import MOST_TITLE
from validators.agreement.terms import Agreement
from validators.fields import FieldCatalogue
from validators.messages.kinds import ACTIVITIES, SIMPLE_PORT, STEPS
from validators.messages.request import MessageFamily

FAMILY_NAMES: Final[Mapping[str, MessageFamily]] = {"lsr": "lsr", "asr": "asr"}
_TITLES: Final[Mapping[MessageFamily, str]] = {
    "lsr": "Local Service Request (LSR)",
    "asr": "Access Service Request (ASR)",
}
_SIMPLE_PORT_FORM: Final = "SPSR"


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen, right or wrong.

    Attributes:
        start: a product or a kind of service.
        step: second character of REQTYP.
        wrong: what is to be mended, by the name of the input.
    """

    family: str = "lsr"
    start: str = ""
    step: str = ""
    activity: str = ""
    name: str = ""
    wrong: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def sent(cls, asked: Asked) -> "Choice":
        """Read what was sent."""
        return cls(
            asked.text("family"), asked.text("start"), asked.text("step"), asked.text("activity"), asked.text("title")
        )

    def because(self, **wrong: str) -> "Choice":
        """Give it with what is wrong."""
        return replace(self, wrong=wrong)


@dataclass(frozen=True, slots=True)
class Offer:
    """What one family offers to choose from, with what was chosen of it."""

    family: MessageFamily
    title: str
    starts: Sequence[tuple[str, str]]
    activities: Sequence[tuple[str, str]]
    steps: Sequence[tuple[str, str]]
    choice: Choice


def offers(agreement: Agreement, choice: Choice) -> Sequence[Offer]:
    """Give what each family offers under an agreement."""
    return [
        Offer(
            family,
            title,
            choices_of(agreement, family),
            _spelled(ACTIVITIES[family]),
            _spelled(STEPS[family]),
            choice if choice.family == family else Choice(family),
        )
        for family, title in _TITLES.items()
    ]


def chosen(desk: Drafting, agreement: Agreement, choice: Choice) -> Choice:
    """Give the choice as it can be begun, or with what is wrong about it."""
    family = FAMILY_NAMES.get(choice.family)
    if family is None:
        return replace(choice, family="lsr").because(start="Choose an LSR or an ASR.")
    start = chosen_start(agreement, family, choice.start)
    if start is None:
        return choice.because(start="Choose what is ordered.")
    if choice.activity not in ACTIVITIES[family]:
        return choice.because(activity="Choose what is to be done with it.")
    step = choice.step if choice.step in STEPS[family] else next(iter(STEPS[family]))
    usage = desk.usage(agreement, family, start.letter[:1] + step, choice.activity)
    if usage.refused:
        return choice.because(activity=f"{usage.refused[0].text} {usage.refused[0].cure}")
    if len(choice.name) > MOST_TITLE:
        return choice.because(title=f"A name has {MOST_TITLE} characters at most.")
    words = next(words for value, words in choices_of(agreement, family) if value == choice.start)
    named = choice.name or f"{words}, {ACTIVITIES[family][choice.activity]}"[:MOST_TITLE]
    return replace(choice, step=step, name=named)


def begun(
    desk: Drafting, catalogue: FieldCatalogue, partner: Partner, agreement: Agreement, choice: Choice, now: datetime
) -> Typed:
    """Give the request that a good choice begins: the forms of its kind, and what is known."""
    family = FAMILY_NAMES[choice.family]
    start = chosen_start(agreement, family, choice.start) or Start("")
    requisition = start.letter[:1] + choice.step
    if start.letter == SIMPLE_PORT:
        typed = Typed(family).with_form(next(form for form in catalogue.forms() if form.name == _SIMPLE_PORT_FORM))
    else:
        typed = first_forms(catalogue, family, desk.usage(agreement, family, requisition, choice.activity))
    asked = {"REQTYP": requisition, "ACT": choice.activity, "NC": start.nc}
    return first_values(catalogue, typed, desk.codes(partner), asked, written_at(now, agreement))


def _spelled(words: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    return [(code, f"{code}: {said}") for code, said in words.items()]
