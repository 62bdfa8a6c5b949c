"""What the monthly reports keep to; no message breaks it, so no rule looks for it.

Each has a test marked `upholds` with its id.
"""

from typing import Final

from validators.rules.registry import Upheld

UPHELD_IN_REPORTS: Final = (
    Upheld("cp2-scope", "CP-2 (Description)", "other kinds of collocation are named and not counted"),
    Upheld(
        "cp2-prevails",
        "CP-2 (Establishment of RFS Dates)",
        "a forecast job keeps the agreement's interval even with major infrastructure",
    ),
    Upheld(
        "cp2-major",
        "CP-2 (Establishment of RFS Dates)",
        "with major infrastructure the quoted days make the RFS date",
    ),
    Upheld("cp2-classes", "CP-2A", "each job stands in one submeasure"),
    Upheld("cp2-met", "CP-2 (Formula)", "cancelled and expired ones are left out, an agreed date counts"),
    Upheld("cp2-diagnostic", "CP-2 (Standards)", "no standard, and nothing to pay however late"),
)
