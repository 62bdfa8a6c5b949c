"""Where the schemas and the shipped configuration lie, in a checkout and in an installed wheel alike."""

from pathlib import Path
from typing import Literal

_HERE = Path(__file__).resolve().parent


def bundled_path(name: Literal["schemas", "config"]) -> Path:
    """Give the folder `name`: inside the wheel if it was built in, else at the top of the checkout.

    Raises:
        FileNotFoundError: neither place has the folder, so the installation is broken.
    """
    for candidate in (_HERE / "_bundled" / name, _HERE.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"the installation lacks its folder {name!r}: install oss-gateway again")
