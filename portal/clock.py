"""The clock of the demonstration: what happened weeks ago is dated weeks ago."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


@contextmanager
def clock_set_to(moment: dt.datetime) -> Iterator[None]:
    """Let actions, which ask the time themselves, live at that moment.

    For the demonstration's data only: they are written through the actions, which
    have no date to be given.
    """

    class Then(dt.datetime):
        @classmethod
        def now(cls, tz=None):
            return moment.astimezone(tz)

    with patch("django.utils.timezone.datetime", Then):
        yield
