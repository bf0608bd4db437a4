"""The back-office side of bursaries."""

from . import applications, schemes, votes

__all__ = ["applications", "schemes", "votes"]
