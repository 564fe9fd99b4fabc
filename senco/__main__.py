"""The way in: ``senco`` and ``python -m senco``."""

from __future__ import annotations

import gc
import os
import sys

# Importing makes many objects and throws few away: without the collector a third of the start-up time goes.
gc.disable()


def main() -> int:
    """Run one command and give its exit code."""
    import atexit

    atexit.register(gc.freeze)
    if sys.argv[1:] == ["--version"]:
        from senco import __version__

        sys.stdout.write(f"senco {__version__}\n")
        return 0
    # pydantic would look through every installed package for plug-ins and show them what it validates: senco has none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from senco.app import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
