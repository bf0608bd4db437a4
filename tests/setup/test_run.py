"""The demonstration's runner: its refusals, and what it leaves behind."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from portal import embedded, run


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    for name in ("DATABASE_URL", "REDIS_URL", run.MARK):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    yield
    embedded.stop(tmp_path)


@pytest.fixture(scope="module")
def _data(tmp_path_factory):
    return tmp_path_factory.mktemp("var")


@pytest.fixture
def var(_data, monkeypatch):
    """A folder that may hold data already, which takes a second to make."""
    monkeypatch.setenv("VAR_DIR", str(_data))
    yield _data
    embedded.stop(_data)


def demo(**environment):
    return subprocess.run(
        [sys.executable, "-m", "portal.run", "demo"],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PORT": "http"}, "PORT=http is not a port: write PORT=8001, for instance."),
        ({"PORT": "70000"}, "PORT=70000 is not a port: write PORT=8001, for instance."),
        (
            {"DEPARTEMENT": "Lozère"},
            "DEPARTEMENT=LOZÈRE is not the code of a Département:"
            " write 47, 2A or 974, for instance.",
        ),
    ],
)
def test_wrong_setting_gets_a_sentence(environment, sentence):
    outcome = demo(**environment)

    assert (outcome.returncode, outcome.stderr.strip()) == (1, sentence)


def test_taken_port_gets_a_sentence():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        outcome = demo(PORT=str(port))

    assert (outcome.returncode, outcome.stderr.strip()) == (
        1,
        f"Port {port} is taken by another program: stop it, or choose another port"
        f" with `make demo PORT={port + 1}`.",
    )


def test_missing_folder_of_data_gets_a_sentence(tmp_path):
    with pytest.raises(run.RunError, match="is not a folder: give the one of official"):
        run.demo(tmp_path / "nowhere")


def test_second_demonstration_of_a_folder_gets_a_sentence():
    with run._only_one_demonstration():
        outcome = demo(PORT="8765")

    assert (outcome.returncode, outcome.stderr.strip()) == (
        1,
        "The demonstration already runs from this folder:"
        " open its address, or end it with `make stop`.",
    )


def test_what_a_killed_demonstration_left_is_ended(tmp_path):
    left = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(600)"],
        env={**os.environ, run.MARK: str(tmp_path)},
        start_new_session=True,
    )
    elsewhere = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(600)"],
        env={**os.environ, run.MARK: "/another/var"},
    )
    time.sleep(0.5)  # until exec, they still bear our own environment

    run.stop()

    assert left.wait(timeout=10) == -signal.SIGTERM
    assert elsewhere.poll() is None
    elsewhere.kill()
    elsewhere.wait()


@pytest.mark.parametrize("code", [0, 5])
def test_command_runs_beside_the_servers_which_stop_after_it(var, code):
    ends = (
        "import sys; from portal import embedded; ok = {*embedded.running().values()}"
    )

    returned = run.with_services(
        [sys.executable, "-c", f"{ends}; sys.exit({code} if ok == {{True}} else 99)"]
    )

    assert returned == code
    assert embedded.running(var) == {"postgres": False, "valkey": False}


def test_stopping_stops_the_command_then_the_servers(var):
    waits = "import time; print('ready', flush=True); time.sleep(60)"
    words = ["-m", "portal.run", "with-services", sys.executable, "-c", waits]
    with subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"ready\n"
        process.terminate()

        # The pipe ends with the last process that writes to it.
        assert process.stdout.read() == b""
        assert process.wait(timeout=30) != 0

    assert embedded.running(var) == {"postgres": False, "valkey": False}


def test_servers_that_were_running_go_on(var):
    embedded.ensure(var)

    run.with_services([sys.executable, "-c", ""])

    assert embedded.running(var) == {"postgres": True, "valkey": True}


def test_data_is_prepared_again_only_when_something_changed(monkeypatch, tmp_path):
    commands = []
    monkeypatch.setenv("DEPARTEMENT", "47")

    def manage(*words):
        commands.append(words[0])
        if words[0] == "collectstatic":
            (tmp_path / "static").mkdir(exist_ok=True)
            (tmp_path / "static" / "staticfiles.json").touch()

    monkeypatch.setattr(run, "_manage", manage)
    everything = ["migrate", "load_territory", "make_demo_seal", "demo_data"]

    run._prepare(None)
    run._prepare(None)
    assert commands == ["collectstatic", *everything]

    official = tmp_path / "official"
    official.mkdir()
    (official / "communes.csv").write_text("code\n")
    run._prepare(official)
    assert commands == ["collectstatic", *everything, *everything]

    monkeypatch.setenv("DEPARTEMENT", "48")
    run._prepare(official)
    assert commands == ["collectstatic", *everything, *everything, *everything]


def test_failing_step_is_named(monkeypatch):
    # No application to load for a command that none of them has.
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "django.conf.global_settings")
    with pytest.raises(run.RunError, match=r"^`manage\.py no_such_command` failed"):
        run._manage("no_such_command")
