"""The outbox with real workers, a real broker and a real SMTP server, killed."""

import psycopg
import pytest

from tests.live.stack import PROCESSES, wait_until


def all_sent(stack):
    return lambda: stack.states().keys() == {"sent"}


def test_four_workers_send_each_message_once(stack, sink):
    stack.workers()

    owed = stack.post(200, "crowd")
    # Every bell rung a second time, while the first ones are being answered.
    stack.sweep()

    wait_until(all_sent(stack), "200 messages")
    assert sink.copies == dict.fromkeys(owed, 1)
    assert len(set(sink.message_ids)) == 200


def test_a_killed_worker_loses_nothing(stack, sink):
    sink.hold_after = 20
    stack.workers()
    owed = stack.post(60, "killed")
    wait_until(lambda: len(sink.recipients) >= 20, "the first messages")

    stack.kill_workers()
    sink.hold_after = None
    stack.workers()
    stack.sweep()

    wait_until(all_sent(stack), "what the dead worker left")
    assert set(sink.copies) == owed
    # The documented window: sent, and killed before the row could say so.
    assert len(sink.recipients) - len(owed) <= PROCESSES
    assert len(set(sink.message_ids)) == len(owed)


def test_a_killed_broker_loses_nothing(stack, sink):
    stack.workers()
    before = stack.post(50, "before")
    stack.kill_broker()

    during = stack.post(5, "during")
    stack.restart_servers()
    stack.sweep()

    wait_until(all_sent(stack), "what was owed without a broker")
    assert sink.copies == dict.fromkeys(before | during, 1)


def test_a_killed_database_loses_nothing(stack, sink):
    sink.hold_after = 20
    stack.workers()
    owed = stack.post(60, "database")
    wait_until(lambda: len(sink.recipients) >= 20, "the first messages")

    stack.kill_postgres()
    sink.hold_after = None
    stack.restart_servers()
    stack.sweep()

    wait_until(all_sent(stack), "what was owed before the crash")
    assert set(sink.copies) == owed
    assert len(sink.recipients) - len(owed) <= PROCESSES


def test_a_server_that_refuses_for_now_is_asked_again(stack, sink):
    sink.answer = "451 Greylisted, come back later"
    stack.workers()
    owed = stack.post(5, "greylisted")
    tried = "select count(*) from casework_message where attempts = 1"
    wait_until(lambda: stack.sql(tried) == [(5,)], "a first attempt at each")

    assert stack.states() == {"owed": 5}
    assert sink.recipients == []
    sink.answer = "accept"
    stack.sweep()

    wait_until(all_sent(stack), "the second attempt")
    assert sink.copies == dict.fromkeys(owed, 1)


def test_an_address_that_does_not_exist_fails_at_once(stack, sink):
    sink.answer = "550 No such user"
    stack.workers()
    stack.post(1, "unknown")

    wait_until(lambda: stack.states() == {"failed": 1}, "the refusal")

    assert stack.sql("select attempts, last_error from casework_message") == [
        (1, "Adresse refusée par le serveur du destinataire (550).")
    ]


def test_the_journal_cannot_be_emptied(stack):
    for attempt in ("truncate casework_entry", "truncate casework_entry cascade"):
        with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
            stack.sql(attempt)
