"""The back-office side of bursaries."""

from . import agreements, applications, schemes, votes

__all__ = ["agreements", "applications", "schemes", "votes"]
