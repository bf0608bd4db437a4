"""Time until the first page, cold and warm, against a bare Django's.

Cold: an empty var/, so that databases, territory, demonstration and static files
are made. Warm: the same `make demo` again. Installed packages are there both times.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BARE = """
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
urlpatterns = [path("", lambda request: HttpResponse("ok"))]
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="bench")
application = get_wsgi_application()
"""
GIVE_UP = 600


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "bare.py").write_text(BARE)
        floor = first_page(
            ["-m", "gunicorn", "bare:application", "--workers", "2", "--bind"],
            PYTHONPATH=folder,
        )
        var = str(Path(folder, "var"))
        cold = first_page(["-m", "portal.run", "demo"], VAR_DIR=var)
        warm = min(
            first_page(["-m", "portal.run", "demo"], VAR_DIR=var) for _ in range(3)
        )
    print(f"{'':34}seconds   bare Django = 1")
    for title, seconds in [
        ("bare Django, gunicorn, 2 workers", floor),
        ("portal, empty var/", cold),
        ("portal, again (best of 3)", warm),
    ]:
        print(f"{title:34}{seconds:7.2f}   {seconds / floor:15.1f}")


def first_page(arguments: list[str], **environment: str) -> float:
    """Start the program, ask for a page until it answers, stop it."""
    port = free_port()
    if arguments[-1] == "--bind":
        arguments = [*arguments, f"127.0.0.1:{port}"]
    environment = {**os.environ, **environment, "PORT": str(port)}
    for name in ("DATABASE_URL", "REDIS_URL", "SITE_URL"):
        environment.pop(name, None)
    begun = time.monotonic()
    with subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as program:
        os.set_blocking(program.stdout.fileno(), False)
        output = b""
        while not answers(port):
            output += program.stdout.read() or b""
            if program.poll() is not None or time.monotonic() - begun > GIVE_UP:
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
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10).close()
    except urllib.error.HTTPError:
        raise
    except OSError:
        return False
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    main()
