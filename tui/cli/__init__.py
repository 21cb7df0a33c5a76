"""The command line: `briefing list`, `read`, ... Each command is a module, loaded when it is asked for."""

from tui.cli.entry import run

__all__ = ["run"]
