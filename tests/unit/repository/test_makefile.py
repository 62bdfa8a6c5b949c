"""The Makefile explains itself."""

import re
from pathlib import Path

_MAKEFILE = (Path(__file__).resolve().parents[3] / "Makefile").read_text()


def test_every_target_is_explained() -> None:
    """`make help` leaves out no target that a person would type."""
    phony = re.search(r"^\.PHONY: ((?:.*\\\n)*.*)$", _MAKEFILE, re.MULTILINE)
    assert phony is not None
    targets = set(phony[1].replace("\\\n", " ").split())
    explained = set(re.findall(r"^([a-z-]+):.*## \S", _MAKEFILE, re.MULTILINE))
    assert targets == explained
