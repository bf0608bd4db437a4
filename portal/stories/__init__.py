"""The chapters of the demonstration: each tells what one part of the desk shows.

A chapter calls the same actions as the pages do, and tells nothing twice.
"""

from . import (
    aids,
    dossiers,
    family,
    lodging,
    needs,
    offers,
    partners,
    placements,
    structures,
    studies,
    week,
)
from .world import World

__all__ = ["CHAPTERS", "World"]

# In the order they are told.
CHAPTERS = (
    structures,
    aids,
    needs,
    partners,
    family,
    dossiers,
    offers,
    placements,
    lodging,
    studies,
    week,
)
