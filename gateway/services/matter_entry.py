"""What one happening changes for one matter: its state, its clocks, its history and its notices, gathered."""

from collections.abc import Iterable
from datetime import datetime

from gateway.lifecycle.machine import Occurrence
from gateway.lifecycle.matter import OPEN
from gateway.lifecycle.standing import Standing
from gateway.notices.content import told_of_matter
from gateway.notices.notice import NoticeContent
from gateway.record.rows import Family, Notice, OpenClock, Order, Partner
from gateway.services.desk import Desk
from gateway.services.order_entry import OrderEntry
from validators.agreement.clock_terms import ClockTerm
from validators.agreement.matter_terms import OPENED, SETTLED, WITHDRAWN, MatterTerm
from validators.registers.matters import Happened, Matter


class MatterEntry(OrderEntry):
    """Gathers the changes of one matter in one command; see `OrderEntry`."""

    @property
    def term(self) -> MatterTerm:
        """What the agreement says of matters of its kind."""
        return self._agreement.matters[self.order.product]

    def open(self, matter: Matter) -> None:
        """Note that it is open, and start what runs from then on."""
        self._let_clocks_see(OPENED)
        self.note("matter.opened", self.term.section, {"entry": matter.entry, "about": matter.about})
        if self.term.told:
            self.send(told_of_matter(f"{self.term.told} {matter.about}".strip(), self.term.section))

    def catch_up(self, happened: Iterable[Happened]) -> None:
        """Let happen what was entered since."""
        for one in happened:
            mark = f"{one.name} {one.entry}"  # one entry may say several things
            if mark in self.order.facts["seen"] or self.standing.state != OPEN:
                continue
            self.set(facts={"seen": [*self.order.facts["seen"], mark]})
            self._counts_at = one.at
            self.reach(one.name, self.term.section, {"entry": one.entry})
            self._counts_at = self._at
            if one.name in self.term.settled_by:
                self.take(Occurrence(SETTLED), {"entry": one.entry}, section=self.term.section)

    def withdraw(self) -> None:
        """End it, since the entry that opened it was withdrawn."""
        self.take(Occurrence(WITHDRAWN), {}, section=self.term.section)

    def send(self, content: NoticeContent, *, ver: str | None = None) -> Notice:
        """Put a notice into the CLEC's mailbox; no order stands in its head."""
        del ver
        return self._issue(content, None, self.order.partner_id)

    def tell_of_breach(self, clock: OpenClock, term: ClockTerm) -> None:
        """Send the status notice that a clock was breached, which says what the matter is about."""
        about = self.order.facts["about"]
        super().tell_of_breach(clock, term.model_copy(update={"name": f"{term.name}: {about}"}) if about else term)


def new_matter(desk: Desk, partner: Partner, matter: Matter, now: datetime) -> MatterEntry:
    """Give the entry of a matter that is not on record yet."""
    order = Order(
        id=desk.ids.new("ord", now),
        partner_id=partner.id,
        agreement_id=partner.agreement_id,
        family=Family.MATTER,
        pon=matter.reference,
        ver="",
        number="",
        product=matter.term.id,
        activity="",
        state=OPEN,
        revision=1,
        received_at=now,
        application_at=None,
        desired_due_date=None,
        due_date=None,
        original_due_date=None,
        submission_id="",
        updated_at=now,
        facts={
            "standing": Standing(OPEN, "").to_json(),
            "about": matter.about,
            "conditions": list(matter.facts),
            "instants": {OPENED: matter.counts_from.isoformat()},
            "seen": [],
        },
    )
    return MatterEntry(desk, order, (), now, new=True)
