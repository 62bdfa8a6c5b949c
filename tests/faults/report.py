"""What came of the runs, for people: a line each, and the history of every order whose promise was broken."""

from collections.abc import Iterator

from tests.faults.house import Setting
from tests.faults.run import Outcome
from tests.faults.stall import Stalled

HEAD = (
    f"{'on':<38}{'faults':>7}{'orders':>8}{'handed over':>13}{'decisions':>11}{'notices':>9}{'ran out':>9}"
    f"{'quiet s':>9}{'s':>6}  verdict"
)
STALL_HEAD = f"{'on':<38}{'orders':>8}{'sent again':>12}{'quiet s':>9}"
_MOST_TOLD = 10


def line(outcome: Outcome) -> str:
    """Give the line of one run."""
    broken = len(outcome.violations)
    return (
        f"{outcome.setting!s:<38}{outcome.faults.total():>7}{outcome.acknowledged:>8}{outcome.deliveries:>13}"
        f"{outcome.decisions:>11}{outcome.notices:>9}{outcome.clocks_run_out:>9}{outcome.quiet_after:>9.1f}"
        f"{outcome.seconds:>6.0f}  {f'{broken} BROKEN' if broken else 'kept'}"
    )


def stall_line(setting: Setting, stalled: Stalled) -> str:
    """Give the line of one kill while the fsync was held up."""
    return f"{setting!s:<38}{stalled.acknowledged:>8}{stalled.sent_again:>12}{stalled.quiet_after:>9.1f}"


def told(outcome: Outcome) -> str:
    """Give the broken promises of a run, each with the history of its order."""
    text = [f"\n{outcome.setting}, seed {outcome.setting.seed}: {len(outcome.violations)} broken promises"]
    for violation in outcome.violations[:_MOST_TOLD]:
        text.append(f"  {violation.invariant}: {violation.text}")
        text += _history(outcome, violation.order)
    return "\n".join(text) + "\n"


def _history(outcome: Outcome, order: str | None) -> Iterator[str]:
    for event in outcome.record.events.get(order or "", ()):
        yield f"      {event['at']:%Y-%m-%d %H:%M:%S.%f} {event['type']:<20} {event['data']}"
    for item in outcome.record.outbox:
        if item["order_id"] == order:
            yield f"      work {item['id']} {item['state']}, sent {item['sends']} times, entry {item['entry_id']}"
