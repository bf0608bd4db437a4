"""One bed, an option that has run out and somebody who waits for it.

`python -m tests.live.beds`, in the servers of the tests that may be killed.
"""

import datetime as dt

import django

django.setup()

from django.utils import timezone  # noqa: E402

from internships import clock  # noqa: E402
from internships.actions import holds  # noqa: E402
from internships.models import Occupation  # noqa: E402
from tests.internships.factories import (  # noqa: E402
    HousingRequestFactory,
    RoomFactory,
    days,
)

today = timezone.localdate()
period = days(today + dt.timedelta(30), today + dt.timedelta(60))
room = RoomFactory()
hold = holds.hold(HousingRequestFactory(period=period), room)
HousingRequestFactory(period=period)
Occupation.objects.filter(pk=hold.pk).update(expires_at=clock.now())
