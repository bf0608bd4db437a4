"""python -m portal.embedded start|stop|urls|status"""

import argparse
import sys

from portal.embedded.places import EmbeddedError
from portal.embedded.servers import ensure, running, stop, urls


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m portal.embedded")
    parser.add_argument("command", choices=["start", "stop", "urls", "status"])
    command = parser.parse_args().command
    try:
        if command == "start":
            print(*ensure(), sep="\n")
        elif command == "stop":
            stop()
        elif command == "urls":
            print(*urls(), sep="\n")
        else:
            state = running()
            for service, is_up in state.items():
                print(f"{service}: {'running' if is_up else 'stopped'}")
            return 0 if all(state.values()) else 3
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
