"""Run the benchmarks, all of them or those named: `make bench ARGS="startup"`.

A benchmark is a module of this folder with a `main()` that prints its table, and
whose first line says what is compared.
"""

import importlib
import os
import pkgutil
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")


def main() -> int:
    known = [
        module.name
        for module in pkgutil.iter_modules([str(Path(__file__).parent)])
        if not module.name.startswith("_")
    ]
    wanted = sys.argv[1:] or known
    if unknown := sorted(set(wanted) - set(known)):
        print(f"No such benchmark: {', '.join(unknown)}. Known: {', '.join(known)}.")
        return 2
    for name in wanted:
        module = importlib.import_module(f"benchmarks.{name}")
        if hasattr(module, "main"):
            print(f"\n== {name}: {module.__doc__.splitlines()[0]}\n", flush=True)
            module.main()
    return 0


if __name__ == "__main__":
    sys.exit(main())
