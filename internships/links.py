"""What the links of our e-mails open, and for how long."""

from casework.links import LinkScope

SCOPES: dict[str, LinkScope] = {}
