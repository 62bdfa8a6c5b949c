"""The gateway as a child process, started from the command line as an operator would."""

import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import aiohttp

from gateway.app.commands import open_partners
from gateway.record.engine import open_engine
from gateway.record.rows import Role
from gateway.record.schema import upgrade_schema
from gateway.settings import Settings
from tests.rig.child import Child, free_port
from tests.rig.waiting import until

PARTNER = "sawtooth"
KEYS = {role.value: f"test-key-of-{role.value}-0123456789abcdef" for role in Role}
_AGREEMENT = "template"
_CCNA, _CC = ["ZQF", "ZQX"], ["9Z7A", "X9Z1"]
"""The codes in the sample LSRs, and those in the sample ASRs."""
"""The codes that the rig's orders carry."""


class GatewayServer:
    """One gateway over its life: data folder, port and keys stay while the process is killed and started again."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self._folder = folder
        self.data = folder / "data"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.port = free_port()
        self.child: Child | None = None
        self._database = settings.get("OSS_GATEWAY_DATABASE")
        self._environment = {
            "OSS_GATEWAY_DATA": str(self.data),
            "OSS_GATEWAY_PORT": str(self.port),
            "OSS_GATEWAY_LOG_LEVEL": "warning",
            **settings,
        }

    @property
    def url(self) -> str:
        """Where it answers."""
        scheme = "https" if "OSS_GATEWAY_TLS_CERTIFICATE" in self._environment else "http"
        return f"{scheme}://127.0.0.1:{self.port}"

    async def prepare(self) -> None:
        """Make the tables of a database it is given, and add the rig's partner with a key for each role."""
        if self._database is not None:
            engine = open_engine(self._database)
            try:
                await upgrade_schema(engine)
            finally:
                await engine.dispose()
        async with open_partners(Settings(data=self.data, database=self._database)) as (_, partners):
            await partners.add(PARTNER, "Sawtooth Lantern Telecom LLC", _AGREEMENT, ccna=_CCNA, cc=_CC)
            for role in Role:
                partner = PARTNER if role.of_partner else None
                await partners.issue_key(role, partner, role.value, key=KEYS[role.value])

    async def start(self, manual_clock: datetime | None = None, patience: float = 30) -> float:
        """Start it and give the seconds until it was ready.

        Raises:
            ChildFailedError: it ended while it started.
        """
        by_hand = {} if manual_clock is None else {"OSS_GATEWAY_MANUAL_CLOCK": manual_clock.isoformat()}
        self.child = Child(
            [sys.executable, "-m", "gateway", "serve"],
            self._folder / "gateway.log",
            environment={**self._environment, **by_hand},
        )
        return await until("the gateway is ready", self._ready, patience)

    @property
    def runs(self) -> bool:
        """Whether its process lives."""
        return self.child is not None and self.child.runs

    def kill(self) -> None:
        """Kill it with SIGKILL."""
        if self.child is not None:
            self.child.kill()

    def stop(self) -> None:
        """Stop it cleanly if it runs."""
        if self.child is not None and self.child.runs:
            self.child.stop()

    async def _ready(self) -> bool:
        assert self.child is not None
        self.child.must_run()
        try:
            async with aiohttp.ClientSession() as session, session.get(f"{self.url}/readyz", ssl=False) as answer:
                return answer.status == 200
        except (aiohttp.ClientError, OSError):
            return False
