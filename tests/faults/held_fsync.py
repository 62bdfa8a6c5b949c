"""A disk that holds up its syncs, as an overloaded one does: a small library put before a server's own calls."""

import asyncio
import shutil
import subprocess
from pathlib import Path

_SOURCE = Path(__file__).with_suffix(".c")


class NoCompilerError(Exception):
    """Raised where there is no C compiler, so that the library cannot be made."""


class HeldFsync:
    """Holds every fsync and fdatasync of `program` for 1.5 s while it is switched on."""

    def __init__(self, folder: Path, program: str) -> None:
        compiler = shutil.which("cc") or shutil.which("gcc")
        if compiler is None:
            raise NoCompilerError("install a C compiler (gcc) to hold up fsync")
        library = folder / "held_fsync.so"
        command = [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(_SOURCE), "-ldl"]
        subprocess.run(command, check=True)  # noqa: S603 - our own source, no shell
        self._switch, self._told = folder / "hold", folder / "held"
        self.environment = {
            "LD_PRELOAD": str(library),
            "HELD_PROGRAM": program,
            "HELD_WHILE": str(self._switch),
            "HELD_TOLD": str(self._told),
        }

    def switch_on(self) -> None:
        """Hold every sync that begins from now on."""
        self._told.unlink(missing_ok=True)
        self._switch.touch()

    def switch_off(self) -> None:
        """Hold no further sync."""
        self._switch.unlink(missing_ok=True)

    async def holds(self) -> bool:
        """Whether a sync is being held, or was since it was switched on."""
        return await asyncio.to_thread(self._told.exists)
