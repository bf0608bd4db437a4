"""The sentences of tools/install.py, and what it does after an interruption."""

import importlib.util
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def install():
    """A fresh copy of the script: it stands outside every package."""
    spec = importlib.util.spec_from_file_location("install", ROOT / "tools/install.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def debian(install, monkeypatch):
    """A Debian where nothing is installed and nothing may be run."""
    monkeypatch.delenv("CHROME_BIN", raising=False)
    monkeypatch.setattr(install, "distribution", lambda: "debian")
    monkeypatch.setattr(install, "is_installed", lambda package: False)
    monkeypatch.setattr(install, "has_ensurepip", lambda: False)
    monkeypatch.setattr(install, "succeeds", lambda command: False)
    monkeypatch.setattr(
        install.shutil, "which", lambda name: "/bin/x" if name == "dpkg-query" else None
    )
    return install


def test_old_python_gets_a_sentence(install, monkeypatch):
    monkeypatch.setattr(install.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(install.platform, "python_version", lambda: "3.9.2")
    monkeypatch.setattr(install.shutil, "which", lambda name: None)

    with pytest.raises(install.InstallError) as refusal:
        install.use_a_recent_python()

    assert str(refusal.value) == (
        "Python 3.9.2 is too old: install Python 3.11 or newer (Debian 12, Ubuntu"
        " 24.04: `sudo apt install python3`), or name one with"
        " `make demo PYTHON=/path/to/it`."
    )


def test_newer_python_beside_an_old_one_takes_over(install, monkeypatch):
    went_on = []
    monkeypatch.setattr(install.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(install.sys, "argv", ["install.py", "demo"])
    monkeypatch.setattr(
        install.shutil,
        "which",
        lambda name: f"/usr/bin/{name}" if name == "python3.12" else None,
    )
    monkeypatch.setattr(install, "succeeds", lambda command: True)

    def take_over(*call):
        went_on.append(call)
        raise SystemExit  # execv does not come back

    monkeypatch.setattr(install.os, "execv", take_over)

    with pytest.raises(SystemExit):
        install.use_a_recent_python()

    program = "/usr/bin/python3.12"
    assert went_on == [(program, [program, "install.py", "demo"])]


def test_script_is_readable_by_an_old_python(install):
    source = (ROOT / "tools/install.py").read_text()

    compile(source, "install.py", "exec", flags=0)
    assert not re.search(r":=|\bmatch \w+:|^from __future__", source, re.MULTILINE)


def test_without_the_right_to_install_the_command_is_given(debian, monkeypatch):
    monkeypatch.setattr(debian.os, "geteuid", lambda: 1000)

    with pytest.raises(debian.InstallError) as refusal:
        debian.install_system_packages("test")

    assert str(refusal.value) == (
        "System packages are missing and this user may not install them: run"
        " `sudo apt-get install python3-venv libpango-1.0-0 libpangoft2-1.0-0"
        " libharfbuzz-subset0 fonts-dejavu-core chromium poppler-utils`, then the same"
        " command again."
    )


def test_demonstration_does_without_a_browser(debian):
    assert debian.system_packages("demo") == [
        "python3-venv",
        "libpango-1.0-0",
        "libpangoft2-1.0-0",
        "libharfbuzz-subset0",
        "fonts-dejavu-core",
    ]


@pytest.mark.parametrize("user", [0, 1000])
def test_packages_are_installed_by_who_may(debian, monkeypatch, user):
    commands = []
    monkeypatch.setattr(debian.os, "geteuid", lambda: user)
    monkeypatch.setattr(debian, "succeeds", lambda command: True)
    monkeypatch.setattr(
        debian.subprocess, "call", lambda command, **_: commands.append(command)
    )
    monkeypatch.setattr(debian, "system_packages", lambda purpose: ["fonts-dejavu"])

    debian.install_system_packages("demo")

    sudo = ["sudo", "-n"] if user else []
    assert commands == [
        [*sudo, "apt-get", "update", "--quiet"],
        [
            *(*sudo, "apt-get", "install", "--yes", "--no-install-recommends"),
            "fonts-dejavu",
        ],
    ]


def test_failing_apt_gets_a_sentence(debian, monkeypatch):
    monkeypatch.setattr(debian.os, "geteuid", lambda: 0)
    monkeypatch.setattr(debian.subprocess, "call", lambda command, **_: 100)

    with pytest.raises(
        debian.InstallError, match=r"^apt-get could not install python3"
    ):
        debian.install_system_packages("demo")


def test_ubuntu_is_asked_for_a_browser_that_is_not_a_snap(debian, monkeypatch):
    monkeypatch.setattr(debian, "distribution", lambda: "ubuntu")

    with pytest.raises(debian.InstallError) as refusal:
        debian.install_system_packages("test")

    assert str(refusal.value) == (
        "The browser tests need a Chrome or Chromium that is not a snap: install"
        " one and give its path, `make test CHROME_BIN=/path/to/chrome`."
    )


def test_chrome_bin_that_is_no_program_gets_a_sentence(debian, monkeypatch):
    monkeypatch.setenv("CHROME_BIN", "/nowhere/chrome")

    with pytest.raises(debian.InstallError, match=r"^CHROME_BIN names /nowhere/chrome"):
        debian.install_system_packages("test")


def test_interrupted_pip_starts_again_and_a_finished_one_does_not(
    install, monkeypatch, tmp_path
):
    lock = ROOT / "requirements" / "demo.txt"
    outcomes, calls = [1, 0], []
    monkeypatch.setattr(install, "VENV", tmp_path)
    monkeypatch.setattr(
        install.subprocess,
        "call",
        lambda command, **_: calls.append(command) or outcomes.pop(0),
    )

    with pytest.raises(install.InstallError, match="without a network, give pip"):
        install.install_python_packages(lock)
    install.install_python_packages(lock)
    install.install_python_packages(lock)

    assert len(calls) == 2


def test_environment_where_pip_was_killed_is_made_again(install, monkeypatch, tmp_path):
    commands = []
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").touch()
    monkeypatch.setattr(install, "VENV", tmp_path)
    monkeypatch.setattr(install, "succeeds", lambda command: True)
    monkeypatch.setattr(install, "run", lambda command, _: commands.append(command))

    install.make_virtual_environment()
    (tmp_path / "unfinished").touch()
    install.make_virtual_environment()

    assert commands == [[install.sys.executable, "-m", "venv", "--clear", tmp_path]]


@pytest.mark.parametrize("name", ["demo", "node", "production", "test"])
def test_locks_have_hashes_and_no_address(name):
    lines = (ROOT / "requirements" / f"{name}.txt").read_text().splitlines()
    packages = [line for line in lines if not line.startswith(" ")]

    assert packages
    assert [line for line in packages if "==" not in line] == []
    assert [line for line in packages if not line.endswith("\\")] == []
    assert [line for line in lines if "://" in line or line.startswith("-")] == []


@pytest.mark.parametrize("name", ["demo", "production"])
def test_locks_agree_with_the_one_that_is_tested(name):
    def pins(lock):
        text = (ROOT / "requirements" / f"{lock}.txt").read_text()
        return dict(
            re.findall(r"^([\w.-]+)(?:\[.*?\])?==([^\s;]+)", text, re.MULTILINE)
        )

    tested = pins("test")

    assert {
        package: version
        for package, version in pins(name).items()
        if tested.get(package) != version
    } == {}


def test_npm_lock_names_no_address():
    assert "resolved" not in (ROOT / "package-lock.json").read_text()


def test_make_without_python_gets_a_sentence():
    run = subprocess.run(
        ["make", "-C", ROOT, "services", "PYTHON=/nowhere/python3"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 2
    assert run.stderr.startswith("Python 3.11 or newer is missing: sudo apt install")
