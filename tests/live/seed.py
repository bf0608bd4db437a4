"""What a journey needs to find: a desk, and somebody at it.

`python -m tests.live.seed`, in the servers of the tests that may be killed.
"""

import django

django.setup()

from tests.accounts.factories import PersonFactory  # noqa: E402
from tests.installation.factories import desk_user  # noqa: E402
from tests.territory.factories import DeskFactory  # noqa: E402

DeskFactory()
desk_user(
    email="claire@example.org",
    person=PersonFactory(first_name="Claire", last_name="Dumas"),
    second_factor=False,
)
