"""The portal's own servers and workers, started for one test and killed at will."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psycopg
import redis
from celery import Celery

from portal import embedded

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60
PROCESSES = 4


def wait_until(condition: Callable[[], bool], what: str, seconds: int = PATIENCE):
    """Bounded polling: the only waiting there is."""
    give_up_at = time.monotonic() + seconds
    while time.monotonic() < give_up_at:
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError(f"After {seconds} s, still waiting for {what}.")


class Stack:
    def __init__(self, var: Path, smtp_port: int):
        self.var = var
        self.smtp_port = smtp_port
        self.processes: list[subprocess.Popen] = []
        self.server: subprocess.Popen | None = None
        self.poster: subprocess.Popen | None = None
        self.address = ""
        self.urls = embedded.ensure(var)

    @property
    def env(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.live.settings",
            "VAR_DIR": str(self.var),
            "DATABASE_URL": self.urls.database,
            "REDIS_URL": self.urls.redis,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.smtp_port}",
            "LOG_LEVEL": "WARNING",
            "PYTHONUNBUFFERED": "1",
        }

    def copy_tables(self, tests: dict) -> None:
        """Take the tables of the other tests as the migrations left them.

        To migrate once more takes five times longer.
        """
        programs = embedded.postgres_bin()
        theirs = {
            "PGHOST": tests["HOST"],
            "PGPORT": str(tests["PORT"]),
            "PGUSER": tests["USER"],
            "PGPASSWORD": tests["PASSWORD"],
            "PGDATABASE": tests["NAME"],
        }
        dump = subprocess.run(
            [programs / "pg_dump", "--no-owner", "--exclude-schema=first_state"],
            env={**os.environ, **theirs},
            capture_output=True,
            check=True,
        )
        read = [programs / "psql", "--quiet", "--no-psqlrc", "-v", "ON_ERROR_STOP=1"]
        subprocess.run(
            [*read, self.urls.database],
            input=dump.stdout,
            stdout=subprocess.DEVNULL,
            check=True,
        )

    def run(self, *command: str) -> str:
        done = subprocess.run(
            command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def post(self, count: int, batch: str) -> set[str]:
        """Owe messages; the addresses they are owed to."""
        if self.poster is None:
            self.poster = self._poster()
        asked = f"{count} {batch}\n"
        self.poster.stdin.write(asked)
        self.poster.stdin.flush()
        answer = self.poster.stdout.readline()
        assert answer == asked, (self.var / "poster.log").read_text()[-2000:]
        return {f"{batch}-{number}@example.org" for number in range(count)}

    def _poster(self) -> subprocess.Popen:
        """The process that owes messages, until the end of the tests."""
        with (self.var / "poster.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "tests.live.post"],
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def run_module(self, name: str) -> str:
        return self.run(sys.executable, "-m", name)

    def web(self) -> str:
        """The portal under gunicorn, until the end of the tests; its address."""
        if self.server is None:
            port = embedded.free_port()
            self.server = subprocess.Popen(
                [
                    *(sys.executable, "-m", "gunicorn", "portal.wsgi"),
                    *("--bind", f"127.0.0.1:{port}", "--log-level", "error"),
                ],
                cwd=ROOT,
                env=self.env,
                start_new_session=True,
            )
            self.address = f"http://127.0.0.1:{port}"
            wait_until(self._web_answers, "gunicorn")
        return self.address

    def _web_answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.address}/healthz", timeout=5)
        except urllib.error.HTTPError:
            return True  # ill perhaps, but there
        except OSError:
            return False
        return True

    def sweep(self) -> None:
        """A minute passes, and beat rings as it does every minute."""
        self.sql(
            "update casework_message set next_attempt_at = now() - interval '1 minute'"
            " where state = 'owed'"
        )
        with Celery(broker=self.urls.redis, set_as_current=False) as beat:
            beat.send_task("casework.tasks.sweep_messages")

    def workers(self, count: int = 2, *, processes: int = PROCESSES // 2) -> None:
        """Workers, those of the test before included if they live."""
        while len(self.processes) < count:
            self.processes.append(self._worker(processes))

    def _worker(self, processes: int) -> subprocess.Popen:
        with (self.var / "worker.log").open("ab") as log:
            return subprocess.Popen(
                [
                    *(sys.executable, "-m", "celery", "-A", "portal", "worker"),
                    *("--concurrency", str(processes), "--loglevel", "WARNING"),
                    *("--without-gossip", "--without-mingle"),
                ],
                cwd=ROOT,
                env=self.env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill_workers(self) -> None:
        """No goodbye: the parents and their children at once."""
        for worker in self.processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        self.processes.clear()

    def kill_postgres(self) -> None:
        pid_file = self.var / "postgres" / "data" / "postmaster.pid"
        self._kill(int(pid_file.read_text().split()[0]), "postgres")

    def kill_broker(self) -> None:
        self._kill(int((self.var / "valkey" / "pid").read_text()), "valkey")

    def _kill(self, pid: int, service: str) -> None:
        os.kill(pid, signal.SIGKILL)
        gone = f"the end of {service}"
        wait_until(lambda: not embedded.running(self.var)[service], gone)

    def restart_servers(self) -> None:
        self.urls = embedded.ensure(self.var)

    def sql(self, query: str) -> list[tuple]:
        with psycopg.connect(self.urls.database, autocommit=True) as connection:
            cursor = connection.execute(query)
            return cursor.fetchall() if cursor.description else []

    @contextlib.contextmanager
    def gate(self, number: int):
        """Hold an advisory lock: whoever asks for it waits until this ends."""
        with psycopg.connect(self.urls.database, autocommit=True) as connection:
            connection.execute("select pg_advisory_lock(%s)", [number])
            yield

    def states(self) -> dict[str, int]:
        query = "select state, count(*) from casework_message group by state"
        return dict(self.sql(query))

    def clear(self) -> None:
        self.restart_servers()
        self.sql("delete from casework_message")
        with redis.Redis.from_url(self.urls.redis) as broker:
            broker.delete("celery")

    def stop(self) -> None:
        self.kill_workers()
        if self.poster is not None:
            self.poster.communicate(timeout=PATIENCE)  # nothing more to read: it ends
        if self.server is not None:
            self.server.terminate()
            self.server.wait()
        embedded.stop(self.var)
