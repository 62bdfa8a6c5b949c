"""The locked dependencies: complete, hashed, and free of registry addresses."""

import re
import tomllib
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[3]
_LOCKS = ["runtime.txt", "dev.txt", "build.txt"]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _locked(lock: str) -> dict[str, str]:
    """Give each pinned package of a lock with the lines that belong to it."""
    blocks = re.split(r"\n(?=\S)", (_ROOT / "requirements" / lock).read_text())
    return {_normal(block.split("==")[0]): block for block in blocks if "==" in block.splitlines()[0]}


def _asked_for(*extras: str) -> set[str]:
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text())["project"]
    wanted = project["dependencies"] + [dep for extra in extras for dep in project["optional-dependencies"][extra]]
    return {_normal(re.split(r"[\[<>=; ]", dep)[0]) for dep in wanted}


@pytest.mark.parametrize("lock", _LOCKS)
def test_every_locked_package_has_hashes(lock: str) -> None:
    """An archive that was tampered with is refused."""
    assert [] == [name for name, block in _locked(lock).items() if "--hash=sha256:" not in block]


@pytest.mark.parametrize("lock", _LOCKS)
def test_no_lock_names_a_registry(lock: str) -> None:
    """Whoever installs chooses the registry."""
    text = (_ROOT / "requirements" / lock).read_text()
    assert [] == re.findall(r"^--?\w.*|https?://\S+", text, re.MULTILINE)


@pytest.mark.parametrize(("lock", "extras"), [("runtime.txt", ()), ("dev.txt", ("dev",))])
def test_what_the_project_asks_for_is_locked(lock: str, extras: tuple[str, ...]) -> None:
    """A dependency added to the project without `make lock` is noticed."""
    assert set() == _asked_for(*extras) - set(_locked(lock))


def test_developers_run_what_users_run() -> None:
    """Every package of the runtime lock stands in the developers' lock at the same version."""
    runtime, dev = _locked("runtime.txt"), _locked("dev.txt")
    pins = {name: block.splitlines()[0] for name, block in runtime.items()}
    assert pins == {name: dev[name].splitlines()[0] for name in pins if name in dev}
