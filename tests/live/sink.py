"""A real SMTP server that keeps what it receives and may be told to refuse."""

import asyncio
import socket
from collections import Counter

from aiosmtpd.controller import Controller


class Sink:
    """Its answers: « accept », or the words of a refusal to the recipient.

    After `hold_after` messages it keeps its clients waiting, until it is None.
    """

    def __init__(self):
        self.answer = "accept"
        self.hold_after: int | None = None
        self.recipients: list[str] = []
        self.message_ids: list[str] = []
        self._controller = Controller(self, hostname="127.0.0.1", port=_free())

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.answer != "accept":
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        while self.hold_after is not None and len(self.recipients) >= self.hold_after:
            await asyncio.sleep(0.02)
        for line in envelope.content.splitlines():
            if line.lower().startswith(b"message-id:"):
                self.message_ids.append(line.split(b":", 1)[1].strip().decode())
                break
        self.recipients += envelope.rcpt_tos
        return "250 OK"

    @property
    def port(self) -> int:
        return self._controller.port

    @property
    def copies(self) -> Counter:
        return Counter(self.recipients)

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
