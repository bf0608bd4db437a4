"""« Mes données »: what every app knows of a person, in one archive."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder

from accounts import discovery
from accounts.models import Person

# Kept in memory up to here, on disk beyond.
_IN_MEMORY = 2 * 1024 * 1024


def collect(person: Person) -> dict:
    """What each app declares, under its own name."""
    return {
        label: module.export(person)
        for label, module in discovery.modules("retention")
        if hasattr(module, "export")
    }


def files(person: Person) -> Iterator[tuple[str, IO[bytes]]]:
    """The files each app declares: a name, and what to read."""
    for label, module in discovery.modules("retention"):
        if hasattr(module, "files"):
            for name, content in module.files(person):
                yield f"{label}/{name}", content


def archive(person: Person) -> IO[bytes]:
    """A ZIP of `donnees.json` and of the files, ready to be read."""
    # Closed by the answer, once it has been sent.
    written = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    with ZipFile(written, "w", ZIP_DEFLATED) as bundle:
        data = json.dumps(
            collect(person), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2
        )
        bundle.writestr("donnees.json", data)
        taken = set()
        for name, content in files(person):
            with content as source, bundle.open(_free(name, taken), "w") as target:
                shutil.copyfileobj(source, target)
    written.seek(0)
    return written


def _free(name: str, taken: set[str]) -> str:
    """Two files of one name keep both."""
    stem, dot, suffix = name.rpartition(".")
    candidate, number = name, 1
    while candidate in taken:
        number += 1
        candidate = f"{stem}-{number}.{suffix}" if dot else f"{name}-{number}"
    taken.add(candidate)
    return candidate
