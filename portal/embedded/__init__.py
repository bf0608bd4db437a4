"""The private Postgres and Valkey of the demonstration and of the tests.

Everything lives in VAR_DIR (var/ by default): data, logs, and one password that
only its owner may read. Both servers listen on the loopback, on ports found free.

    python -m portal.embedded start|stop|urls|status
"""

from .places import DEFAULT_VAR, EmbeddedError, free_port, var_dir
from .postgres import debian_postgres, postgres_bin
from .servers import Urls, ensure, running, secret_key, start, stop, urls
from .valkey import valkey_server

__all__ = [
    "DEFAULT_VAR",
    "EmbeddedError",
    "Urls",
    "debian_postgres",
    "ensure",
    "free_port",
    "postgres_bin",
    "running",
    "secret_key",
    "start",
    "stop",
    "urls",
    "valkey_server",
    "var_dir",
]
