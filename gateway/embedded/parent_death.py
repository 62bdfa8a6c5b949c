"""Ties a child process to the life of its parent, also when that is killed without warning (Linux)."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from typing import Final

_PR_SET_PDEATHSIG: Final = 1


def die_with_parent() -> Callable[[], None] | None:
    """Give what the child must call between fork and exec so that it gets SIGTERM when its parent dies.

    None where the system has no such thing; a child that is left over there is ended by the next start.
    """
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def tie() -> None:
        prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM))
        if os.getppid() != parent:  # it died between the fork and the line above
            os._exit(1)

    return tie
