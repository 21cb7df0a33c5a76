"""The subcommands of `briefing`, one line each: what is typed, what it says of itself, and its module."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from tui.cli.session import Session


class Action(Protocol):
    """What the module of a command offers."""

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Say which arguments the command takes."""

    def run(self, session: Session, options: argparse.Namespace) -> int:
        """Do it; the exit status."""


class Command(NamedTuple):
    """What is typed, what it does in one sentence, an example, and its module below this package."""

    name: str
    operands: str
    help: str
    example: str
    module: str

    def load(self) -> Action:
        """The command's module."""
        return cast(Action, import_module(f"tui.cli.{self.module}"))


COMMANDS = (
    Command("list", "", "List the documents of the library.", "briefing list --kind entity", "listing"),
    Command("read", "ID", "Print a document, or a section of it, as plain text.",
            "briefing read china-legal-shield#risks --width 60", "reading"),
    Command("show", "ID", "Show any item: its facts, its text, and what is said of it where.",
            "briefing show huawei", "showing"),
    Command("links", "ID", "List where the links of an item lead, and what links to it.",
            "briefing links decree-835 --json", "linking"),
    Command("search", "QUERY", "Find words in everything, narrowed by kind, topic, verdict, date or source.",
            "briefing search 'huawei verdict:contradicted kind:claim'", "searching"),
    Command("check", "[PATH]", "Name what is wrong in the library, or in one file or folder.",
            "briefing check notes/draft.md", "checking"),
    Command("indicators", "[TOPIC]", "List the indicators with their newest figures.",
            "briefing indicators monetary-stability", "indicators"),
    Command("series", "ID ...", "Print the figures of an indicator, as known now or on a day.",
            "briefing series cn.m2_yoy --as-of 2026-04-20", "series"),
    Command("provenance", "FIGURE", "Say where a figure comes from, down to what was published.",
            "briefing provenance 'mean(cn.m2_m1_gap, 2023)'", "tracing"),
    Command("chart", "ID ...", "Draw indicators in one chart, in characters or as an SVG or PNG file.",
            "briefing chart cn.m2_m1_gap --from 2020 -o gap.svg", "charting"),
    Command("claims", "[ID]", "List which claims hold, or show the arithmetic behind one.",
            "briefing claims --verdict contradicted", "claiming"),
    Command("predictions", "", "List what became of predictions, and the scores of their authors.",
            "briefing predictions", "predicting"),
    Command("resolve", "ID OUTCOME", "Record what became of a prediction, or take that back.",
            'briefing resolve p1 false --on 2027-01-20 --source https://example.org/', "resolving"),
    Command("forecast", "ID [CHANCE]", "Enter your own probability of a prediction, or take that back.",
            "briefing forecast p1 0.3 --note 'the share falls'", "forecasting"),
    Command("note", "ID [TEXT]", "Add to your note on an item, print it, replace it or take it away.",
            "briefing note huawei 'Ask counsel about the second list.'", "noting"),
    Command("test", "EXPR", "Work out an expression on the figures, with all its steps.",
            "briefing test 'mean(cn.m2_m1_gap, 2023) ~ 4.8 +- 0.2'", "testing"),
    Command("refresh", "[NAME ...]", "Ask the sources for what is new.",
            "briefing refresh cn.m2_yoy risks", "refreshing"),
    Command("sources", "", "List the sources: how asking went, what is held, and when they are asked next.",
            "briefing sources", "sources"),
    Command("keys", "", "List the keys as they are now, the user's own included.",
            "briefing keys --changed", "keys"),
    Command("locate", "[NAME]", "Print where the files live.", "briefing locate library", "locating"),
    Command("doctor", "", "Look whether all that the program rests on is sound, and say what mends it.",
            "briefing doctor", "doctoring"),
)  # fmt: skip

BY_NAME = {command.name: command for command in COMMANDS}
