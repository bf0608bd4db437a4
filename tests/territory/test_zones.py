"""What the code of a zone says, however its zoning writes it."""

import pytest

from territory import zones


@pytest.mark.parametrize(
    ("code", "is_priority"),
    [
        ("ZIP", True),
        ("1_ZIP", True),
        ("QPV_ZIP", True),
        ("GQ_ZIP", True),
        ("ZAC", False),
        ("2_ZAC", False),
        ("ZIPPEE", False),
        ("", False),
    ],
)
def test_priority_zones(code, is_priority):
    assert zones.is_priority(code) is is_priority
