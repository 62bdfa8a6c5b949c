"""Asks a pre-order question from within a form, and gives the buttons and answers that stand beside its fields."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from pydantic import ValidationError

from gateway.doors.refusals import problem_of
from gateway.portal.entry.drafting import Drafting
from gateway.portal.entry.first_values import written
from gateway.portal.entry.prompts import PROMPTS, Prompt, Spot, button_of, buttons
from gateway.portal.forms.typed import Typed, parts_of_name
from gateway.portal.forms.views import Beside
from gateway.portal.pages import Asked
from gateway.preorder.port import SourceSilent
from gateway.services.refusals import Refused
from validators.agreement.products import recognise
from validators.agreement.terms import Agreement
from validators.families import FAMILIES
from validators.fields import FieldCatalogue

_SILENT: Final = "The ILEC's system does not answer now; ask again."
_EXCHANGE_FORMS: Final = ("LSR", "TRANSPORT", "TRUNKING", "EUSA")


class Prompting:
    """Asks what the buttons beside fields ask."""

    def __init__(self, desk: Drafting) -> None:
        self._desk = desk

    async def answered(
        self, asked: Asked, catalogue: FieldCatalogue, typed: Typed, do: str
    ) -> Mapping[str, Sequence[Beside]]:
        """Give what stands beside each field, with the answer to the question that a button asks."""
        shelf = dict(buttons(typed))
        _, _, rest = do.partition(" ")
        prompt_id, _, name = rest.partition(" ")
        prompt = next((one for one in PROMPTS if one.id == prompt_id), None)
        if prompt is None or name not in shelf:
            return shelf
        told = await self._ask(asked, prompt, typed, name, written(catalogue))
        shelf[name] = [told if one.button == told.button else one for one in shelf[name]]
        return shelf

    async def _ask(self, asked: Asked, prompt: Prompt, typed: Typed, name: str, write: Callable[[date], str]) -> Beside:
        partner_id, unasked = asked.principal.partner, button_of(prompt, name)
        agreement = await self._desk.agreement(asked)
        form, number, _ = parts_of_name(name)
        today = agreement.calendar.local_date(self._desk.services.clock.of(partner_id).now())
        spot = Spot(typed, form, number, today, write, _product(agreement, typed))
        try:
            question = prompt.query.question.model_validate(prompt.ask(spot))
            answer = await self._desk.services.trade.preorder.ask(
                prompt.query, question, partner_id, asked.principal.credential_id
            )
        except ValidationError as error:
            return replace(unasked, told=_lacking(error))
        except SourceSilent:
            return replace(unasked, told=_SILENT)
        except Refused as refusal:
            return replace(unasked, told=problem_of(refusal).detail)
        told, choices = prompt.tell(answer, spot)
        return replace(unasked, told=told, good=answer.found, choices=choices)


def _lacking(error: ValidationError) -> str:
    """Give which fields keep a question from being asked."""
    named = dict.fromkeys(
        str(next((part for part in reversed(found["loc"]) if isinstance(part, str)), "the address")).upper()
        for found in error.errors(include_url=False)
    )
    return f"To ask that, fill in {', '.join(named)} as the field takes it."


def _product(agreement: Agreement, typed: Typed) -> str | None:
    codes = next((form for form in _EXCHANGE_FORMS if form in typed.forms), "")
    kind = (typed.of_head("REQTYP")[:1], typed.value(f"{codes}.NC"), typed.value(f"{codes}.NCI"))
    return recognise(agreement, *kind, typed.of_head("ACT"), FAMILIES[typed.family].order_form)
