"""Starting and stopping both servers, whoever else does so at the same time."""

import signal
from pathlib import Path
from typing import NamedTuple

from portal.embedded import places, postgres, processes, valkey


class Urls(NamedTuple):
    database: str
    redis: str


def urls(var: Path | None = None) -> Urls:
    """Say where the servers answer, or will answer once they are started."""
    var = places.var_dir(var)
    with places.locked(var):
        return _urls(var)


def ensure(var: Path | None = None) -> Urls:
    """Start what is not running, and leave it running; safe to call at once."""
    var = places.var_dir(var)
    with places.locked(var):
        postgres.serve(var)
        if not valkey.answers(var):
            valkey.start(var)
        return _urls(var)


start = ensure


def stop(var: Path | None = None) -> None:
    """Stop both servers, politely at first; their data stays."""
    var = places.var_dir(var)
    if not var.exists():
        return
    with places.locked(var):
        if pid := valkey.pid(var):
            processes.terminate(pid, [signal.SIGTERM, signal.SIGKILL])
        if pid := postgres.pid(var):
            # "Fast": sessions are cut, everything committed is on disk.
            processes.terminate(pid, [signal.SIGINT, signal.SIGQUIT])


def running(var: Path | None = None) -> dict[str, bool]:
    """Say which of the two servers is up."""
    var = places.var_dir(var)
    return {
        "postgres": postgres.pid(var) is not None,
        "valkey": valkey.pid(var) is not None,
    }


def secret_key(var: Path | None = None) -> str:
    """The demonstration's SECRET_KEY, drawn once and kept with its data."""
    return places.secret(places.var_dir(var), "secret-key")


def _urls(var: Path) -> Urls:
    password = places.secret(var, "password")
    database, broker = places.port(var, "postgres"), places.port(var, "valkey")
    return Urls(
        f"postgres://{postgres.ROLE}:{password}@{places.HOST}:{database}"
        f"/{postgres.database_name()}",
        f"redis://:{password}@{places.HOST}:{broker}/0",
    )
