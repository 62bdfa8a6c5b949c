"""What schemathesis checks of every answer, as its own process loads it (`SCHEMATHESIS_HOOKS`).

All of its checks run. One of them, which demands that what the document calls good be taken, cannot judge what the
document cannot state: a message in XML, which its XSD describes and which stands in OpenAPI as any text; and conditions
among several members, or on the present state, which JSON Schema has no words for.
"""

from typing import Any

import schemathesis
from schemathesis.checks import CHECKS, load_all_checks

_CONDITIONS = (
    "give either address or wtn",
    "give a place, or ",
    "the days run forward, over at most",
    "a range has low and high",
    "a range runs upward",
    "give one to five points, or ",
    "give either wire_center or place",
    "a key cannot end before it begins",
    "and cannot go back to",
    "needs its reason in words",
    "the file is empty",
    "a webhook's URL",
    "that is no URL",
    "say so with proof_of_authorization",
)
"""Words of the refusals of such conditions."""

load_all_checks()
_judged: Any = CHECKS.get_one("positive_data_acceptance")
CHECKS.unregister("positive_data_acceptance")


@schemathesis.check
def positive_data_acceptance(ctx: Any, response: Any, case: Any) -> bool | None:
    """Demand of what the document calls good that it is taken, unless that cannot be told from the document."""
    if "xml" in str(case.media_type or "") or any(words in response.text for words in _CONDITIONS):
        return None
    verdict: bool | None = _judged(ctx, response, case)
    return verdict
