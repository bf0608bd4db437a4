"""The messages of this journey: a module for each kind of row."""

from . import requests

TEMPLATES = [*requests.TEMPLATES]
