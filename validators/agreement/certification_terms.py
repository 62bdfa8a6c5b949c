"""The agreement's terms on certification of a partner's system (12.2.9)."""

from typing import Literal

from pydantic import PositiveInt

from validators.agreement.strict import Strict


class CertificationTerms(Strict):
    """What certification gates, and until when it may be had."""

    section: str
    without_record: Literal["accept", "reject"]
    """What becomes of orders of a partner that has no certification on record at all: `accept` leaves it to people."""
    migration_months: PositiveInt
    """Months from the deployment of a new release in which a partner must have moved to it (12.2.9.6)."""
    first_product_months: PositiveInt
    """Months from the deployment of the next release in which a new partner must be live on the prior one."""
    last_months: PositiveInt
    """Months before the retirement of a release in which nothing more is certified on it."""
