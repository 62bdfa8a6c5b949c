"""What the judge keeps to without a finding: what is no ground of rejection, and what it takes as the text has it.

Each has a test marked `upholds` with its id.
"""

from typing import Final

from validators.rules.registry import Upheld

UPHELD: Final = (
    Upheld(
        "agreement-prevails-over-pcat",
        "2.3",
        "every rule cites the agreement; no field is missed that it does not name",
    ),
    Upheld("agreement-term-and-holdover", "5.2.2", "the end of the term is not asked for; only the status is"),
    Upheld("poa-each-party-keeps", "5.3.1", "AGAUTH is enough; neither document nor date is asked for"),
    Upheld("poa-before-order-loop", "9.2.4.2", "AGAUTH asserts it on a conversion; a new loop needs none"),
    Upheld(
        "hicap-process-immediately", "9.1.1.4.1", "a certified order is refused only by a loaded list of wire centers"
    ),
    Upheld(
        "eel-no-audit-before-provisioning", "9.1.1.10.5.8", "the certification alone suffices; no audit is asked for"
    ),
    Upheld(
        "conditioning-preapproval-field", "9.2.2.4", "SCA Y approves; silence means that none is thought to be needed"
    ),
    Upheld("use-loop-tools-first", "9.2.4.3.1", "no query is asked for before an order"),
    Upheld(
        "xdsl-standard-interval-no-impairments", "9.2.4.9.1", "the standard interval is the earliest date without SCA"
    ),
    Upheld(
        "conditioning-revised-lsr-application-date",
        "9.2.4.3.1.2.2",
        "each version has the application date of its receipt",
    ),
    Upheld(
        "second-foc-later-date-supplement", "9.1.2.1.3.1", "a later date is taken; an earlier one needs an expedite"
    ),
    Upheld("new-technology-presumption", "9.2.6.3", "an unknown mask code in NCI is no ground of rejection"),
    Upheld("reuse-existing-loop", "9.2.2.15.3", "a conversion may name the circuit that it reuses"),
    Upheld("subloop-mte-lsr-before-access", "9.3.5.4.7", "a new subloop needs no circuit id"),
    Upheld(
        "other-une-by-bfr",
        "9.18",
        "codes that name no product of the agreement are refused, with the way to ask for it",
    ),
    Upheld(
        "combo-others-by-srp",
        "9.23.2",
        "a combination that is no product of the agreement is refused, with the way to ask",
    ),
    Upheld("conversion-not-delayed-by-tla", "9.23.3.12", "no rule and no date looks at termination liability"),
    Upheld("lnp-all-numbers-portable", "10.2.2.1", "only the excluded numbers are refused"),
    Upheld("lnp-partial-did", "10.2.2.8", "part of a block may be ported"),
    Upheld(
        "lnp-any-date-where-trigger-automatic",
        "10.2.5.3",
        "an early date of a port only warns; any frame due time is taken",
    ),
    Upheld(
        "def-project-coordinated",
        "4.0 (Project Coordinated Installation)",
        "PROJECT COORDINATED in the remarks is read as that option, in hours or out of them",
    ),
    Upheld(
        "eel-certification-when", "9.1.1.10", "only combinations with a DS1 or DS3 loop are asked for a certification"
    ),
    Upheld(
        "eel-rearrangement-with-conversion", "9.23.3.7.2.12.9", "a conversion as specified may change what it converts"
    ),
    Upheld("lmc-new-or-conversion", "9.25.1.3", "ACT N brings a new combination, V, W and Z convert one"),
    Upheld("poa-before-order-combo", "9.23.5.2", "AGAUTH asserts it on a conversion to a combination"),
    Upheld(
        "onboard-early-ordering-letter",
        "Getting Started V42.0 Step 7",
        "an executed agreement admits orders only with the letter, or once it is approved",
    ),
    Upheld("kind-icdf-not-with-cage", "8.2.5.1", "an ICDF is taken from a CLEC with a cage or bays of its own as well"),
)
