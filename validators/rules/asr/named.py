"""What an ASR names that the ILEC's reference data can confirm, each with its place in the document."""

from typing import Final

from validators.messages.asr import AccessServiceRequest
from validators.messages.named import NOTHING, Named, NamedThings, accounts_in, address_in, locations_in, values_of
from validators.rules.asr.places import far_location

_BRINGS_SERVICE: Final = frozenset("NT")
_HAS_CODES: Final = frozenset("NCT")


def named_in_asr(message: AccessServiceRequest) -> NamedThings:
    """Give what an ASR names. A cancellation and a change of the date alone name nothing anew.

    The facility of an augment or a rearrangement is in use by the group or circuit itself, so only that of a new
    service must be free. E stands for an account or an end user that is known already, and is no name.
    """
    if message.supplement_type in {"1", "2"}:
        return NOTHING
    activity, service = message.activity or "", message.service
    brings = activity in _BRINGS_SERVICE
    return NamedThings(
        address=address_in(message.forms.get("SALI")) if brings else None,
        assignments=values_of((*((service,) if service else ()), *message.circuits), "CFA") if brings else (),
        codes=_codes(message) if activity in _HAS_CODES else None,
        accounts=accounts_in(message.head, "BAN"),
        locations=(
            *locations_in(message.head, "ACTL", "PSL"),
            *_far_end(message),
            *(locations_in(service, "CSL") if service else ()),
        ),
    )


def _codes(message: AccessServiceRequest) -> tuple[str, str, str, str] | None:
    if message.service is None or message.nc is None or message.nci is None:
        return None
    return message.service.path_of("NC"), message.nc, message.nci, message.of_service("SECNCI") or ""


def _far_end(message: AccessServiceRequest) -> tuple[Named, ...]:
    there = far_location(message)
    return ((message.service.path_of("SECLOC"), there),) if message.service and there else ()
