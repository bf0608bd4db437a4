"""Delivering 10,000 owed messages to a local SMTP sink with 1, 2 and 4 workers.

Real Celery workers, a broker and a database of their own. Every bell is rung twice,
and not one message may arrive twice. The sink is one process: on two cores it takes
its share, so that four workers are not expected to go four times faster.
"""

import os
import tempfile
import time
from pathlib import Path

import redis
from celery import Celery

from benchmarks._report import Row, show
from tests.live.sink import Sink
from tests.live.stack import Stack, wait_until

MESSAGES = int(os.environ.get("MESSAGES", "10000"))
WORKERS = [1, 2, 4]
PATIENCE = 1200

OWE = f"""
    insert into casework_message
        (key, recipient, subject, text, html, sealed, is_secret, template_key,
         reply_to, state, attempts, next_attempt_at, created_at, last_error, is_last)
    select 'bench:' || n, 'bench-' || n || '@example.org', 'Votre demande est reçue',
           'Bonjour', repeat('<p>Bonjour</p>', 500), '', false, '', '', 'owed', 0,
           now(), now(), '', false
    from generate_series(1, {MESSAGES}) as n
    returning id
"""


def main() -> int:
    sink = Sink()
    sink.start()
    with tempfile.TemporaryDirectory() as var:
        stack = Stack(Path(var), sink.port)
        try:
            stack.manage("migrate", "--verbosity", "0")
            measured = {}
            for count in WORKERS:
                measured[count] = deliver(stack, sink, count)
                print(f"  {count}: {measured[count][0]:.0f} s", flush=True)
        finally:
            stack.stop()
            sink.stop()
    floor = measured[1][0]
    show(
        f"{MESSAGES:,} messages, each bell rung twice (time per message)",
        [
            Row(
                f"{count} worker{'s' if count > 1 else ''}",
                seconds / MESSAGES * 1000,
                seconds / floor,
                detail=f"{MESSAGES / seconds:.0f}/s, {lost} lost, {twice} twice",
            )
            for count, (seconds, lost, twice) in measured.items()
        ],
    )
    return 1 if any(lost or twice for _, lost, twice in measured.values()) else 0


def deliver(stack: Stack, sink: Sink, workers: int) -> tuple[float, int, int]:
    """Seconds from the first arrival to the last, and how many went wrong."""
    sink.recipients.clear()
    stack.sql("delete from casework_message")
    ids = [row[0] for row in stack.sql(OWE)]
    with Celery(broker=stack.urls.redis) as bells:
        for message_id in [*ids, *ids]:
            bells.send_task("casework.tasks.deliver_message", [message_id])
    stack.workers(workers, processes=1)
    wait_until(lambda: len(sink.recipients) > 0, "the first message", PATIENCE)
    begun = time.monotonic()
    wait_until(lambda: len(sink.recipients) >= MESSAGES, "the last", PATIENCE)
    took = time.monotonic() - begun
    with redis.Redis.from_url(stack.urls.redis) as broker:
        wait_until(lambda: broker.llen("celery") == 0, "the second bells", PATIENCE)
    stack.kill_workers()
    lost = MESSAGES - len(sink.copies)
    return took, lost, len(sink.recipients) - len(sink.copies)
