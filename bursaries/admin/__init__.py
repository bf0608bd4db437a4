"""The back-office side of bursaries."""

from . import schemes

__all__ = ["schemes"]
