"""The gateway as a child process, started from the command line as an operator would."""

import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import aiohttp
import yaml

from tests.rig.child import Child, free_port
from tests.rig.waiting import until

PARTNER = "sawtooth"
KEYS = {
    "clec": "test-key-of-the-clec-0123456789abcdef",
    "backend": "test-key-of-the-back-end-0123456789abcdef",
    "operations": "test-key-of-operations-0123456789abcdef",
}


class GatewayServer:
    """One gateway over its life: data folder, port and keys stay while the process is killed and started again."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.port = free_port()
        self.child: Child | None = None
        keys = folder / "keys.yaml"
        keys.write_text(yaml.safe_dump(_bootstrap()))
        self._environment = {
            "OSS_GATEWAY_DATA": str(folder / "data"),
            "OSS_GATEWAY_PORT": str(self.port),
            "OSS_GATEWAY_BOOTSTRAP_KEYS": str(keys),
            "OSS_GATEWAY_LOG_LEVEL": "warning",
            **settings,
        }

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

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
            async with aiohttp.ClientSession() as session, session.get(f"{self.url}/readyz") as answer:
                return answer.status == 200
        except (aiohttp.ClientError, OSError):
            return False


def _bootstrap() -> dict[str, object]:
    """Give the partner of the fixed orders and a fixed key for each role."""
    return {
        "partners": [
            {
                "id": PARTNER,
                "name": "Sawtooth Lantern Telecom LLC",
                "agreement": "template",
                "ccna": ["ZQF"],
                "cc": ["9Z7A"],
            }
        ],
        "keys": [
            {"role": role, "key": key, "label": role, **({"partner": PARTNER} if role == "clec" else {})}
            for role, key in KEYS.items()
        ],
    }
