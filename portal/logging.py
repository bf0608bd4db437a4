"""Logs: one JSON line each, with the id of the request and nothing about people."""

import logging
import logging.config
import re
import time
import uuid

import sentry_sdk
import structlog

# What a log may never hold, wherever it comes from: a path, a traceback, a library.
EMAIL = re.compile(r"[^\s@<>\"'(),;:/=]+(?:@|%40)[^\s@<>\"'(),;:/=]+\.\w+")
PHONE = re.compile(
    r"(?<![\w.-])(?:(?:\+|00)\d{2}|0)[ .-]?[1-9](?:[ .-]?\d{2}){4}(?!\w)"
)
# Links, sessions, keys: long, without spaces, with at least one digit. UUIDs are
# the ids of tasks and requests, and stay.
TOKEN = re.compile(
    r"(?<![\w-])(?!\w{8}-\w{4}-\w{4}-\w{4}-\w{12}(?![\w-]))"
    r"(?=[A-Za-z_-]*\d)[\w-]{24,}(?![\w-])"
)
# Postgres repeats the values of a refused row.
DETAIL = re.compile(r"^(DETAIL|CONTEXT):.*$", re.MULTILINE)
QUERY = re.compile(r"\?[^\s\"']+")

REQUEST_ID = re.compile(r"[\w-]{8,64}")
QUIET_PATHS = ("/healthz", "/static/")
KEPT_KEYS = {"request_id", "timestamp", "logger", "level"}

request_log = structlog.get_logger("portal.requests")


def scrub(text: str) -> str:
    """The text without e-mail addresses, telephone numbers, tokens and queries."""
    text = DETAIL.sub(r"\1: …", text)
    text = QUERY.sub("?…", text)
    text = EMAIL.sub("[adresse]", text)
    text = PHONE.sub("[téléphone]", text)
    return TOKEN.sub("[jeton]", text)


def scrub_all(value):
    """The same through dictionaries and lists."""
    if isinstance(value, str):
        return scrub(value)
    if isinstance(value, dict):
        return {scrub_all(key): scrub_all(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [scrub_all(item) for item in value]
    return value


def scrub_event(logger, method, event: dict) -> dict:
    return {
        key: value if key in KEPT_KEYS else scrub_all(value)
        for key, value in event.items()
    }


def configure_logging(level: str = "INFO") -> None:
    """JSON on standard error for structlog and for every library's own logger."""
    shared = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
    ]
    rendering = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        scrub_event,
        structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
    ]
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processors": rendering,
                    "foreign_pre_chain": shared,
                }
            },
            "handlers": {
                "stderr": {"class": "logging.StreamHandler", "formatter": "json"}
            },
            "root": {"handlers": ["stderr"], "level": level},
            "loggers": {
                # The request log below says it once, without the query string.
                "django.request": {"level": "ERROR"},
                "django.server": {"level": "ERROR"},
                # These tell at length, in colours, what an import or a PDF found.
                "fontTools": {"level": "ERROR"},
                "weasyprint": {"level": "ERROR"},
                # Says hello at each import: a line before every command's own.
                "pikepdf": {"level": "WARNING"},
            },
        }
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def configure_sentry(dsn: str) -> None:
    """Report errors when an address is given; neither people nor local variables."""
    if not dsn:
        return
    sentry_sdk.init(
        dsn=dsn,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        before_send=without_personal_data,
        before_breadcrumb=lambda crumb, hint: scrub_all(crumb),
    )


def without_personal_data(event: dict, hint: dict) -> dict:
    """What Sentry may be told: where it broke, not for whom."""
    event.pop("user", None)
    request = event.get("request", {})
    event["request"] = {
        key: request[key] for key in ("method", "url") if key in request
    }
    kept = {"event_id", "timestamp", "contexts"}
    return {
        key: value if key in kept else scrub_all(value) for key, value in event.items()
    }


class RequestIdMiddleware:
    """Give each request an id, log it once, and forget the id afterwards."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get("X-Request-ID", "")
        known = REQUEST_ID.fullmatch(given)
        request.id = given if known else str(uuid.uuid4())
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.id)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            self._log(request, response, time.perf_counter() - started)
        finally:
            structlog.contextvars.clear_contextvars()
        response["X-Request-ID"] = request.id
        return response

    def _log(self, request, response, seconds):
        log = (
            request_log.debug
            if request.path.startswith(QUIET_PATHS)
            else (request_log.info)
        )
        log(
            "request",
            method=request.method,
            path=request.path,
            parameters=sorted(request.GET),
            status=response.status_code,
            milliseconds=round(seconds * 1000, 1),
        )
