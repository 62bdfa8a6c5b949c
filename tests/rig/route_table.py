"""The route tables of the doors as they are, without anything behind them."""

from typing import Any, cast

from gateway.doors.announcements import AnnouncementsDoor
from gateway.doors.backend import BackendDoor
from gateway.doors.batches import BatchDoor
from gateway.doors.by_hand import ByHandDoor
from gateway.doors.clec import ClecDoor
from gateway.doors.keys import KeysDoor
from gateway.doors.matters import MattersDoor
from gateway.doors.monthly_reports import MonthlyReportsDoor
from gateway.doors.oauth import OAuthDoor
from gateway.doors.open import OpenDoor
from gateway.doors.operations import OperationsDoor
from gateway.doors.partner_files import PartnerFilesDoor
from gateway.doors.premises import PremisesDoor
from gateway.doors.preorder import PreOrderDoor
from gateway.doors.reading import Limits
from gateway.doors.reference_files import ReferenceFilesDoor
from gateway.doors.registers import RegistersDoor
from gateway.doors.reports import ReportsDoor
from gateway.doors.routes import OpenRoute, Route
from gateway.doors.rules import RulesDoor
from gateway.doors.soap.door import SoapDoor
from gateway.doors.undelivered import UndeliveredDoor
from gateway.doors.webhooks import WebhooksDoor
from gateway.portal.pages import Page
from gateway.portal.rooms import rooms
from gateway.portal.services import Services

_LIMITS = Limits(262_144, 10)
_NOTHING = cast("Any", None)
_SOAP = SoapDoor(_NOTHING, _NOTHING, _NOTHING, _NOTHING, _LIMITS)


def guarded_routes() -> tuple[Route, ...]:
    """Give every route that needs a key."""
    doors = (
        ClecDoor(_NOTHING, _NOTHING, _NOTHING, _NOTHING, _NOTHING, _LIMITS),
        PreOrderDoor(_NOTHING, _LIMITS),
        ReferenceFilesDoor(_NOTHING),
        BackendDoor(_NOTHING, _NOTHING, _LIMITS),
        OperationsDoor(_NOTHING, _NOTHING, _NOTHING, None, _NOTHING, _LIMITS),
        BatchDoor(_NOTHING, _NOTHING, _LIMITS),
        ByHandDoor(_NOTHING, _LIMITS),
        KeysDoor(_NOTHING, _LIMITS),
        _SOAP,
        WebhooksDoor(_NOTHING, _NOTHING, _LIMITS),
        UndeliveredDoor(_NOTHING, _NOTHING, _LIMITS),
        ReportsDoor(_NOTHING),
        RegistersDoor(_NOTHING, _LIMITS),
        MonthlyReportsDoor(_NOTHING),
        PartnerFilesDoor(_NOTHING),
        AnnouncementsDoor(_NOTHING),
        RulesDoor(_NOTHING, _NOTHING),
        MattersDoor(_NOTHING, _NOTHING),
    )
    return tuple(route for door in doors for route in door.routes())


class _AnyService:
    """Stands for every service, where nothing is asked of one."""

    def __getattr__(self, name: str) -> "_AnyService":
        return self


def portal_pages() -> tuple[Page, ...]:
    """Give every page of the portal that needs somebody to be signed in."""
    return tuple(page for room in rooms(cast("Services", _AnyService())) for page in room.pages())


def open_routes() -> tuple[OpenRoute, ...]:
    """Give every route that needs none."""
    return (
        *OpenDoor(_NOTHING, _NOTHING, _NOTHING, _NOTHING, "").routes(),
        *PremisesDoor(_NOTHING).routes(),
        *OAuthDoor(_NOTHING, _NOTHING, _LIMITS).routes(),
        *_SOAP.open_routes(),
    )
