"""Telephone numbers, with hyphens and without."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validators.messages.telephone import Numbers, blocks, blocks_with, plain, read_numbers, write_numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("208-555-0120", Numbers(2085550120, 2085550120)),
        ("2085550120", Numbers(2085550120, 2085550120)),
        ("208-555-0120-0124", Numbers(2085550120, 2085550124)),
        ("20855501200124", Numbers(2085550120, 2085550124)),
        ("208-555-0124-0120", Numbers(2085550124, 2085550120)),
        ("555-0120", None),
        ("NONE", None),
        ("", None),
        (None, None),
    ],
)
def test_a_number_is_read_in_each_way_of_writing(text: str | None, numbers: Numbers | None) -> None:
    """Hyphens do not matter; the end of a range is its last four digits."""
    assert numbers == read_numbers(text)


@given(first=st.integers(2_002_000_000, 9_999_999_999), more=st.integers(0, 9999))
def test_what_is_written_is_read_again(first: int, more: int) -> None:
    """A run keeps its numbers on the way through its text."""
    numbers = Numbers(first, first - first % 10_000 + max(first % 10_000, more))

    assert numbers == read_numbers(write_numbers(numbers)) == read_numbers(plain(write_numbers(numbers)))


def test_the_parts_of_a_number() -> None:
    """NPA and NXX."""
    assert (208, 555) == (Numbers(2085550120, 2085550120).area_code, Numbers(2085550120, 2085550120).exchange)


@given(first=st.integers(0, 9999), last=st.integers(0, 9999))
def test_a_run_is_found_by_each_of_its_numbers_and_by_no_other(first: int, last: int) -> None:
    """The blocks of a run hold its numbers and nothing else."""
    run = Numbers(2_085_550_000 + first, 2_085_550_000 + last)
    found = set(blocks(run))
    for near in (first - 1, first, (first + last) // 2, last, last + 1):
        number = 2_085_550_000 + near
        expected = run.first <= number <= run.last or number == run.first
        assert expected == bool(found & set(blocks_with(str(number))))


def test_a_run_is_made_of_few_blocks() -> None:
    """A whole exchange is one block, a number by itself another."""
    assert ("208555",) == blocks(Numbers(2_085_550_000, 2_085_559_999))
    assert ("2085550199", "20855502") == blocks(Numbers(2_085_550_199, 2_085_550_299))
