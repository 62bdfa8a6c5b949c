"""What the calendar, the life cycle, the clocks and the notices keep to; no message breaks it, so no rule looks for it.

Each has a test marked `upholds` with its id.
"""

from typing import Final

from validators.rules.registry import Upheld

UPHELD_IN_OFFICE: Final = (
    Upheld("def-day-calendar", "4.0 (Day)", "a clock counted in days counts every day of the calendar"),
    Upheld("business-day-undefined-in-body", "9.23.5.4", "one business calendar with the six holidays"),
    Upheld("business-day-eel", "9.23.5.4", "one business calendar with the six holidays"),
    Upheld("business-day-lmc", "9.25.4.4", "one business calendar with the six holidays"),
    Upheld("cutoff-unbundled-loop-7pm", "9.2.4.4", "the application date follows from the product's cut-off"),
    Upheld("cutoff-eel-3pm", "9.23.5.4", "the application date follows from the product's cut-off"),
    Upheld("cutoff-lmc-3pm", "9.25.4.4", "the application date follows from the product's cut-off"),
    Upheld("nonimpaired-list-order-stop", "9.1.1.4.3", "a listed wire center closes after the days of the agreement"),
    Upheld("project-out-of-hours-rates", "9.2.2.9.7.3", "a time outside the installation hours needs the option"),
    Upheld("def-lsr-use", "4.0 (Local Service Request)", "local services are recognised from an LSR alone"),
    Upheld("loop-ordered-by-lsr", "9.2.4.1", "a loop is recognised from an LSR alone"),
    Upheld("nid-lsr-needed", "9.5.4.2.1", "an LSR orders the protector field; what needs no notice sends none"),
    Upheld("eel-form", "9.23.3.8.2", "an EEL is recognised from an LSR alone"),
    Upheld("lmc-ordered-by-lsr", "9.25.4.1.4", "a loop-mux combination is recognised from an LSR alone"),
    Upheld("lmc-bandwidths", "9.25.3.1", "no code of a DS3 loop names a loop-mux combination"),
    Upheld("lnp-ordered-by-lsr", "10.2.5.1", "a port is recognised from an LSR alone"),
    Upheld("def-foc", "4.0 (Firm Order Confirmation)", "the FOC says what it answers and the dates that are committed"),
    Upheld("loop-foc-content", "9.2.4.4.1", "no FOC goes out without its due date"),
    Upheld("lsr-electronic-foc", "12.2.1.1.5", "the confirmation of the back end is the FOC in the mailbox"),
    Upheld("lsr-completion-notices", "12.2.1.1.5", "completion and billing are two states with a notice each"),
    Upheld("facilities-made-ready-no-second-foc", "9.1.2.1.1", "a facility answer sends no notice and moves no date"),
    Upheld("facilities-incremental-work", "9.1.2.1.2", "that nothing is assigned yet rejects nothing"),
    Upheld("no-facilities-existing-job-jeopardy", "9.1.2.1.3", "a job is a jeopardy; the FOC with its date follows"),
    Upheld("no-facilities-new-job-jeopardy", "9.1.2.1.3.1", "a job is a jeopardy; the FOC with its date follows"),
    Upheld("no-facilities-reject-cancel", "9.1.2.1.3.2", "no job and no duty to build: a reject that cancels"),
    Upheld("coop-test-failure-jeopardy", "9.2.2.9.3", "an ILEC that is not ready waives its charge; then a jeopardy"),
    Upheld("interval-needs-facilities", "9.2.4.5", "the intervals of an installation end where facilities are wanting"),
    Upheld("project-fdt-before-foc", "9.2.2.9.7.1", "a negotiation stops the FOC's clocks until the time is agreed"),
    Upheld("out-of-hours-negotiated", "9.2.4.10.4", "date and time are agreed before the FOC gives them"),
    Upheld("construction-restarts-application-date", "19.4", "the application date becomes the day of the payment"),
    Upheld("commingled-interval-start", "9.1.1.8.1", "the application date becomes the day on which the ILEC is done"),
    Upheld("def-critical-dates", "9.6.4.1.6", "each critical date that is reported stands in the order's history"),
    Upheld("expedite-approval-une", "9.1.15.2", "the back end grants or denies; the CLEC is told before the FOC"),
    Upheld("basic-install-completion-call", "9.2.2.9.1", "the completion notice goes out; the call stands beside it"),
    Upheld("coordinated-complete-notice", "9.2.2.9.4.1", "the completion notice says nothing of test results"),
    Upheld("lnp-managed-cut-no-early-disconnect", "10.2.5.4.7", "a managed cut ends after the CLEC's loop is there"),
    Upheld("lnp-loop-coordination", "10.2.2.4", "a managed cut may be had, and ends after the CLEC's loop is there"),
    Upheld("lnp-port-problem-notify", "10.2.2.4.1", "a jeopardy reaches the CLEC, a supplement the back end, at once"),
    Upheld("project-lnp-restoral", "9.2.2.9.7.5", "restoral stands on record; a CLEC that erred supplements"),
    Upheld("lnp-managed-cut-restoral", "10.2.5.4.6", "restoral stands on record; a CLEC that erred supplements"),
    Upheld("subloop-conditioning-contact", "9.3.2.1.2", "loaded pairs alone open a negotiation on unloading one"),
    Upheld("order-jeopardy-channels", "12.3.16.1", "a danger to the due date is a jeopardy that names its cause"),
    Upheld("loss-report-daily", "12.2.5.2.4", "each calendar day has its report of lost lines, an empty one too"),
    Upheld("completion-report-daily", "12.2.5.2.5", "each calendar day has its report of completed orders"),
)
