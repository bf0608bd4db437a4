import io
import json
import logging
import sys

import pytest
import sentry_sdk
import structlog
from django.http import HttpResponse

from portal.logging import (
    RequestIdMiddleware,
    configure_logging,
    configure_sentry,
    scrub,
    without_personal_data,
)


@pytest.fixture
def lines(monkeypatch):
    """What was logged so far, each line parsed; the quiet of the tests returns."""
    written = io.StringIO()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", written)
        configure_logging("DEBUG")
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    configure_logging("CRITICAL")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("to lea.martin@demo.example now", "to [adresse] now"),
        ("/compte/?next=x%40y.fr", "/compte/?…"),
        ("lea%40demo.example", "[adresse]"),
        ("call 05 53 00 00 01 soon", "call [téléphone] soon"),
        ("call +33 6 39 98 00 01", "call [téléphone]"),
        ("+33639980001", "[téléphone]"),
        ("/lien/3q2-7wEAAAAAAAAAAAAAAAAAAAA_x/", "/lien/[jeton]/"),
        ("/gestion/?q=Martin", "/gestion/?…"),
        (
            "task 0b0c8b9e-6f5e-4a51-9d4e-0f6ad0ad6a11 done",
            "task 0b0c8b9e-6f5e-4a51-9d4e-0f6ad0ad6a11 done",
        ),
        (
            "/mon-espace/dossiers/BD47-2026-0001/",
            "/mon-espace/dossiers/BD47-2026-0001/",
        ),
        (
            "duplicate key\nDETAIL:  Key (name)=(Martin) already exists.",
            "duplicate key\nDETAIL: …",
        ),
    ],
)
def test_scrub_removes_what_names_somebody(said, kept):
    assert scrub(said) == kept


def test_a_request_is_logged_once_without_its_query(rf, lines):
    request = rf.get("/lien/3q2-7wEAAAAAAAAAAAAAAAAAAAA_x/", {"q": "Martin"})

    response = RequestIdMiddleware(lambda _: HttpResponse(status=404))(request)

    [line] = lines()
    assert line["request_id"] == response["X-Request-ID"]
    assert line["milliseconds"] >= 0
    told = ("event", "method", "path", "parameters", "status", "level", "logger")
    assert [line[key] for key in told] == [
        "request",
        "GET",
        "/lien/[jeton]/",
        ["q"],
        404,
        "info",
        "portal.requests",
    ]


@pytest.mark.parametrize(
    ("given", "is_kept"),
    [("trace-0001", True), ("no\nlines", False), ("x" * 65, False), ("", False)],
)
def test_a_request_id_is_taken_from_the_proxy_when_it_is_one(rf, given, is_kept):
    request = rf.get("/", headers={"X-Request-ID": given})

    response = RequestIdMiddleware(lambda _: HttpResponse())(request)

    assert (response["X-Request-ID"] == given) is is_kept


def test_the_request_id_is_in_every_line_and_not_in_the_next(rf, lines):
    def view(request):
        logging.getLogger("some.library").warning("mail to %s", "lea@demo.example")
        structlog.get_logger().info("ours")
        return HttpResponse()

    response = RequestIdMiddleware(view)(rf.get("/"))
    logging.getLogger("some.library").warning("later")

    *during, after = lines()
    assert {line["request_id"] for line in during} == {response["X-Request-ID"]}
    assert during[0]["event"] == "mail to [adresse]"
    assert "request_id" not in after


def test_the_request_id_is_forgotten_when_the_view_breaks(rf):
    def view(request):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        RequestIdMiddleware(view)(rf.get("/"))

    assert structlog.contextvars.get_contextvars() == {}


def test_a_traceback_is_one_line_and_scrubbed(lines):
    try:
        raise ValueError("lea@demo.example is not a number")
    except ValueError:
        logging.getLogger("some.library").exception("failed")

    [line] = lines()
    assert "ValueError: [adresse] is not a number" in line["exception"]


@pytest.mark.parametrize("path", ["/healthz", "/static/build/site.css"])
def test_probes_and_static_files_are_not_worth_a_line(rf, lines, path):
    logging.getLogger().setLevel("INFO")

    RequestIdMiddleware(lambda _: HttpResponse())(rf.get(path))

    assert lines() == []


def test_sentry_starts_only_with_an_address(monkeypatch):
    calls = []
    monkeypatch.setattr(sentry_sdk, "init", lambda **options: calls.append(options))

    configure_sentry("")
    configure_sentry("https://key@sentry.example/1")

    [options] = calls
    assert options["send_default_pii"] is False
    assert options["include_local_variables"] is False
    assert options["max_request_body_size"] == "never"


def test_sentry_learns_where_and_not_for_whom():
    event = {
        "event_id": "0123456789abcdef0123456789abcdef",
        "user": {"email": "lea@demo.example"},
        "request": {
            "method": "POST",
            "url": "https://portal.example/lien/3q2-7wEAAAAAAAAAAAAAAAAAAAA_x/",
            "cookies": {"bd_session": "secret"},
            "headers": {"Authorization": "secret"},
            "query_string": "q=Martin",
            "data": {"name": "Martin"},
        },
        "exception": {"values": [{"value": "05 53 00 00 01 is taken"}]},
    }

    assert without_personal_data(event, {}) == {
        "event_id": "0123456789abcdef0123456789abcdef",
        "request": {"method": "POST", "url": "https://portal.example/lien/[jeton]/"},
        "exception": {"values": [{"value": "[téléphone] is taken"}]},
    }
