import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.core.management import call_command

SPECIMENS = Path(__file__).parent / "specimens"


@pytest.fixture(autouse=True)
def _specimen_decoupage(settings):
    """A handful of real communes instead of the 35,000 of the npm package."""
    settings.DECOUPAGE_DIR = SPECIMENS / "decoupage" / "data"
    settings.GEO_API_URL = "http://127.0.0.1:9"  # nobody answers there


@pytest.fixture
def contours_folder():
    return SPECIMENS / "contours"


@pytest.fixture
def lot_et_garonne(contours_folder):
    """The Département of the specimens, loaded with its contours."""
    call_command("load_territory", "47", data=contours_folder, verbosity=0)


class GeoApi(ThreadingHTTPServer):
    """geo.api.gouv.fr as far as we use it, with its bad days."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _GeoApiHandler)
        self.asked = []
        self.failures = []  # statuses to answer first, one a request
        self.body = None  # what to answer instead
        self.stalled = threading.Event()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class _GeoApiHandler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        if self.server.stalled.is_set():
            threading.Event().wait(1)
        if self.server.failures:
            self.send_error(self.server.failures.pop(0))
            return
        body = self.server.body or self._communes()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _communes(self):
        square = [[0.2, 44.1], [0.4, 44.1], [0.4, 44.2], [0.2, 44.123456789]]
        places = {
            "47": [
                {
                    "code": "47195",
                    "centre": {"type": "Point", "coordinates": [0.34, 44.13]},
                    "contour": {"type": "Polygon", "coordinates": [square]},
                }
            ],
            "24": [
                {
                    "code": "24037",
                    "centre": {"type": "Point", "coordinates": [0.49, 44.85]},
                },
                {"code": "24999"},
            ],
        }
        departement = self.path.split("/")[2]
        return json.dumps(places.get(departement, [])).encode()

    def log_message(self, *args):
        """Quiet: the tests say what went wrong."""


@pytest.fixture
def geo_api(settings):
    server = GeoApi()
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    settings.GEO_API_URL = server.url
    yield server
    server.shutdown()
    server.server_close()
    thread.join()
