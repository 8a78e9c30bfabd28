"""The entry point. Imports only what the call needs: the version and the app's first screen wait for nothing."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; exits with 0 done, 1 the work failed, 2 wrong usage or bad input."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from interviewer import __version__

        print(f"interviewer {__version__}")
        return
    if not arguments and sys.stdin and sys.stdout and sys.stdin.isatty() and sys.stdout.isatty():
        from interviewer.tui.app import run

        sys.exit(run())
    from interviewer.cli.main import run_command_line

    sys.exit(run_command_line(arguments))


if __name__ == "__main__":
    main()
