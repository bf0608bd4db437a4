"""Run the demonstration on one machine: its servers, its data, its processes.

python -m portal.run demo [--data FOLDER]
python -m portal.run stop
python -m portal.run with-services COMMAND…
"""

import argparse
import contextlib
import fcntl
import hashlib
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from honcho.manager import Manager

from portal import embedded

ROOT = Path(__file__).resolve().parent.parent
APPS = ["territory", "accounts", "casework", "documents", "installation", "portal"]
MARK = "BIENVENUE_DEMO"  # in the environment of every process of a demonstration
STOP_SECONDS = 30


class RunError(RuntimeError):
    """One sentence that says what is wrong and how to go on."""


# --- The demonstration ------------------------------------------------------------


def demo(data: Path | None) -> int:
    """Prepare the data, run web, worker and beat until Ctrl-C, stop everything."""
    code, port = _departement(), _port()
    if data is not None and not data.is_dir():
        raise RunError(f"DATA={data} is not a folder: give the one of official files.")
    os.environ.update(DEPARTEMENT=code, PORT=str(port))
    os.environ.setdefault("LOG_LEVEL", "WARNING")  # the address stays in sight
    with _only_one_demonstration():
        _refuse_taken_port(port)
        # Said outright: a shell starts its background jobs with SIGINT ignored.
        signal.signal(signal.SIGINT, _interrupt)
        signal.signal(signal.SIGTERM, _interrupt)
        signal.signal(signal.SIGHUP, _end)  # the terminal was closed
        try:
            if not _has_real_servers():
                embedded.ensure()
            os.environ[MARK] = str(_var())
            _prepare(data)
            return _serve(port)
        finally:
            # A second Ctrl-C must not leave a server behind.
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            _end_leftovers()
            embedded.stop()
            print("The demonstration is stopped; its data stays in var/.", flush=True)


def _interrupt(_number, _frame):
    raise KeyboardInterrupt


def _end(_number, _frame):
    os.kill(os.getpid(), signal.SIGTERM)


def _departement() -> str:
    code = os.environ.get("DEPARTEMENT", "47").upper()
    if not re.fullmatch(r"\d{2,3}|2[AB]", code):
        raise RunError(
            f"DEPARTEMENT={code} is not the code of a Département:"
            " write 47, 2A or 974, for instance."
        )
    return code


def _port() -> int:
    port = os.environ.get("PORT", "8000")
    if not (port.isdecimal() and 0 < int(port) < 65536):
        raise RunError(f"PORT={port} is not a port: write PORT=8001, for instance.")
    return int(port)


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise RunError(
                f"Port {port} is reserved to the administrator: choose one above 1024,"
                " `make demo PORT=8000`."
            ) from None
        except OSError:
            raise RunError(
                f"Port {port} is taken by another program: stop it, or choose another"
                f" port with `make demo PORT={port + 1}`."
            ) from None


def _serve(port: int) -> int:
    """Run the three processes together: when one ends, so do the others."""
    manager = Manager()
    for name, command in {
        "web": "gunicorn portal.wsgi --workers 2 --no-control-socket"
        f" --log-level warning --bind 127.0.0.1:{port}",
        "worker": "celery -A portal --quiet worker --concurrency 2 --loglevel warning"
        " --without-mingle --without-gossip",
        "beat": "celery -A portal --quiet beat --loglevel warning --pidfile="
        f" --schedule {shlex.quote(str(_var() / 'celerybeat-schedule'))}",
    }.items():
        command = f"exec {shlex.quote(sys.executable)} -m {command}"
        manager.add_process(name, command, cwd=str(ROOT))
    threading.Thread(target=_announce, args=[port], daemon=True).start()
    manager.loop()
    asked_to_stop = (128 + signal.SIGINT, 128 + signal.SIGTERM)
    return 0 if manager.returncode in asked_to_stop else manager.returncode


def _announce(port: int) -> None:
    """Say that the portal is up once it has really answered a page."""
    # By its name: passkeys refuse bare addresses.
    address = f"http://localhost:{port}"
    for _second in range(600):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10):
                break
        except urllib.error.HTTPError as error:
            print(f"\n  {address} answers {error.code}: see above.\n", flush=True)
            return
        except OSError:
            time.sleep(0.1)
    print(
        f"\n  Bienvenue Docteur: {address}"
        f"\n  Who to sign in as, and every mail sent: {address}/demo/"
        "\n  Ctrl-C stops everything; the data stays in var/.\n",
        flush=True,
    )


# --- Its data ---------------------------------------------------------------------


def _prepare(data: Path | None) -> None:
    """Bring database and static files up to date; nothing when nothing changed."""
    code = _digest(path for app in APPS for path in (ROOT / app).rglob("*.py"))
    locks = _digest([ROOT / "requirements" / "demo.txt", ROOT / "package-lock.json"])
    official = _listing(data) if data else ""
    # The static files first: the invented documents are printed with them.
    collected = _var() / "static" / "staticfiles.json"
    sources = [ROOT / "static", *(ROOT / app / "static" for app in APPS)]
    static = locks + "".join(map(_listing, sources))
    stamp = _var() / "stamps" / "static"
    if not (collected.exists() and _is_done(stamp, static)):
        _manage("collectstatic", "--noinput", "--clear", "--verbosity=0")
        _done(stamp, static)
    folder = _var() / "stamps"
    if not _has_real_servers():
        # Beside the database: who removes one removes the other.
        folder = _var() / "postgres" / "stamps"
    database = folder / f"database-{os.environ['DEPARTEMENT']}"
    if _has_real_servers() or not _is_done(database, code + locks + official):
        _manage("migrate", "--verbosity=0")
        _manage(
            "load_territory",
            os.environ["DEPARTEMENT"],
            *(["--data", str(data)] if data else []),
        )
        for zoning in sorted(data.glob("frr_*.csv")) if data else []:
            # A file of another Département is refused, and said to be.
            with contextlib.suppress(RunError):
                _manage("import_zoning", str(zoning))
        _manage("make_demo_seal")
        _manage("demo_data")
        _done(database, code + locks + official)


def _manage(*command: str) -> None:
    print(f"manage.py {' '.join(command)}", flush=True)
    run = subprocess.run(
        [sys.executable, ROOT / "manage.py", *command], check=False, cwd=ROOT
    )
    if run.returncode:
        raise RunError(f"`manage.py {command[0]}` failed: read its message above.")


def _digest(paths) -> str:
    whole = hashlib.sha256()
    for path in sorted(paths):
        whole.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def _listing(folder: Path) -> str:
    """What identifies the files of a folder without reading them."""
    whole = hashlib.sha256(str(folder).encode())
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            stat = path.stat()
            whole.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
    return whole.hexdigest()


def _is_done(stamp: Path, key: str) -> bool:
    return stamp.exists() and stamp.read_text() == key


def _done(stamp: Path, key: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(key)


# --- Its processes ------------------------------------------------------------------


@contextlib.contextmanager
def _only_one_demonstration() -> Iterator[None]:
    """Hold var/demo.pid; what a killed demonstration left running is ended."""
    path = _var() / "demo.pid"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        if not _lock(file):
            raise RunError(
                "The demonstration already runs from this folder:"
                " open its address, or end it with `make stop`."
            )
        _end_leftovers()
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
        file.truncate(0)


def _lock(file) -> bool:
    # Not flock: the processes we fork would hold it after we were killed.
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def stop() -> None:
    """Stop the demonstration of this folder, then its servers."""
    path = _var() / "demo.pid"
    if path.exists():
        with path.open("r+") as file:
            pid = file.read()
            if not _lock(file) and pid:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(pid), signal.SIGTERM)
                give_up_at = time.monotonic() + STOP_SECONDS
                while not _lock(file) and time.monotonic() < give_up_at:
                    time.sleep(0.1)
    _end_leftovers()
    embedded.stop()


def _end_leftovers() -> None:
    """End what bears our mark and has lost the process that started it."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        for pid in _marked():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
        give_up_at = time.monotonic() + STOP_SECONDS / 3
        while _marked() and time.monotonic() < give_up_at:
            time.sleep(0.1)


def _marked() -> list[int]:
    mark = f"{MARK}={_var()}".encode()
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if mark in environment.read_bytes().split(b"\0"):
                found.append(int(environment.parent.name))
    return [pid for pid in found if pid != os.getpid()]


# --- Services around a command ------------------------------------------------------


def with_services(command: list[str]) -> int:
    """Run a command beside the embedded servers; leave them as they were."""
    if _has_real_servers():
        return _run(command)
    were_running = all(embedded.running().values())
    try:
        embedded.ensure()
        return _run(command)
    finally:
        if not were_running:
            embedded.stop()


def _run(command: list[str]) -> int:
    """Run a command to its end, even asked to stop: it is asked in its turn."""
    with subprocess.Popen(command) as process:

        def forward(number, _frame):
            process.send_signal(number)

        before = signal.signal(signal.SIGTERM, forward)
        try:
            while True:
                try:
                    return process.wait()
                except KeyboardInterrupt:
                    continue  # the command got it too, and ends by itself
        finally:
            signal.signal(signal.SIGTERM, before)


def _has_real_servers() -> bool:
    return bool(os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"))


def _var() -> Path:
    return Path(os.environ.get("VAR_DIR") or embedded.DEFAULT_VAR).resolve()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m portal.run")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("demo").add_argument("--data", type=Path)
    commands.add_parser("stop")
    words = commands.add_parser("with-services")
    words.add_argument("words", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    try:
        if arguments.command == "demo":
            return demo(arguments.data and arguments.data.resolve())
        if arguments.command == "with-services":
            signal.signal(signal.SIGTERM, _interrupt)
            return with_services(arguments.words)
        stop()
    except (RunError, embedded.EmbeddedError) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
