"""A worker killed while it makes an agreement, then while it seals it."""

import sys

import pytest
from celery import Celery

from tests.live.stack import wait_until

# Whoever keeps a document waits at this lock: made, sealed even, and not committed.
GATE = """
    create function wait_at_the_gate() returns trigger language plpgsql as $$
    begin perform pg_advisory_xact_lock(4848); return new; end $$;
    create trigger gate before insert on documents_document
    for each row when (new.kind in ('agreement', 'signed'))
    execute function wait_at_the_gate()
"""
NO_GATE = "drop function if exists wait_at_the_gate() cascade"
WAITING = "select count(*) from pg_locks where locktype = 'advisory' and not granted"
KEPT = "select count(*) from documents_document where kind = '{}'"
CIRCUITS = "select state, code from documents_signaturerequest"
SEALED = (
    "select count(*) from documents_signaturerequest where signed_document_id is not"
    " null and seal_id is not null"
)


@pytest.fixture
def deed(stack):
    stack.run(sys.executable, "-m", "tests.live.deeds", "approve")
    yield
    stack.sql(NO_GATE)
    stack.sql("truncate documents_document, bursaries_bursaryapplication cascade")


def ring(stack, task: str) -> None:
    """Some minutes pass, and beat rings."""
    stack.sql(
        "update documents_signaturerequest"
        " set closed_at = closed_at - interval '10 minutes' where state = 'signed'"
    )
    with Celery(broker=stack.urls.redis, set_as_current=False) as beat:
        beat.send_task(task)


def kill_at_the_gate(stack, what: str) -> None:
    stack.sql(GATE)
    with stack.gate(4848):
        stack.workers(1)
        wait_until(lambda: stack.sql(WAITING) == [(1,)], what)
        stack.kill_workers()
    stack.sql(NO_GATE)


def test_an_agreement_survives_the_workers_that_make_and_seal_it(stack, sink, deed):
    kill_at_the_gate(stack, "the PDF of the agreement")
    assert stack.sql(KEPT.format("agreement")) == [(0,)]
    assert stack.sql(CIRCUITS) == []

    stack.workers(1)
    ring(stack, "bursaries.tasks.prepare_left_behind")
    ring(stack, "bursaries.tasks.prepare_left_behind")
    wait_until(lambda: len(stack.sql(CIRCUITS)) == 1, "its circuit")
    assert stack.sql(KEPT.format("agreement")) == [(1,)]
    stack.kill_workers()

    stack.run(sys.executable, "-m", "tests.live.deeds", "sign")
    kill_at_the_gate(stack, "the sealed file")
    assert stack.sql(KEPT.format("signed")) == [(0,)]

    stack.workers(1)
    ring(stack, "documents.tasks.sweep_signed_documents")
    ring(stack, "documents.tasks.sweep_signed_documents")
    wait_until(lambda: stack.sql(SEALED) == [(1,)], "the sealed file")
    assert stack.sql(KEPT.format("signed")) == [(1,)]
    assert [state for state, _code in stack.sql(CIRCUITS)] == ["signed"]
