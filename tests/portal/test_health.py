import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
import redis
from django.db import OperationalError
from django.utils import timezone

from casework.models import Heartbeat
from portal import health


@pytest.fixture
def all_well(monkeypatch):
    """A worker that answers, a broker that pings, a tick a moment ago, a free disk."""
    monkeypatch.setattr(redis.Redis, "ping", lambda broker: True)
    monkeypatch.setattr(
        health.app.control, "broadcast", lambda *args, **options: [{"w1": "pong"}]
    )
    monkeypatch.setattr(
        health.shutil, "disk_usage", lambda path: SimpleNamespace(free=10**10)
    )
    Heartbeat.objects.update_or_create(name="beat", defaults={"at": timezone.now()})


def ask(client):
    response = client.get("/healthz")
    return response.status_code, json.loads(response.content)


def test_all_is_well_and_nothing_is_left_in_the_browser(client, all_well):
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "checks": {
            "database": "ok",
            "broker": "ok",
            "worker": "ok",
            "beat": "ok",
            "disk": "ok",
        },
    }
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]


def database_down(monkeypatch):
    def refuse():
        raise OperationalError('connection to "10.0.0.1" failed: password secret')

    monkeypatch.setitem(health.CHECKS, "database", refuse)


def broker_down(monkeypatch):
    def refuse(broker):
        raise redis.ConnectionError

    monkeypatch.setattr(redis.Redis, "ping", refuse)


def no_worker(monkeypatch):
    monkeypatch.setattr(health.app.control, "broadcast", lambda *args, **options: [])


def beat_silent(monkeypatch):
    Heartbeat.objects.update(at=timezone.now() - timedelta(minutes=4))


def beat_never_ran(monkeypatch):
    Heartbeat.objects.all().delete()


def disk_full(monkeypatch):
    monkeypatch.setattr(
        health.shutil, "disk_usage", lambda path: SimpleNamespace(free=10**6)
    )


@pytest.mark.parametrize(
    ("befall", "ill"),
    [
        (database_down, {"database"}),
        # Without a broker nobody can ask the workers.
        (broker_down, {"broker", "worker"}),
        (no_worker, {"worker"}),
        (beat_silent, {"beat"}),
        (beat_never_ran, {"beat"}),
        (disk_full, {"disk"}),
    ],
)
def test_what_is_ill_is_named(client, all_well, monkeypatch, befall, ill):
    befall(monkeypatch)

    status, answer = ask(client)

    named = {name for name, state in answer["checks"].items() if state == "ill"}
    assert (status, answer["status"], named) == (503, "ill", ill)
    assert "secret" not in str(answer)


def test_the_folder_of_files_need_not_exist_yet(all_well, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "not" / "yet"

    assert health.disk_is_well()


def test_asking_often_asks_once(client, all_well, monkeypatch):
    ask(client)
    database_down(monkeypatch)

    assert ask(client)[0] == 200


def test_healthz_only_answers_to_reading(client, all_well):
    assert client.post("/healthz").status_code == 405


def test_healthz_says_little(client, all_well, django_assert_num_queries):
    with django_assert_num_queries(2):  # SELECT 1, the tick of beat
        ask(client)
