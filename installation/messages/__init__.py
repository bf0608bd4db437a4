"""The messages of this journey: a module for each kind of row."""

from . import calls, requests

TEMPLATES = [*requests.TEMPLATES, *calls.TEMPLATES]
