"""Moves the clock of a function that the local engine started. Python imports this module by itself, before any other.

The engine starts each function as a process of its own with this folder on its path. The account in the function's ARN
names the file that holds how far the clock of that account was moved, as seconds in eight bytes. Only `time.time()`
moves: `datetime` does not, so that requests to the engine stay validly signed.
"""

import mmap
import os
import struct
import time
from pathlib import Path

_REAL_TIME = time.time
_SECONDS = struct.Struct("<d")


def _move_clock(arn: str, clocks: str) -> None:
    """Let `time.time()` add what the clock file of the function's account says; without a file it stays as it is."""
    path = Path(clocks) / arn.split(":")[4]
    if not path.exists():
        return
    with path.open("rb") as file:
        offset = mmap.mmap(file.fileno(), _SECONDS.size, access=mmap.ACCESS_READ)

    def moved_time() -> float:
        """Return the seconds since 1970 by the moved clock."""
        return _REAL_TIME() + float(_SECONDS.unpack_from(offset)[0])

    time.time = moved_time


if "_LAMBDA_FUNCTION_ARN" in os.environ and "LOCAL_CLOCKS" in os.environ:
    _move_clock(os.environ["_LAMBDA_FUNCTION_ARN"], os.environ["LOCAL_CLOCKS"])
