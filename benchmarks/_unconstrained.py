"""The portal, and one page more: it writes what was posted to a table without rules.

Same server, middleware, session and forms' protection as the page that asks for a bed.
"""

from portal.wsgi import application  # isort: skip

from django.db import connection
from django.http import HttpResponse
from django.urls import clear_url_caches, path

from portal import urls

__all__ = ["application"]


def write(request):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO benchmarks_plain (person, arrival, departure)"
            " VALUES (%s, %s, %s)",
            [
                request.user.person_id,
                request.POST["arrival"],
                request.POST["departure"],
            ],
        )
    return HttpResponse("ok")


urls.urlpatterns.insert(0, path("banc/", write))
clear_url_caches()
