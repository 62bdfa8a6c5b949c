"""`oss-gateway serve --demo-data` as a child process."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp

from tests.rig.child import Child, free_port
from tests.rig.waiting import until


@contextmanager
def demonstration(folder: Path) -> Iterator["Demonstration"]:
    """Start one over a folder, and stop it at the end."""
    shown = Demonstration(folder)
    try:
        yield shown
    finally:
        shown.child.stop()


class Demonstration:
    """One of them."""

    def __init__(self, folder: Path) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        where = ["--data", str(folder / "data"), "--port", str(port)]
        self.child = Child([sys.executable, "-m", "gateway", "serve", "--demo-data", *where], folder / "log")

    async def ready(self) -> None:
        """Return when it can be used."""
        await until("the demonstration is ready", self._answers, 90)

    async def _answers(self) -> bool:
        self.child.must_run()
        try:
            async with aiohttp.ClientSession() as session, session.get(f"{self.url}/readyz") as answer:
                return answer.status == 200
        except (aiohttp.ClientError, OSError):
            return False
