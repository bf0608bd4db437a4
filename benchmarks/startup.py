"""Time until the first page, cold and warm, against a bare Django page's.

Cold: an empty var/, so that databases, territory, demonstration and static files
are made. Warm: the same `make demo` again. Installed packages are there both times.
A second start is promised in 15 s; where even the bare page is slow to come, because
the machine is busy, its ratio to that page is what counts.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time

from benchmarks._database import ROOT
from benchmarks._report import Row, show
from portal import embedded

WARM_SECONDS = 15
WARM_RATIO = 10.0
GIVE_UP_SECONDS = 600
DEMO = ["-m", "portal.run", "demo"]


def main() -> int:
    bare = ["-m", "gunicorn", "benchmarks._bare", "--workers", "2", "--bind"]
    database = os.environ.get("DATABASE_URL") or embedded.urls().database
    floor = first_page(bare, DATABASE_URL=database)
    with tempfile.TemporaryDirectory() as var:
        cold = first_page(DEMO, VAR_DIR=var)
        warm = min(first_page(DEMO, VAR_DIR=var) for _ in range(3))
    budget = max(WARM_RATIO, WARM_SECONDS / floor)
    within = show(
        "From the command to the first page",
        [
            Row("bare Django page, gunicorn", floor * 1000),
            Row("make demo, empty var/", cold * 1000, cold / floor),
            Row("make demo, again (best of 3)", warm * 1000, warm / floor, budget),
        ],
    )
    return 0 if within else 1


def first_page(arguments: list[str], **environment: str) -> float:
    """Start the program, ask for a page until it answers, stop it."""
    port = free_port()
    if arguments[-1] == "--bind":
        arguments = [*arguments, f"127.0.0.1:{port}"]
    given = ("DATABASE_URL", "REDIS_URL", "SITE_URL")
    inherited = {name: os.environ[name] for name in os.environ if name not in given}
    begun = time.monotonic()
    with subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**inherited, **environment, "PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as program:
        os.set_blocking(program.stdout.fileno(), False)
        output = b""
        while not answers(port):
            output += program.stdout.read() or b""
            if program.poll() is not None or time.monotonic() - begun > GIVE_UP_SECONDS:
                program.kill()
                raise RuntimeError(output.decode(errors="replace")[-2000:])
            time.sleep(0.02)
        took = time.monotonic() - begun
        program.send_signal(signal.SIGINT)
        while program.poll() is None:
            program.stdout.read()
            time.sleep(0.05)
    return took


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/", headers={"Host": "localhost"})
        response = connection.getresponse()
    except OSError:
        return False
    finally:
        connection.close()
    if response.status != http.client.OK:
        raise RuntimeError(f"The first page answered {response.status}.")
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    sys.exit(main())
