"""Processes that outlive the command that started them."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

STOP_SECONDS = 30


def is_ours(pid: int, mark: str) -> bool:
    """Whether the process lives and its command line bears the mark."""
    status = Path("/proc", str(pid), "cmdline")
    if Path("/proc/self/cmdline").exists():
        try:
            return mark in status.read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            return False
    command = subprocess.run(
        ["ps", "-p", str(pid), "-o", "command="],
        capture_output=True,
        text=True,
        check=False,
    )
    return mark in command.stdout


def terminate(pid: int, signals: list[signal.Signals]) -> None:
    for number in signals:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        give_up_at = time.monotonic() + STOP_SECONDS
        while time.monotonic() < give_up_at:
            if not _lives(pid):
                return
            time.sleep(0.05)


def _lives(pid: int) -> bool:
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)  # when it is our own child
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path("/proc", str(pid), "stat")
    try:
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return not Path("/proc/self/stat").exists()


def forget(server: subprocess.Popen) -> None:
    """It outlives us on purpose: no warning about a child still running."""
    server.returncode = 0
