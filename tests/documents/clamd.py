"""A clamd of our own: the real protocol, an opinion about EICAR, and bad days."""

import contextlib
import socket
import struct
import threading
from pathlib import Path

from tests.documents.samples import EICAR


class Clamd:
    """Listens on a socket; each connection is one command."""

    def __init__(self, listener: socket.socket, answer: bytes | None = None):
        self.listener = listener
        self.answer = answer
        self.received: list[bytes] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                self._converse(connection)

    def _converse(self, connection):
        reader = connection.makefile("rb")
        command = b""
        while not command.endswith(b"\0"):
            command += reader.read(1)
        if command != b"zINSTREAM\0":
            connection.sendall(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while length := struct.unpack("!I", reader.read(4))[0]:
            content += reader.read(length)
        self.received.append(content)
        connection.sendall(self.answer or self._opinion(content))

    def _opinion(self, content):
        if EICAR in content:
            return b"stream: Eicar-Test-Signature FOUND\0"
        return b"stream: OK\0"


@contextlib.contextmanager
def clamd_on_path(path: Path, answer=None):
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()
        yield Clamd(listener, answer)


@contextlib.contextmanager
def clamd_on_port(answer=None):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield Clamd(listener, answer), f"tcp://127.0.0.1:{listener.getsockname()[1]}"
