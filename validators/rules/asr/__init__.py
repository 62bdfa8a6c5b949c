"""The rules on ASRs: one module a concept, each rule a pure function with its catalogue id and section."""

from typing import Any, Final

from validators.rules.asr import codes, forms, needed_fields
from validators.rules.registry import Rule

CONTENT_RULES: Final[tuple[Rule[Any], ...]] = (*forms.RULES, *needed_fields.RULES, *codes.RULES)
"""What is asked of an ASR on receipt."""
