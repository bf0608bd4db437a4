"""The demonstration: base, loosened for one machine without certificates."""

import os

from portal import embedded

# What production is given by its host, the demonstration finds by itself.
os.environ.setdefault("SECRET_KEY", embedded.secret_key())
os.environ.setdefault("SEAL_PKCS12", str(embedded.var_dir() / "seal.p12"))
os.environ.setdefault("SEAL_PASSWORD", os.environ["SECRET_KEY"])
os.environ.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
os.environ.setdefault("PORT", "8000")
os.environ.setdefault("SITE_URL", f"http://localhost:{os.environ['PORT']}")
if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
    _urls = embedded.urls()
    os.environ.setdefault("DATABASE_URL", _urls.database)
    os.environ.setdefault("REDIS_URL", _urls.redis)

from portal.settings.base import *  # noqa: F403

DEMO = True

# Nothing leaves the machine: /demo/ shows the mail, codes and links included.
OUTBOX_TRANSPORT_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
OUTBOX_KEEP_SECRETS = True
SECOND_FACTOR_REQUIRED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http"

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
