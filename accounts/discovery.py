"""What every app may declare in a module of a known name, gathered here."""

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from django.apps import apps
from django.utils.module_loading import module_has_submodule


def modules(name: str) -> Iterator[tuple[str, ModuleType]]:
    """The label and the module of each app that has one of this name."""
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, name):
            yield config.label, import_module(f"{config.name}.{name}")
