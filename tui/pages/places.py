"""Places of a list that have one name, told apart by what stands around them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from briefings.desk import Desk
from briefings.documents.model import Item, Span
from sources.text import fold
from tui.layout.linked import after
from tui.pages.sections import around


def told_apart(desk: Desk, places: Iterable[Item], shown: Callable[[Item], str]) -> Mapping[str, str]:
    """By id, the words that go after what is `shown` of a place, where that is shown of others too: its
    document, the section around it, or at last its id. None for those that nothing else is shown as."""
    added: dict[str, str] = {}
    for way in (_document, _around, _id):
        for alike in _groups(places, lambda item: shown(item) + added.get(item.id, "")):
            for item in alike:
                words = way(desk, item, alike)
                if fold(words) not in fold(shown(item)):
                    added[item.id] = added.get(item.id, "") + after(words)
    return added


def words_of(spans: Iterable[Span]) -> str:
    """What spans show."""
    return "".join(span.text for span in spans)


def _groups(places: Iterable[Item], shown: Callable[[Item], str]) -> Iterator[list[Item]]:
    """The different places of which the same is shown."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in {item.id: item for item in places}.values():
        found[shown(item)].append(item)
    return (alike for alike in found.values() if len(alike) > 1)


def _document(desk: Desk, item: Item, alike: list[Item]) -> str:
    """The title of its document, where they stand in documents of several titles."""
    titles = {each.document: _title(desk, each) for each in alike}
    return titles[item.document] if len(set(titles.values())) > 1 else ""


def _title(desk: Desk, item: Item) -> str:
    owner = desk.item(item.document)
    return owner.title if owner else ""


def _around(desk: Desk, item: Item, _: list[Item]) -> str:
    whole = desk.document(item.document)
    return around(whole, item) if whole else ""


def _id(_: Desk, item: Item, __: list[Item]) -> str:
    return item.id
