"""The rooms of those who run the gateway and of those who check it: keys, registers, partner files, reports."""

from functools import partial

from gateway.app.commands import open_reports
from gateway.app.ground import Ground, Room
from gateway.app.sandbox import suites
from gateway.doors.announcements import AnnouncementsDoor
from gateway.doors.keys import KeysDoor
from gateway.doors.matters import MattersDoor
from gateway.doors.monthly_reports import MonthlyReportsDoor
from gateway.doors.partner_files import PartnerFilesDoor
from gateway.doors.registers import RegistersDoor
from gateway.doors.reports import ReportsDoor
from gateway.doors.rules import RulesDoor
from gateway.portal.services import Offices
from gateway.reports.on_request import ReportsOnRequest
from gateway.sandbox.examination import Examination
from gateway.services.daily_reports import DailyReports
from gateway.services.keys import Keys
from gateway.services.partner_files import PartnerFiles


def administration(ground: Ground) -> tuple[Room, Offices]:
    """Build the doors of keys, registers, partner files and reports, and give their services too."""
    record, desk, clock, limits = ground.record, ground.desk, ground.clock, ground.limits
    files = PartnerFiles(record, ground.registers, desk.agreements, clock)
    monthly = ReportsOnRequest(partial(open_reports, ground.settings, agreements=desk.agreements), clock)
    keys = Keys(record, ground.machine, desk.ids, ground.audit)
    examination = Examination(record, desk, suites()) if ground.settings.sandbox else None
    offices = Offices(keys, files, DailyReports(record, desk, clock), monthly, examination)
    doors = (
        KeysDoor(offices.keys, limits),
        ReportsDoor(offices.daily),
        RegistersDoor(ground.registers, limits),
        MonthlyReportsDoor(monthly),
        PartnerFilesDoor(files),
        AnnouncementsDoor(files),
        RulesDoor(files, ground.judge.rulebook),
        MattersDoor(ground.record, ground.desk),
    )
    return Room(doors, (partial(ground.registers.run, ground.machine),)), offices
