"""The gateway's own secret, from a file that only the gateway's user can read."""

import os
import secrets
from pathlib import Path

_BYTES = 32


class SecretUnreadable(OSError):  # noqa: N818 - it says what is so
    """Raised when the file of the gateway's secret is there and holds none."""


def own_secret(file: Path) -> bytes:
    """Give the secret in `file` (64 hexadecimal digits); a file that is not there yet is made with a new one.

    Raises:
        SecretUnreadable: the file holds something else.
        OSError: it can be neither read nor made.
    """
    try:
        return _read(file)
    except FileNotFoundError:
        _make(file)
        return _read(file)


def _read(file: Path) -> bytes:
    try:
        secret = bytes.fromhex(file.read_text(encoding="ascii"))
    except ValueError:
        secret = b""
    if len(secret) < _BYTES:
        raise SecretUnreadable(f"{file} does not hold {2 * _BYTES} hexadecimal digits")
    return secret


def _make(file: Path) -> None:
    """Make the file whole under another name and link it into place: two processes that start at once agree on one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(secrets.token_hex(_BYTES))
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(draft, file)
        except FileExistsError:
            return
    finally:
        draft.unlink(missing_ok=True)
