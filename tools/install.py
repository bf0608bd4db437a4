"""Install what `make demo` or `make test` needs; skip what is already there.

    python3 tools/install.py demo|test

Runs before the virtual environment exists, under whatever Python is called
python3: standard library only, and nothing that an old Python cannot read.
Each step leaves a stamp bearing the hash of what it was made from, written when
the step is over: an interrupted one starts again, a finished one costs nothing.
"""

import fcntl
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
NODE_MODULES = ROOT / "node_modules"
BUILD = ROOT / "static" / "build"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20
PIP = ["-m", "pip", "--disable-pip-version-check", "--quiet"]


class InstallError(Exception):
    """One sentence that says what is missing and how to get it."""


# --- Python -------------------------------------------------------------------


def use_a_recent_python():
    """Go on under Python 3.11 or newer, looking for one beside an older python3."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    for minor in range(19, OLDEST_PYTHON[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and succeeds([found, "-c", "import venv"]):
            os.execv(found, [found, *sys.argv])
    raise InstallError(
        f"Python {platform.python_version()} is too old: install Python 3.11 or newer"
        " (Debian 12, Ubuntu 24.04: `sudo apt install python3`), or name one with"
        " `make demo PYTHON=/path/to/it`."
    )


def make_virtual_environment():
    python = VENV / "bin" / "python"
    works = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    cut = (VENV / "unfinished").exists()  # pip may take half a package for a whole
    if python.exists() and not cut and succeeds([python, "-c", works]):
        return
    say("Creating the virtual environment in .venv")
    run(
        [sys.executable, "-m", "venv", "--clear", VENV],
        "The virtual environment could not be created in .venv:"
        " check that the disk is not full and that this folder is yours.",
    )


def install_python_packages(lock):
    """Install a lock file of requirements/, every package checked by its hash."""
    stamp = VENV / f"installed-{lock.stem}"
    key = digest([lock])
    if is_done(stamp, key):
        return
    say(f"Installing the Python packages of {lock.relative_to(ROOT)}")
    unfinished = VENV / "unfinished"
    unfinished.touch()
    try:
        run(
            # Python compiles what it imports: a third of what pip would.
            [
                VENV / "bin" / "python",
                *PIP,
                "install",
                "--no-compile",
                "--require-hashes",
                "-r",
                lock,
            ],
            "The Python packages could not be installed: without a network, give pip a"
            " folder of wheels (PIP_FIND_LINKS), otherwise run the same command again.",
        )
    except InstallError:
        unfinished.unlink()  # pip ended by itself and left things in order
        raise
    done(stamp, key)
    unfinished.unlink()


# --- System packages ----------------------------------------------------------


def system_packages(purpose):
    """The names in system-packages.txt that this purpose and machine need."""
    names = []
    for line in (ROOT / "system-packages.txt").read_text().splitlines():
        match = re.match(r"([a-z0-9][a-z0-9.+-]*)\s*(\[test\])?", line)
        if not match:
            continue
        name, only_tests = match.groups()
        if only_tests and purpose != "test":
            continue
        if name == "python3-venv" and has_ensurepip():
            continue
        if name == "chromium" and find_browser():
            continue
        names.append(name)
    return names


def has_ensurepip():
    return succeeds([sys.executable, "-c", "import ensurepip"])


def find_browser():
    """A Chrome or Chromium; Ubuntu's own is a stub that asks for a snap."""
    if os.environ.get("CHROME_BIN"):
        return os.environ["CHROME_BIN"]
    for name in ("chromium", "google-chrome", "google-chrome-stable"):
        found = shutil.which(name)
        if found and not os.path.realpath(found).endswith("/snap"):
            return found
    return None


def install_system_packages(purpose):
    browser = os.environ.get("CHROME_BIN")
    if purpose == "test" and browser and not os.access(browser, os.X_OK):
        raise InstallError(
            f"CHROME_BIN names {browser}, which is not a program: give the path of a"
            " Chrome or Chromium."
        )
    wanted = system_packages(purpose)
    if "chromium" in wanted and distribution() != "debian":
        raise InstallError(
            "The browser tests need a Chrome or Chromium that is not a snap: install"
            " one and give its path, `make test CHROME_BIN=/path/to/chrome`."
        )
    if not shutil.which("dpkg-query"):
        return  # macOS and others: the README says what to install
    missing = [name for name in wanted if not is_installed(name)]
    if not missing:
        return
    names = " ".join(missing)
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        if not succeeds(["sudo", "-n", "true"]):
            raise InstallError(
                "System packages are missing and this user may not install them: run"
                f" `sudo apt-get install {names}`, then the same command again."
            )
        command = ["sudo", "-n", *command]
    say(f"Installing the system packages {names}")
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    update = [*command[: command.index("install")], "update", "--quiet"]
    subprocess.call(update, stdout=subprocess.DEVNULL, env=environment)
    run(
        command,
        f"apt-get could not install {names}: read its message above; without a"
        " network, install them from a local mirror, then run the same command again.",
        env=environment,
    )


def is_installed(package):
    status = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${db:Status-Status}", package],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    return status.stdout == b"installed"


def distribution():
    try:
        text = Path("/etc/os-release").read_text()
    except OSError:
        return ""
    match = re.search(r'^ID="?([a-z]+)', text, re.MULTILINE)
    return match.group(1) if match else ""


# --- Front end ----------------------------------------------------------------


def has_node():
    """Has the system a node that is recent enough?"""
    recent = f"process.exit(+(parseInt(process.version.slice(1)) < {OLDEST_NODE}))"
    return bool(shutil.which("npm")) and succeeds(["node", "-e", recent])


def node_path():
    """A PATH where `node` and `npm` are: the system's, else those of .venv."""
    path = os.environ.get("PATH", os.defpath)
    if has_node():
        return path
    install_python_packages(ROOT / "requirements" / "node.txt")
    return f"{VENV / 'bin'}{os.pathsep}{path}"


def install_front_end():
    """Fetch the npm packages and make static/build from them and static/scss."""
    lock = ROOT / "package-lock.json"
    packages = NODE_MODULES / ".installed"
    packages_key = digest([lock, ROOT / ".npmrc"])
    sources = [
        lock,
        ROOT / "package.json",
        ROOT / "tools" / "assets.mjs",
        ROOT / "tools" / "icons.txt",
        *sorted((ROOT / "static" / "scss").rglob("*.scss")),
    ]
    build, build_key = BUILD / ".built", digest(sources)
    if is_done(packages, packages_key) and is_done(build, build_key):
        return
    environment = dict(os.environ, PATH=node_path())
    if not is_done(packages, packages_key):
        say("Installing the front-end packages of package-lock.json")
        run(
            ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"],
            "The front-end packages could not be installed: without a network, npm"
            " needs them in its cache, otherwise run the same command again.",
            env=environment,
        )
        done(packages, packages_key)
    say("Compiling the style sheets")
    run(
        ["npm", "run", "--silent", "build"],
        "The style sheets could not be compiled: read the message of Sass above.",
        env=environment,
    )
    done(build, build_key)


# --- Tools --------------------------------------------------------------------


def say(text):
    print(text, flush=True)


def succeeds(command):
    try:
        return (
            subprocess.call(
                [str(word) for word in command],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                stdin=subprocess.DEVNULL,
            )
            == 0
        )
    except OSError:
        return False


def run(command, sentence, env=None):
    try:
        failed = subprocess.call(
            [str(word) for word in command], cwd=str(ROOT), env=env
        )
    except OSError:
        failed = True
    if failed:
        raise InstallError(sentence)


def digest(paths):
    whole = hashlib.sha256()
    for path in paths:
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def is_done(stamp, key):
    return stamp.exists() and stamp.read_text() == key


def done(stamp, key):
    stamp.write_text(key)


def install(purpose):
    use_a_recent_python()
    with (ROOT / "manage.py").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two `make` at once wait for each other
        install_system_packages(purpose)
        make_virtual_environment()
        lock = ROOT / "requirements" / f"{purpose}.txt"
        with ThreadPoolExecutor(max_workers=1) as beside:
            # The node of the system can work beside pip; another one comes with pip.
            front_end = beside.submit(install_front_end) if has_node() else None
            install_python_packages(lock)
            front_end.result() if front_end else install_front_end()


def main():
    purpose = sys.argv[1] if len(sys.argv) == 2 else ""
    if purpose not in ("demo", "test"):
        print("usage: python3 tools/install.py demo|test", file=sys.stderr)
        return 2
    try:
        install(purpose)
    except InstallError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted: the same command goes on from here.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
