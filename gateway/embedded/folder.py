"""The folder of the private server: one gateway at a time, and a socket path that is short enough."""

import fcntl
import hashlib
import os
import stat
from pathlib import Path
from typing import Final

_LONGEST_SOCKET_PATH: Final = 100
"""The system takes 107 bytes on Linux and 103 on macOS."""


class FolderInUse(Exception):  # noqa: N818 - it says what is so
    """Raised when another gateway process runs on the same data folder."""


class DataFolder:
    """A folder that only its owner can enter, locked by one process while it is taken."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self.pid_file = self.path / "server.pid"
        self._lock: int | None = None

    def take(self) -> None:
        """Make the folder and lock it.

        Raises:
            FolderInUse: another process has it.
        """
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path.chmod(0o700)
        lock = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            raise FolderInUse(f"another gateway runs on {self.path}") from None
        self._lock = lock

    def give_back(self) -> None:
        """Unlock the folder; nothing happens if it is not taken."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def socket_path(folder: Path) -> Path:
    """Give the path of the server's socket for `folder`, the same for every process that asks.

    It lies in the folder if the path is short enough, else in a private folder under /tmp, named after the folder.
    """
    inside = folder.resolve() / "redis.sock"
    if len(os.fsencode(inside)) <= _LONGEST_SOCKET_PATH:
        return inside
    private = Path(f"/tmp/oss-gateway-{os.getuid()}")  # noqa: S108 - short, and refused below unless it is ours alone
    private.mkdir(mode=0o700, exist_ok=True)
    about = private.lstat()
    if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.getuid() or about.st_mode & 0o077:
        raise FolderInUse(f"{private} must be a folder that only this user can enter")
    return private / f"{hashlib.sha256(os.fsencode(inside)).hexdigest()[:24]}.sock"
