"""A real browser: one fresh context per test, and a look at every page it meets.

`look(page, "name")` is how a journey shows a page: nothing wider than the screen at
1280 and 390 px, and axe in both schemes. `make pictures` also keeps what it saw in
var/screenshots/.
"""

import os
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

# Playwright's synchronous API runs an event loop in the test's own thread, and
# Django then refuses the ORM there although nothing is concurrent.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

AXE = Axe()
SCREENSHOTS = settings.VAR_DIR / "screenshots"
WIDTHS = {1280: 900, 390: 844}
# The dark scheme changes colours and nothing else: only contrast is judged again.
# No rule asked here reads style sheets: they are not fetched a second time.
SCHEMES = {
    "light": {"resultTypes": ["violations"], "preload": False},
    "dark": {
        "resultTypes": ["violations"],
        "preload": False,
        "runOnly": ["color-contrast"],
    },
}


def chrome() -> str:
    """The browser's path; a clear sentence when there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = os.environ.get("CHROME_BIN") or next(
        filter(None, map(shutil.which, names)), ""
    )
    if not found or not Path(found).exists():
        pytest.exit(
            "No Chromium found for the browser tests: install it (Debian: "
            "apt-get install chromium) or set CHROME_BIN to a Chrome or Chromium.",
            returncode=3,
        )
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": chrome(),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {
        **browser_context_args,
        "locale": "fr-FR",
        "timezone_id": "Europe/Paris",
        "viewport": {"width": 1280, "height": 900},
        "reduced_motion": "reduce",
    }


@pytest.fixture
def page(page):
    """A page that fails its test when a script breaks or the policy is broken."""
    page.set_default_timeout(15_000)
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            complaints.append(message.text)
            if message.type == "error" and "Failed to load resource" not in message.text
            else None
        ),
    )
    yield page
    assert complaints == []


@pytest.fixture(scope="session")
def base_url(live_server):
    return live_server.url


def photograph(page, name: str, scheme: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    suffix = "" if scheme == "light" else "-dark"
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        path = SCREENSHOTS / f"{name}{suffix}-{width}.jpg"
        page.screenshot(path=path, full_page=True, quality=85)


def violations(page, judged: dict) -> list[dict]:
    """What axe finds on the page; its script, half a megabyte, is read once a page."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    found = "options => axe.run(options).then(results => results.violations)"
    return page.evaluate(found, judged)


@pytest.fixture
def look():
    """Let axe judge the page in both schemes; with PICTURES=1, photograph it too."""

    def look(page, name: str, *, axe: bool = True) -> None:
        # A click has led here, and the page may still be arriving.
        page.wait_for_load_state()
        found = []
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            overflow = page.evaluate(
                "document.documentElement.scrollWidth - window.innerWidth"
            )
            if overflow > 0:
                found.append(f"{name}: {overflow} px too wide at {width} px")
        for scheme, judged in SCHEMES.items():
            page.emulate_media(color_scheme=scheme)
            if axe:
                found += [
                    f"{name} ({scheme}): {violation['id']}: "
                    + ", ".join(str(node["target"]) for node in violation["nodes"])
                    for violation in violations(page, judged)
                ]
            if os.environ.get("PICTURES"):
                photograph(page, name, scheme)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1280, "height": 900})
        assert found == []

    return look
