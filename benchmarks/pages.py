"""The home page and the request form against a bare Django page (within 2×).

Both are served by gunicorn with two workers on the same database; requests take
turns, so that a busy moment of the machine falls on all of them.
"""

import contextlib
import http.client
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from benchmarks._database import ROOT, own_database
from benchmarks._report import Row, show

BUDGET = 2.0
ROUNDS = 400
WARM_UP = 40
FORM = "/installation/demande/?nature=installation"


@contextlib.contextmanager
def served(application: str) -> Iterator[int]:
    """Run an application under gunicorn; yield its port once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = f"gunicorn {application} --workers 2 --bind 127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", *command.split(), "--log-level", "critical"], cwd=ROOT
    )
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError):
            ask(port, "/")
            return
        time.sleep(0.1)
    raise SystemExit("the server did not start within 30 s")


def ask(port: int, path: str) -> tuple[float, int, int]:
    """Seconds, bytes of the body as sent, status."""
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": "localhost"})
    response = connection.getresponse()
    length = len(response.read())
    connection.close()
    return time.perf_counter() - started, length, response.status


def arrive(port: int, path: str) -> str:
    """Where a visitor who follows this address ends, so that we measure a page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": "localhost"})
    response = connection.getresponse()
    if response.status in (301, 302):
        return response.headers["Location"]
    return path


def measure(
    targets: dict[str, tuple[int, str]], rounds: int = ROUNDS
) -> dict[str, tuple[list, int]]:
    measured = {name: ([], 0) for name in targets}
    for turn in range(WARM_UP + rounds):
        for name, (port, path) in targets.items():
            seconds, length, status = ask(port, path)
            if status != 200:
                raise SystemExit(f"{path} answered {status}")
            if turn >= WARM_UP:
                measured[name] = ([*measured[name][0], seconds], length)
    return measured


def main() -> int:
    with (
        own_database(),
        served("benchmarks._bare") as bare,
        served("portal.wsgi") as portal,
    ):
        measured = measure(
            {
                "bare Django page": (bare, "/"),
                "home": (portal, "/"),
                "request form": (portal, arrive(portal, FORM)),
            }
        )
    floor = statistics.median(measured["bare Django page"][0])
    rows = [
        Row(
            label=name,
            milliseconds=statistics.median(seconds) * 1000,
            ratio=statistics.median(seconds) / floor,
            budget=BUDGET if name != "bare Django page" else None,
            detail=f"p95 {statistics.quantiles(seconds, n=20)[-1] * 1000:.2f} ms, "
            f"{length / 1000:.1f} kB",
        )
        for name, (seconds, length) in measured.items()
    ]
    title = f"Pages under gunicorn, 2 workers, {ROUNDS} requests each"
    return 0 if show(title, rows) else 1


if __name__ == "__main__":
    sys.exit(main())
