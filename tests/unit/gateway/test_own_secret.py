"""The gateway's own secret."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gateway.own_secret import SecretUnreadable, own_secret


def test_it_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    """A second start finds the same; nobody else may read the file, and no draft stays behind."""
    file = tmp_path / "data" / "secret.key"
    made = own_secret(file)

    assert made == own_secret(file)
    assert 32 == len(made)
    assert 0o600 == file.stat().st_mode & 0o777
    assert [file] == list(file.parent.iterdir())


def test_processes_that_start_together_agree_on_one(tmp_path: Path) -> None:
    """However many make it at once."""
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: own_secret(tmp_path / "secret.key"), range(32)))

    assert 1 == len(made)


@pytest.mark.parametrize("content", ["", "word", "ab" * 31])
def test_a_file_with_something_else_is_not_overwritten(tmp_path: Path, content: str) -> None:
    """Whoever lost it must know, since every partner's secret follows from it."""
    file = tmp_path / "secret.key"
    file.write_text(content, encoding="ascii")

    with pytest.raises(SecretUnreadable, match=r"secret\.key"):
        own_secret(file)
    assert content == file.read_text(encoding="ascii")
