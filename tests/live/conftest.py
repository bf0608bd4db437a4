import shutil
import tempfile
from pathlib import Path

import pytest
from celery import current_app
from django.db import connection

from tests.live.sink import Sink
from tests.live.stack import Stack


@pytest.fixture(scope="session")
def _sink():
    sink = Sink()
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture(scope="session")
def _stack(_sink, _quick_flush):
    var = Path(tempfile.mkdtemp(prefix="bienvenue-live-"))
    stack = Stack(var, _sink.port)
    stack.copy_tables(connection.settings_dict)
    yield stack
    stack.stop()
    shutil.rmtree(var, ignore_errors=True)


@pytest.fixture
def sink(_sink):
    _sink.answer = "accept"
    _sink.hold_after = None
    _sink.recipients.clear()
    _sink.message_ids.clear()
    return _sink


@pytest.fixture
def stack(_stack, sink):
    yield _stack
    _stack.clear()
    assert current_app.main == "portal", "Other tests would ring at another broker."
