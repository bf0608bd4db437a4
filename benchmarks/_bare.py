"""The floor: a Django page with nothing but a list, served like the portal.

Twenty rows of five hundred, one query, template inheritance, persistent
connections, and none of our middleware, context processors or templates.
"""

import os

import environ
from django.conf import settings

settings.configure(
    SECRET_KEY="benchmark",
    ALLOWED_HOSTS=["localhost"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[],
    DATABASES={
        "default": {
            **environ.Env.db_url_config(os.environ["DATABASE_URL"]),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    },
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    (
                        "django.template.loaders.locmem.Loader",
                        {
                            "base.html": (
                                "<!doctype html><html lang=fr><title>"
                                "{% block title %}{% endblock %}</title>"
                                "<body>{% block content %}{% endblock %}</body></html>"
                            ),
                            "list.html": (
                                "{% extends 'base.html' %}"
                                "{% block title %}Communes{% endblock %}"
                                "{% block content %}<h1>Communes</h1><ul>"
                                "{% for code, name in rows %}"
                                "<li><a href='/{{ code }}/'>{{ name }}</a></li>"
                                "{% endfor %}</ul>{% endblock %}"
                            ),
                        },
                    )
                ]
            },
        }
    ],
)

import django  # noqa: E402

django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402

ROWS = """
    SELECT number::text, 'Commune ' || number FROM generate_series(1, 500) AS number
    ORDER BY number LIMIT 20
"""


def page(request):
    with connection.cursor() as cursor:
        cursor.execute(ROWS)
        rows = cursor.fetchall()
    return render(request, "list.html", {"rows": rows})


urlpatterns = [path("", page)]
application = get_wsgi_application()
