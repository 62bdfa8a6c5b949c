"""What stands in the request that an order rests on: its fields form by form, and what the judge left to a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.portal.services import Services
from gateway.record.rows import Family, Order


@dataclass(frozen=True, slots=True)
class RequestSeen:
    """The version in force, as it came.

    Attributes:
        forms: by name of a form, place of each of its fields below the form, and its text.
        findings: what was found in it and did not reject it.
        paths: readable paths of all fields.
    """

    forms: Mapping[str, Sequence[tuple[str, str]]]
    findings: Sequence[Mapping[str, Any]]
    paths: Sequence[str]


async def request_of(services: Services, order: Order) -> RequestSeen:
    """Read the message of the version in force; a matter has none."""
    if order.family is Family.MATTER:
        return RequestSeen({}, (), ())
    for submission in await services.record.submissions(order.id):
        if submission.id == order.submission_id:
            message = services.judge.read(submission.body, order.family.message).message
            items = tuple(message.items()) if message is not None else ()
            return RequestSeen(_by_form(items), submission.findings, tuple(path for path, _ in items))
    return RequestSeen({}, (), ())


def _by_form(items: Sequence[tuple[str, str]]) -> Mapping[str, Sequence[tuple[str, str]]]:
    forms: dict[str, list[tuple[str, str]]] = {}
    for path, text in items:
        _, _, form, *below = path.split("/", 3)
        forms.setdefault(form, []).append(("/".join(below), text))
    return forms
