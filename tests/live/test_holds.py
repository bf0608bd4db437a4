"""A bed between two people, and the worker that passes it on killed in between."""

import pytest
from celery import Celery

from tests.live.stack import wait_until

STANDING = (
    "select request_id from internships_occupation"
    " where kind = 'hold' and released_at is null"
)
FREED = (
    "select count(*) from internships_occupation"
    " where kind = 'hold' and released_because = 'expired'"
)
# Whoever gives a bed waits at this lock: the expiry is committed, the offer is not.
GATE = """
    create function wait_at_the_gate() returns trigger language plpgsql as $$
    begin perform pg_advisory_xact_lock(4747); return new; end $$;
    create trigger gate before insert on internships_occupation
    for each row execute function wait_at_the_gate()
"""
NO_GATE = "drop function if exists wait_at_the_gate() cascade"
WAITING = "select count(*) from pg_locks where locktype = 'advisory' and not granted"


@pytest.fixture
def bed(stack):
    stack.run_module("tests.live.beds")
    yield
    stack.sql(NO_GATE)
    for table in ("occupation", "housingrequest_dwellings", "housingrequest"):
        stack.sql(f"delete from internships_{table}")


def sweep(stack):
    """A minute passes, and beat rings."""
    with Celery(broker=stack.urls.redis, set_as_current=False) as beat:
        beat.send_task("internships.tasks.sweep_beds")


def test_a_worker_killed_between_expiry_and_next_offer_loses_nothing(stack, sink, bed):
    first = stack.sql(STANDING)
    stack.sql(GATE)
    stack.workers(1)
    with stack.gate(4747):
        sweep(stack)
        wait_until(lambda: stack.sql(WAITING) == [(1,)], "the offer to begin")
        assert (stack.sql(FREED), stack.sql(STANDING)) == ([(1,)], [])
        stack.kill_workers()
    assert stack.sql(STANDING) == []

    stack.workers(1)
    sweep(stack)
    sweep(stack)

    wait_until(lambda: len(stack.sql(STANDING)) == 1, "the next offer")
    assert stack.sql(STANDING) != first
    told = "select count(*) from casework_message where template_key = '{}'"
    assert stack.sql(told.format("internships.bed-expired")) == [(1,)]
    assert stack.sql(told.format("internships.bed-offered")) == [(2,)]
