"""Documents put into the index, and its links set anew where a change of names concerns them."""

from __future__ import annotations

from collections.abc import Iterable

from briefings.documents.items import Reference, references_of
from briefings.documents.model import Document, Item
from briefings.documents.names import Name, Rank, candidates, folder_of, names_of, split_target, whole_names
from briefings.library.index import FileRow, Index, LinkRow
from briefings.library.links import Resolver
from briefings.library.storing import Writer
from sources.text import fold


def put(writer: Writer, row: FileRow, document: Document, items: tuple[Item, ...]) -> set[Name]:
    """Store the document of a file with its items; the names that it brings."""
    names = names_of(document, items, row.relative)
    folder = folder_of(row.relative)
    links = [(link, meant(link, document.id, folder)) for link in references_of(document)]
    writer.add_document(row, document, items, names, links)
    return set(names)


def meant(reference: Reference, document: str, folder: str) -> Iterable[str]:
    """The folded names that a reference may mean: when one comes or goes, it is pointed again."""
    name, section = split_target(reference.target)
    found = set(candidates(reference.target, folder)) if name else {fold(document)}
    return found | {whole for whole, _ in whole_names(reference.target)} if section else found


def point(
    index: Index, writer: Writer, changed: set[Name], names: set[Name], documents: Iterable[str]
) -> None:
    """Point to where they lead now: the links in some documents, and those that use changed names.

    `names` are all those of the documents that were stored or dropped.
    """
    links: dict[int, LinkRow] = {}
    for document in documents:
        links.update(index.links_in(document))
    whole = {name.name for name in changed if "#" not in name.item or name.rank is Rank.SHORT}
    owners = {name.item.partition("#")[0] for name in changed if "#" in name.item}
    inside = {name.name for name in names if name.item in owners} - whole
    for name in whole:
        links.update(index.links_named(name))
    for name in inside:
        links.update(index.links_named(name, inside=True))
    resolver = Resolver(index)
    found = {number: resolver.resolve(link.target, link.document) for number, link in links.items()}
    leads = {number: item.id if item else "" for number, item in found.items()}
    moved = [(number, links[number]._replace(item=item)) for number, item in leads.items()]
    writer.point([(number, link) for number, link in moved if link.item != links[number].item])
