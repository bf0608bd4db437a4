"""ClamAV, spoken to by its socket: `zINSTREAM`, chunks, an answer."""

import socket
import struct
from collections.abc import Iterable
from urllib.parse import urlsplit

TIMEOUT = 30


class ScannerUnavailable(OSError):
    """No usable answer: the file stays held and the question is asked again."""


def find_threat(chunks: Iterable[bytes], *, address: str) -> str:
    """The name of the threat found, or an empty string.

    The address is a path (`/run/clamav/clamd.ctl`) or `tcp://host:3310`.
    """
    try:
        with _connect(address) as connection:
            connection.sendall(b"zINSTREAM\0")
            for chunk in chunks:
                connection.sendall(struct.pack("!I", len(chunk)) + chunk)
            connection.sendall(struct.pack("!I", 0))
            answer = _read_answer(connection)
    except ScannerUnavailable:
        raise
    except OSError as error:
        raise ScannerUnavailable(f"clamd: {error}") from error
    return _threat(answer)


def _connect(address: str) -> socket.socket:
    if address.startswith("tcp://"):
        parts = urlsplit(address)
        return socket.create_connection((parts.hostname, parts.port or 3310), TIMEOUT)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(TIMEOUT)
    try:
        connection.connect(address.removeprefix("unix://"))
    except OSError:
        connection.close()
        raise
    return connection


def _read_answer(connection: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0"):
        received = connection.recv(4096)
        if not received or len(answer) > 65_536:
            break
        answer += received
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _threat(answer: str) -> str:
    """« stream: OK », « stream: Eicar-Test-Signature FOUND », or an error."""
    _, _, verdict = answer.partition(": ")
    if verdict == "OK":
        return ""
    if verdict.endswith(" FOUND"):
        return verdict.removesuffix(" FOUND")
    raise ScannerUnavailable(f"clamd: {answer or 'no answer'}")
