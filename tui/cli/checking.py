"""`briefing check`: what is wrong in the library, or in one file or folder."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from briefings.desk import Desk
from briefings.documents.model import Fault, Item
from briefings.library.files import Files
from briefings.library.index import Listed
from briefings.own import forecasts, kept_searches, resolutions
from briefings.review import checks
from briefings.review.figure_checks import figure_faults
from sources.text import clean, clean_line, decode
from tui.cli import cataloguing
from tui.cli.cataloguing import Checked
from tui.cli.output import FAILED, FINE, USAGE, RequestError
from tui.cli.session import Session


def configure(parser: argparse.ArgumentParser) -> None:
    """Take a path and how strict to be."""
    parser.add_argument(
        "path",
        metavar="PATH",
        nargs="?",
        help="a file or folder, of the library or not; by default the whole library",
    )
    parser.add_argument(
        "--claims", action="store_true", help="also what claims, predictions and tables of documents come to"
    )
    parser.add_argument("--strict", action="store_true", help="end with status 1 for warnings too")


def run(session: Session, options: argparse.Namespace) -> int:
    """Print the faults, count them on standard error; status 1 when there are errors."""
    path = None if options.path is None else _existing(options.path)
    checked = cataloguing.read(session.settings.places.library, path)
    count, found = _faults(session, path, checked)
    if path is None:
        own = session.settings.places.library
        found += [
            fault for kept in (resolutions, forecasts, kept_searches) for fault in kept.read(own).faults
        ]
    if options.claims:
        found += _of_claims(session, path)
    faults = sorted({*found, *checked.faults})
    errors = sum(fault.severity == "error" for fault in faults)
    if session.output.as_json:
        counts = {
            "documents": count,
            "indicator_files": checked.files,
            "errors": errors,
            "warnings": len(faults) - errors,
        }
        session.output.data(
            "check", {"path": options.path, **counts, "faults": [f._asdict() for f in faults]}
        )
    else:
        session.output.text(map(_printed, faults))
    words = f"{_counted(errors, 'error')}, {_counted(len(faults) - errors, 'warning')}"
    session.output.narrate(f"{_looked_at(count, checked.files)}: {words if faults else 'no faults'}")
    return FAILED if errors or (faults and options.strict) else FINE


def _printed(fault: Fault) -> str:
    """A fault as compilers print it: `file:line: what`, with the word where it is but a warning."""
    word = "warning: " if fault.severity == "warning" else ""
    return clean_line(f"{fault.path}:{fault.line}: {word}{fault.message}")


def _of_claims(session: Session, path: Path | None) -> list[Fault]:
    """What to look at twice in claims, predictions and tables of the library, or of a part of it."""
    from tui.cli.claim_checks import claim_faults  # what judges

    here = path.resolve() if path else None
    found = claim_faults(session)
    return [fault for fault in found if here is None or Path(fault.path).resolve().is_relative_to(here)]


def _existing(name: str) -> Path:
    path = Path(name)
    try:
        name.encode()
    except UnicodeEncodeError:
        raise RequestError("unknown-path", f'the name "{name}" is no UTF-8 text', USAGE) from None
    if not (path.is_file() or path.is_dir()):
        raise RequestError("unknown-path", f'no file or folder "{name}"', USAGE)
    return path


def _faults(session: Session, path: Path | None, checked: Checked) -> tuple[int, list[Fault]]:
    """How many documents were looked at, and their faults."""
    if path and cataloguing.is_entries(path, session.settings.places.library):
        return 0, []
    desk = session.desk
    listed = desk.documents()
    paths = {document.id: _path(session, document) for document in listed}
    if path is None:
        return len(listed), [*desk.faults(), *_warnings(desk, listed, checked)]
    if not _is_part(session, path):
        return _outside(desk, path, checked)
    here = path.resolve()
    inside = [document for document in listed if paths[document.id].resolve().is_relative_to(here)]
    found = [*desk.faults(), *_warnings(desk, inside, checked)]
    return len(inside), [fault for fault in found if Path(fault.path).resolve().is_relative_to(here)]


def _path(session: Session, document: Listed) -> Path:
    return session.library.folders()[document.folder].path / document.relative


def _is_part(session: Session, path: Path) -> bool:
    """Whether the index holds this file, or a file of this folder."""
    here = path.resolve()
    folders = session.library.folders()
    around = {f.rank: f.path.resolve() for f in folders if here.is_relative_to(f.path.resolve())}
    files = Files(session.desk.index).all() if around else {}
    return any((around[rank] / relative).is_relative_to(here) for rank, relative in files if rank in around)


def _warnings(desk: Desk, listed: Sequence[Listed], checked: Checked) -> Iterable[Fault]:
    """What the checks say of documents of the library; numbers only in those that ship."""
    for one in listed:
        document = desk.document(one.id)
        if document is None:
            continue
        if desk.dangling(one.id):
            yield from checks.dangling_links(document, desk.resolve, _nearest(desk), lines_of)
        if one.folder == 0:
            yield from checks.bare_numbers(document, desk.resolve, lines_of)
        yield from figure_faults(document, checked.catalogue, lines_of)
    everything = (desk.document(one.id) for one in desk.documents())
    yield from checks.shared_names((document for document in everything if document), lines_of)


def _outside(desk: Desk, path: Path, checked: Checked) -> tuple[int, list[Fault]]:
    """The faults of what is no part of the library; its links may lead into the library."""
    from tui.cli.outside import read_outside  # the parser

    def resolve(target: str, document: str) -> Item | None:
        return outside.resolve(target, document) or desk.resolve(target)

    def nearest(target: str) -> Item | None:
        return None if target.startswith("#") else desk.nearest(target)

    with read_outside(path) as outside:
        found = list(outside.faults)
        for document in outside.documents:
            found += checks.dangling_links(document, resolve, nearest, lines_of)
            found += figure_faults(document, checked.catalogue, lines_of)
        found += checks.shared_names(outside.documents, lines_of)
        return len(outside.documents), found


def _nearest(desk: Desk) -> checks.Nearest:
    return lru_cache(None)(desk.nearest)


@lru_cache(8)
def lines_of(path: str) -> Sequence[str]:
    """The lines of a document's file, cleaned as the document is; none where it cannot be read."""
    try:
        return clean(decode(Path(path).read_bytes()).text).split("\n")
    except OSError:
        return ()


def _looked_at(documents: int, files: int) -> str:
    counts = [_counted(documents, "document")] if documents or not files else []
    return ", ".join([*counts, *([_counted(files, "file of indicators")] if files else [])])


def _counted(count: int, noun: str) -> str:
    one, _, rest = noun.partition(" ")
    return f"{count} {one}{'' if count == 1 else 's'} {rest}".rstrip()
