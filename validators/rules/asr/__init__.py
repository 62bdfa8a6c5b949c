"""The rules on ASRs: one module a concept, each rule a pure function with its catalogue id and section."""

from typing import Any, Final

from validators.rules.asr import (
    codes,
    dark_fiber,
    due_dates,
    embargoes,
    forms,
    needed_fields,
    references,
    transport,
    trunks,
    versions,
)
from validators.rules.case import RecordCase
from validators.rules.registry import Rule

CONTENT_RULES: Final[tuple[Rule[Any], ...]] = (
    *forms.RULES,
    *needed_fields.RULES,
    *codes.RULES,
    *due_dates.RULES,
    *trunks.RULES,
    *embargoes.RULES,
    *transport.RULES,
    *dark_fiber.RULES,
)
"""What is asked of an ASR on receipt."""

RECORD_RULES: Final[tuple[Rule[RecordCase], ...]] = (*versions.RULES, *references.RULES)
"""What is asked of an ASR in view of what is on record, and of what the reference data say."""
