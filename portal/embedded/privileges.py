"""Postgres refuses to run as root: how to become somebody else for it."""

import os
import pwd
import re
import subprocess
from pathlib import Path

from portal.embedded.places import EmbeddedError


def unprivileged(data: Path, programs: Path) -> list[str]:
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
            give(data, prefix)
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


def give(folder: Path, run_as: list[str]) -> None:
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
