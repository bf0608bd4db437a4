"""An agreement whose text is final, then its signed copy.

`python -m tests.live.deeds approve` and, once the PDF is made, `… sign`, in the
servers of the tests that may be killed.
"""

import datetime as dt
import sys
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402

from bursaries.actions import agreements  # noqa: E402
from bursaries.models import Deed  # noqa: E402
from documents import self_signed  # noqa: E402
from tests.bursaries.binding import drafted, scan, signer  # noqa: E402
from tests.bursaries.factories import SchemeVersionFactory  # noqa: E402
from tests.installation.factories import desk_user  # noqa: E402
from tests.territory.factories import DeskFactory  # noqa: E402


def approve() -> None:
    self_signed.ensure(
        Path(settings.SEAL_PKCS12), password=settings.SEAL_PASSWORD, name="Tests"
    )
    DeskFactory()
    claire = desk_user()
    version = SchemeVersionFactory(published=dt.date(2026, 1, 1))
    agreements.approve(drafted(version, claire), power=signer(), by=claire)


def sign() -> None:
    deed = Deed.objects.get()
    agreements.sign_on_paper(deed, scan(), by=deed.approved_by)


{"approve": approve, "sign": sign}[sys.argv[1]]()
