"""`briefing list`: the documents of the library, and what is wrong in its files."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from briefings.documents.model import DOCUMENT_KINDS
from briefings.library.index import Listed
from sources.text import clean_line
from tui.cli.arguments import add_as_of, one_of
from tui.cli.output import FAILED, FINE
from tui.cli.session import Session


def configure(parser: argparse.ArgumentParser) -> None:
    """Take a kind of document."""
    kinds = ", ".join(DOCUMENT_KINDS)
    kind = one_of("kind", DOCUMENT_KINDS)
    parser.add_argument("--kind", type=kind, metavar="KIND", help=f"only these: {kinds}")
    add_as_of(parser)


def run(session: Session, options: argparse.Namespace) -> int:
    """List the documents by kind, newest first; status 1 where a file has errors."""
    faults = session.desk.faults()
    session.output.warn_of(faults)
    found = session.desk.documents(*[options.kind] if options.kind else [])
    found.sort(key=lambda document: DOCUMENT_KINDS.index(document.kind))
    if session.output.as_json:
        folders = [folder.path for folder in session.library.folders()]
        session.output.data("list", [_record(document, folders) for document in found])
    else:
        session.output.text(_lines(found))
    return FAILED if any(fault.severity == "error" for fault in faults) else FINE


def _record(document: Listed, folders: Sequence[Path]) -> dict[str, str]:
    fields = document._asdict()
    return fields | {"path": str(folders[fields.pop("folder")] / fields.pop("relative"))}


def _lines(documents: Sequence[Listed]) -> Iterator[str]:
    """Id, kind, date and title in columns."""
    from tui.layout import cells  # rich's widths, which JSON does not need

    widest = max((cells.width(document.id) for document in documents), default=0)
    for document in documents:
        title = clean_line(f"{document.title} {document.title_zh}".rstrip())
        name = cells.fit(document.id, min(widest, 40)) if cells.width(document.id) <= 40 else document.id
        yield f"{name}  {document.kind:<10}  {document.date:<10}  {title}".rstrip()
