"""What must never enter the repository."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
# Written in pieces, or this file would be the first offender.
FORBIDDEN = {
    "a CDN": r"jsdelivr|unpkg\.com|cdnjs|//cdn\.|fonts\.g(?:oogleapis|static)\.com",
    "a registry": r"registry\.npm" r"js|py" r"pi\.org|pythonhosted\.org",
    "a path outside": r"\.\./shared" r"/|/wo" r"rk/|/ro" r"ot/\.",
}


def tracked():
    listed = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-z"], capture_output=True, check=True
    )
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file() and path != Path(__file__)]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what):
    pattern = re.compile(FORBIDDEN[what].encode())

    assert [str(path) for path in tracked() if pattern.search(path.read_bytes())] == []


def test_no_third_party_file_is_kept():
    kept = re.compile(r"\.(?:woff2?|ttf|min\.js|min\.css)$|bootstrap[.-]\d|htmx[.-]\d")

    assert [str(path) for path in tracked() if kept.search(path.name)] == []


def test_icons_that_pages_use_are_in_the_sprite():
    listed = (ROOT / "tools" / "icons.txt").read_text().split()
    used = {
        name
        for path in tracked()
        if path.suffix == ".html"
        for name in re.findall(r'\{% icon "([a-z0-9-]+)"', path.read_text())
    }

    assert listed == sorted(set(listed))
    assert sorted(used - set(listed)) == []


def test_every_icon_of_the_sprite_is_used():
    """In a tag, or in quotes where code chooses."""
    listed = (ROOT / "tools" / "icons.txt").read_text().split()
    pages = "".join(
        path.read_text()
        for path in tracked()
        if path.suffix in {".html", ".py", ".js"} and "tests" not in path.parts
    )
    quoted = set(re.findall(r"""["'#]([a-z0-9-]+)["']""", pages))

    assert sorted(set(listed) - quoted) == []
