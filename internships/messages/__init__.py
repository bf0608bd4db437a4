"""The messages of this journey: a module for each kind of row."""

TEMPLATES = []
