"""`briefing locate`: where the files live."""

from __future__ import annotations

import argparse

from sources.text import clean_line
from tui.cli.arguments import one_of
from tui.cli.output import FINE
from tui.cli.session import Session

NAMES = ("library", "store", "state", "cache", "config", "index")


def configure(parser: argparse.ArgumentParser) -> None:
    """Take the name of one place."""
    names = ", ".join(NAMES)
    parser.add_argument(
        "name", metavar="NAME", nargs="?", type=one_of("place", NAMES), help=f"print only this path: {names}"
    )


def run(session: Session, options: argparse.Namespace) -> int:
    """Print the paths; nothing is made or opened."""
    places = session.settings.places
    paths = {name: str(getattr(places, name)) for name in NAMES[:-1]}
    paths["index"] = str(session.library.index_path())
    if options.name:
        paths = {options.name: paths[options.name]}
    if session.output.as_json:
        session.output.data("locate", paths)
    elif options.name:
        session.output.text([clean_line(paths[options.name])])
    else:
        session.output.text(f"{name:<8} {clean_line(path)}" for name, path in paths.items())
    return FINE
