"""The back-office side of bursaries."""

from . import applications, schemes

__all__ = ["applications", "schemes"]
