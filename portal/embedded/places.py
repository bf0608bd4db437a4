"""Where the private servers keep their things: ports, secrets, data, one lock."""

import contextlib
import fcntl
import json
import os
import secrets
import socket
from collections.abc import Iterator
from pathlib import Path

HOST = "127.0.0.1"
DEFAULT_VAR = Path(__file__).resolve().parents[2] / "var"


class EmbeddedError(RuntimeError):
    """One sentence that says what is missing and how to get it."""


def var_dir(var: Path | None = None) -> Path:
    return Path(var or os.environ.get("VAR_DIR") or DEFAULT_VAR).resolve()


@contextlib.contextmanager
def locked(var: Path) -> Iterator[None]:
    """Let one process at a time start, stop or draw ports and passwords."""
    try:
        var.mkdir(mode=0o755, parents=True, exist_ok=True)
        lock = (var / "services.lock").open("w")
    except PermissionError:
        raise EmbeddedError(
            f"{var} cannot be written by this user: give it back with chown,"
            " or name another folder in VAR_DIR."
        ) from None
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def secret(var: Path, name: str) -> str:
    path = var / name
    var.mkdir(mode=0o755, parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        # Written aside and linked: nobody ever reads half a secret.
        draft = var / f".{name}.{os.getpid()}"
        with open(draft, "w", opener=private) as file:
            file.write(secrets.token_urlsafe(32))
        try:
            os.link(draft, path)
        finally:
            draft.unlink()
    return path.read_text()


def private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def port(var: Path, service: str) -> int:
    """The port kept for a service; another one when somebody took it."""
    path = var / "ports.json"
    ports = json.loads(path.read_text()) if path.exists() else {}
    if service not in ports:
        ports[service] = free_port()
        path.write_text(json.dumps(ports))
    return ports[service]


def change_port(var: Path, service: str) -> None:
    path = var / "ports.json"
    ports = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(json.dumps({**ports, service: free_port()}))


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
