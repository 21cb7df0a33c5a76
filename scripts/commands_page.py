"""Write docs/commands.md from the parsers of the commands: python -m scripts.commands_page"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from tui.cli.arguments import GLOBAL_HELP, parser_of
from tui.cli.subcommands import COMMANDS, Command

PAGE = Path(__file__).parents[1] / "docs/commands.md"

_HEAD = """\
# The commands

This page is made by `python -m scripts.commands_page` from what `briefing COMMAND --help` says. What each
prints with `--json` is in [json.md](json.md); exit statuses are in the [readme](../README.md#commands).

```
{options}
```
"""


def page() -> str:
    """The whole page."""
    return "\n".join([_HEAD.format(options=GLOBAL_HELP.rstrip()), *map(_section, COMMANDS)])


def _section(command: Command) -> str:
    head = f"## `briefing {command.name}`\n\n{command.help}\n\n```sh\n{command.example}\n```\n"
    rows = list(_rows(parser_of(command)))
    table = "\n".join(["", "| argument | meaning |", "|---|---|", *rows, ""])
    return f"{head}{table}" if rows else head


def _rows(parser: argparse.ArgumentParser) -> Iterator[str]:
    """A row of the table for each argument, those without a dash first."""
    for action in sorted(parser._actions, key=lambda each: bool(each.option_strings)):
        meaning = ((action.help or "") % {}).replace("|", r"\|")
        yield f"| `{_written(action)}` | {meaning} |"


def _written(action: argparse.Action) -> str:
    """`--last N`, `--csv`, `[PATH]`, `ID ...`: as it is typed."""
    if action.option_strings:
        value = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
        return f"{', '.join(action.option_strings)}{value}"
    name = str(action.metavar)
    return {"?": f"[{name}]", "+": f"{name} ...", "*": f"[{name} ...]"}.get(str(action.nargs), name)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
