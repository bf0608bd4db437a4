"""Run the benchmarks, all of them or those named: `make bench ARGS="startup"`.

A benchmark is a module of this folder with a `main()` that prints its table and may
return a status, other than 0 when a figure is beyond its budget. Each runs in a
process of its own; only ratios within one run mean something.
"""

import ast
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    known = [
        module.name
        for module in pkgutil.iter_modules([str(HERE)])
        if not module.name.startswith("_")
    ]
    wanted = sys.argv[1:] or known
    if unknown := sorted(set(wanted) - set(known)):
        print(f"No such benchmark: {', '.join(unknown)}. Known: {', '.join(known)}.")
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")
    os.environ.setdefault("LOG_LEVEL", "CRITICAL")
    failed = [name for name in wanted if not run(name)]
    if failed:
        print(f"\nBeyond the budget, or broken: {', '.join(failed)}.")
    return 1 if failed else 0


def run(name: str) -> bool:
    described = ast.get_docstring(ast.parse((HERE / f"{name}.py").read_text()))
    print(f"\n== {name}: {described.splitlines()[0]}\n", flush=True)
    program = f"import sys; from benchmarks import {name}; sys.exit({name}.main())"
    return subprocess.call([sys.executable, "-c", program], cwd=HERE.parent) == 0


if __name__ == "__main__":
    sys.exit(main())
