"""Run the benchmarks, all of them or those named: `make bench ARGS="startup"`.

A benchmark is a module of this folder with a `main()` that prints its table and may
return a status, other than 0 when a figure is beyond its budget. Each runs in a
process of its own; only ratios within one run mean something.
"""

import ast
import os
import pkgutil
import signal
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
PROGRAM = """
import importlib, sys
from benchmarks.__main__ import stop_on_request
stop_on_request()
sys.exit(importlib.import_module(f"benchmarks.{sys.argv[1]}").main())
"""


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
    stop_on_request()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")
    os.environ.setdefault("LOG_LEVEL", "CRITICAL")
    failed = [name for name in wanted if not run(name)]
    if failed:
        print(f"\nBeyond the budget, or broken: {', '.join(failed)}.")
    return 1 if failed else 0


def run(name: str) -> bool:
    described = ast.get_docstring(ast.parse((HERE / f"{name}.py").read_text()))
    print(f"\n== {name}: {described.splitlines()[0]}\n", flush=True)
    begun = time.monotonic()
    with subprocess.Popen([sys.executable, "-c", PROGRAM, name], cwd=HERE.parent) as it:
        try:
            status = wait(it)
        except SystemExit:
            it.terminate()
            wait(it)
            raise
    print(f"\n  {time.monotonic() - begun:.0f} s", flush=True)
    return status == 0


def wait(process: subprocess.Popen) -> int:
    """Until it has ended by itself: it has servers of its own to stop."""
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            wait(process)  # the same Ctrl-C reached it
            raise SystemExit(130) from None


def stop_on_request() -> None:
    """Leave through every `finally`, so that nothing started here outlives us."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


if __name__ == "__main__":
    sys.exit(main())
