"""The tests: the demonstration, made quick and repeatable."""

import os

from portal import embedded

os.environ.setdefault("LOG_LEVEL", "CRITICAL")
os.environ["SITE_URL"] = "http://localhost"
os.environ["DEPARTEMENT"] = "47"
if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
    embedded.ensure()

from portal.settings.demo import *  # noqa: F403

DEMO = False
ALLOWED_HOSTS = ["*"]
OUTBOX_TRANSPORT_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
OUTBOX_KEEP_SECRETS = False
SECOND_FACTOR_REQUIRED = True
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES["default"] = {  # noqa: F405
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "default",
}
STORAGES["default"] = {  # noqa: F405
    "BACKEND": "django.core.files.storage.InMemoryStorage",
}
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
AXES_ENABLED = False
# What a test wrote need not outlive the machine.
DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"  # noqa: F405
