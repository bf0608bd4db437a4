"""The private servers, started and killed for real in a folder of their own."""

import concurrent.futures
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import redis

from portal import embedded
from portal.embedded import postgres, privileges


@pytest.fixture(autouse=True)
def _our_own_servers(monkeypatch):
    for name in ("PG_BIN", "DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def var(tmp_path):
    """An empty VAR_DIR whose servers stop with the test."""
    yield tmp_path
    embedded.stop(tmp_path)


@pytest.fixture(scope="module")
def _used(tmp_path_factory):
    return tmp_path_factory.mktemp("used")


@pytest.fixture
def used(_used):
    """A VAR_DIR that may hold data already, which takes a second to make."""
    yield _used
    embedded.stop(_used)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A VAR_DIR whose servers run, for the tests that only look."""
    var = tmp_path_factory.mktemp("var")
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv("PG_BIN", raising=False)
        embedded.ensure(var)
    yield var
    embedded.stop(var)


def pids(var):
    postmaster = (var / "postgres" / "data" / "postmaster.pid").read_text()
    return int(postmaster.split()[0]), int((var / "valkey" / "pid").read_text())


def kill(*numbers):
    for pid in numbers:
        os.kill(pid, signal.SIGKILL)


def test_servers_start_answer_and_stop(var):
    urls = embedded.ensure(var)

    with psycopg.connect(urls.database) as connection:
        assert connection.execute("select current_database()").fetchone() == (
            "bienvenue_47",
        )
    assert redis.Redis.from_url(urls.redis).ping()
    assert embedded.running(var) == {"postgres": True, "valkey": True}

    embedded.stop(var)

    assert embedded.running(var) == {"postgres": False, "valkey": False}


def test_extensions_of_the_portal_are_there(running):
    urls = embedded.urls(running)

    with psycopg.connect(urls.database) as connection:
        for name in ("btree_gist", "pg_trgm", "unaccent"):
            connection.execute(f"create extension {name}")
        assert connection.execute("select unaccent('Œuvre à Nérac')").fetchone() == (
            "OEuvre a Nerac",
        )


def test_killed_servers_start_again_with_their_data(used):
    urls = embedded.ensure(used)
    with psycopg.connect(urls.database, autocommit=True) as connection:
        connection.execute("create table kept as select 1 as one")
        kill(*pids(used))

    again = embedded.ensure(used)

    assert again == urls
    with psycopg.connect(again.database) as connection:
        assert connection.execute("select one from kept").fetchone() == (1,)
    assert redis.Redis.from_url(again.redis).ping()


def test_server_that_died_a_moment_ago_is_replaced(used, monkeypatch):
    embedded.ensure(used)
    postmaster, _ = pids(used)
    embedded.stop(used)
    seen = iter([postmaster])
    really = postgres.pid
    # Its process is still listed once, although nobody listens any more.
    monkeypatch.setattr(postgres, "pid", lambda var: next(seen, None) or really(var))

    again = embedded.ensure(used)

    with psycopg.connect(again.database) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_stale_pid_file_naming_another_process_is_forgotten(used):
    embedded.ensure(used)
    embedded.stop(used)
    pid_file = used / "postgres" / "data" / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{pid_file.parent}\n0\n5432\n\n\n\nready\n")
    pid_file.chmod(0o600)

    assert embedded.running(used)["postgres"] is False
    embedded.ensure(used)

    assert embedded.running(used)["postgres"] is True


def test_port_taken_meanwhile_is_left_for_another(used):
    before = embedded.ensure(used)
    embedded.stop(used)
    port = int(before.database.rpartition(":")[2].partition("/")[0])
    with socket.socket() as squatter:
        squatter.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        squatter.bind(("127.0.0.1", port))
        squatter.listen()

        after = embedded.ensure(used)

    assert after.database != before.database
    psycopg.connect(after.database).close()


def test_only_the_owner_reads_the_passwords(running):
    embedded.secret_key(running)

    modes = {
        name: (running / name).stat().st_mode & 0o777
        for name in ("password", "secret-key", "valkey/valkey.conf")
    }

    assert modes == dict.fromkeys(modes, 0o600)


@pytest.mark.parametrize("password", ["", "wrong"])
def test_neither_server_answers_a_stranger(running, password):
    urls = embedded.urls(running)
    secret = (running / "password").read_text()

    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(urls.database.replace(secret, password))
    with pytest.raises(redis.AuthenticationError):
        redis.Redis.from_url(urls.redis.replace(f":{secret}@", f":{password}@")).get(1)


def test_servers_listen_on_the_loopback_only(running):
    urls = embedded.urls(running)

    with psycopg.connect(urls.database) as connection:
        listening = connection.execute("show listen_addresses").fetchone()
    bound = redis.Redis.from_url(urls.redis).config_get("bind")

    assert (listening, bound) == (("127.0.0.1",), {"bind": "127.0.0.1"})


def test_processes_that_start_them_at_once_share_one_pair(var):
    command = [sys.executable, "-m", "portal.embedded", "start"]
    environment = {**os.environ, "VAR_DIR": str(var)}

    with concurrent.futures.ThreadPoolExecutor() as pool:
        outputs = list(
            pool.map(
                lambda _: (
                    subprocess.run(
                        command,
                        env=environment,
                        capture_output=True,
                        text=True,
                        check=True,
                    ).stdout
                ),
                range(4),
            )
        )

    assert set(outputs) == {"\n".join(embedded.urls(var)) + "\n"}


def test_each_departement_has_its_database(running, monkeypatch):
    first = embedded.ensure(running)
    monkeypatch.setenv("DEPARTEMENT", "2A")

    second = embedded.ensure(running)

    assert [url.rpartition("/")[2] for url in (first.database, second.database)] == [
        "bienvenue_47",
        "bienvenue_2a",
    ]
    psycopg.connect(second.database).close()


def test_interrupted_initdb_is_made_again(var):
    half_made = var / "postgres" / "data"
    half_made.mkdir(parents=True)
    (half_made / "base").mkdir()

    psycopg.connect(embedded.ensure(var).database).close()


def test_data_of_another_major_version_gets_a_sentence(var):
    embedded.ensure(var)
    embedded.stop(var)
    (var / "postgres" / "data" / "PG_VERSION").write_text("14\n")

    with pytest.raises(embedded.EmbeddedError) as refusal:
        embedded.ensure(var)

    assert str(refusal.value) == (
        f"{var}/postgres/data was written by Postgres 14 and the server here is 18:"
        " set PG_BIN to the bin folder of a Postgres 14,"
        " or move that folder away to start afresh."
    )
    (var / "postgres" / "data" / "PG_VERSION").write_text("18\n")


def test_command_line_says_the_sentence_without_a_traceback(var):
    environment = {**os.environ, "VAR_DIR": str(var), "PG_BIN": "/nowhere"}

    start = subprocess.run(
        [sys.executable, "-m", "portal.embedded", "start"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (start.returncode, start.stderr) == (
        1,
        "PG_BIN names /nowhere, where there is no initdb:"
        " give the bin folder of a Postgres 15 to 18.\n",
    )


def test_pg_bin_is_asked_first(var, monkeypatch):
    programs = var / "bin"
    programs.mkdir()
    (programs / "initdb").touch()
    monkeypatch.setenv("PG_BIN", str(programs))

    assert embedded.postgres_bin() == programs


def test_newest_postgres_of_debian_is_the_last_resort(tmp_path):
    for version in ("9.6", "15", "17"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()
    (tmp_path / "18" / "bin").mkdir(parents=True)

    assert embedded.debian_postgres(tmp_path) == tmp_path / "17" / "bin"


# The wheel's own, and Debian's where it is installed.
SERVERS = [
    folder for folder in (embedded.postgres_bin(), embedded.debian_postgres()) if folder
]


@pytest.mark.parametrize("programs", SERVERS, ids=str)
def test_postgres_named_by_pg_bin_serves(var, monkeypatch, programs):
    version = subprocess.run(
        [programs / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    monkeypatch.setenv("PG_BIN", str(programs))

    with psycopg.connect(embedded.ensure(var).database) as connection:
        found = connection.info.server_version // 10_000

    assert f" {found}." in version.stdout


def test_no_server_at_all_gets_a_sentence(monkeypatch):
    monkeypatch.delenv("PG_BIN", raising=False)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(postgres, "debian_postgres", lambda: None)
    monkeypatch.setattr(shutil, "which", lambda name: None)

    with pytest.raises(embedded.EmbeddedError, match="No Postgres was found: run"):
        embedded.postgres_bin()
    with pytest.raises(embedded.EmbeddedError, match="No Valkey or Redis was found"):
        embedded.valkey_server()


# Only root has to step down: for others there is nothing to try.
if os.geteuid() == 0:

    def test_root_without_namespaces_steps_down_to_nobody(var, monkeypatch):
        works = privileges._works
        monkeypatch.setattr(
            privileges,
            "_works",
            lambda prefix, *rest: prefix[0] != "unshare" and works(prefix, *rest),
        )

        embedded.ensure(var)

        process = Path("/proc", str(pids(var)[0]))
        assert (process.stat().st_uid, embedded.running(var)["postgres"]) == (
            65534,
            True,
        )


def test_folder_of_someone_else_gets_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 4242)

    with pytest.raises(embedded.EmbeddedError, match=r"belongs to the user .*: run"):
        privileges.unprivileged(tmp_path, Path("/nowhere"))
