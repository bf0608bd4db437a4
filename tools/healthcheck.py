"""Ask the portal of this container how it is; used by Docker's HEALTHCHECK."""

import os
import sys
import urllib.error
import urllib.request

request = urllib.request.Request(
    "http://127.0.0.1:8000/healthz",
    headers={"Host": os.environ["ALLOWED_HOSTS"].split(",")[0]},
)
try:
    urllib.request.urlopen(request, timeout=4).close()
except urllib.error.URLError as illness:
    sys.exit(f"/healthz: {illness}")
