"""Who knows the agreement finds each figure beside its section in the agreement's files."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from validators.bundled import bundled_path

FOLDER = bundled_path("config") / "agreements"
FILES = [FOLDER / "idaho-2021.yaml", *sorted((FOLDER / "idaho-2021").glob("*.yaml"))]
NEAR = 3
"""A section stands in the figure's own mapping, or at most so many around it."""
BY_NAME = {"rules"}
"""Parts whose members bear the id of a catalogue entry, which has the section."""


def figures(value: object, path: tuple[str, ...], away: int) -> Iterator[tuple[str, int]]:
    """Give each number with its place and how many mappings away the nearest section stands."""
    if isinstance(value, dict):
        away = 0 if {"section", "sections"} & value.keys() else away + 1
        for name, member in value.items():
            yield from figures(member, (*path, str(name)), away)
    elif isinstance(value, list):
        for member in value:
            yield from figures(member, path, away)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield ".".join(path), away


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_figure_stands_beside_its_section(file: Path) -> None:
    """In every file of the agreement."""
    content = yaml.safe_load(file.read_text(encoding="utf-8"))

    assert [] == [
        place
        for part, value in content.items()
        if part not in BY_NAME
        for place, away in figures(value, (part,), NEAR + 1)
        if away > NEAR
    ]
