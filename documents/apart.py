"""Files that may be traps are read in a process of their own: only it is caught."""

import contextlib
import math
import resource
import subprocess
import sys
from pathlib import Path

MEMORY = 512 * 1024 * 1024


def run(script: Path, content: bytes, *, seconds: float) -> str:
    """What a script writes about the bytes; empty when it failed or took too long.

    The script knows nothing of the portal. Its memory and its time are limited
    before it is given anything to read.
    """
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with child:
        try:
            _limit(child.pid, seconds)
            written, _ = child.communicate(content, timeout=seconds)
        except subprocess.TimeoutExpired:
            written = b""
        finally:
            child.kill()
    return "" if child.returncode else written.decode("utf-8", "replace").strip()


def _limit(pid: int, seconds: float) -> None:
    """Where the system knows how; elsewhere the time given to `run` remains."""
    if not hasattr(resource, "prlimit"):
        return
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, math.ceil(seconds)),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.prlimit(pid, limit, (value, value))
