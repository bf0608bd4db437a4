"""The demonstration, with mail that really leaves for the tests' own sink."""

from portal.settings.demo import *  # noqa: F403

DEMO = False
OUTBOX_TRANSPORT_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
OUTBOX_KEEP_SECRETS = False
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
