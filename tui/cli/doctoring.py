"""`briefing doctor`: whether all that reading and asking rest on is sound, and what mends it where not."""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Iterator, Sequence

from tui.cli.health import Finding, Screen, findings
from tui.cli.output import FAILED, FINE
from tui.cli.session import Session
from tui.terminal import terminal


def configure(parser: argparse.ArgumentParser) -> None:
    """Take nothing."""


def run(session: Session, options: argparse.Namespace) -> int:
    """Print what was looked at; 1 where something is wrong. Nothing is changed, nobody is asked."""
    screen = Screen(*shutil.get_terminal_size()) if terminal.is_terminal(os.environ) else None
    found = tuple(findings(session.settings, os.environ, session.now(), screen))
    if session.output.as_json:
        session.output.data("doctor", {"findings": [each._asdict() for each in found]})
    else:
        session.output.text(_lines(found))
    return FAILED if any(each.state == "wrong" for each in found) else FINE


def _lines(found: Sequence[Finding]) -> Iterator[str]:
    from tui.cli.columns import in_columns

    rows: list[tuple[str, str, str]] = []
    for each in found:
        rows.append((each.state, each.name, each.words))
        rows += [("", "", f"-> {each.mend}")] if each.mend else []
    return in_columns(rows)
