from urllib.robotparser import RobotFileParser

import pytest
from django.urls import reverse


@pytest.mark.parametrize(
    ("name", "may_read"),
    [
        ("home", True),
        ("installation:home", True),
        ("installation:callback", True),
        ("installation:offers", True),
        ("internships:home", True),
        ("internships:offers", True),
        ("installation:request-start", False),
        ("account_login", False),
        ("space", False),
        ("admin:index", False),
    ],
)
def test_robots_read_what_is_public(client, name, may_read):
    rules = RobotFileParser()
    rules.parse(client.get("/robots.txt").content.decode().splitlines())

    assert rules.can_fetch("*", reverse(name)) == may_read
