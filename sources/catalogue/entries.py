"""From the YAML of `indicators/*.yaml` to entries, with every fault on its line.

A file holds one entry or a list of them. Whether a provider understands the fields of `from:` is asked
of `ProviderFaults`, which who reads hands in: reading a catalogue must not know the providers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import get_args

from sources.catalogue.fields import FieldReader, one_of, scalar
from sources.catalogue.indicator import TOPICS, Definition, EntryFault, Fields, Indicator, Source
from sources.catalogue.releases import Release
from sources.limits import (
    ENTRIES_PER_FILE,
    ID_CHARACTERS,
    INDICATOR_BYTES,
    NOTE_CHARACTERS,
    TITLE_CHARACTERS,
)
from sources.loader import MappingNode, Node, SequenceNode, load
from sources.model import Aggregate, Frequency, Period
from sources.text import clean_line, is_blank

ProviderFaults = Callable[[str, Mapping[str, str]], Sequence[str]]
"""What is wrong with a provider's id and the fields of a `from:`, each in a sentence."""

ID = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")
_UNIT = re.compile(r"(%|[A-Za-z]+)( ?[A-Za-z%/]+){0,3}")
_NUMBER = r"[+-]?\d+(?:\.\d+)?"
_RANGE = re.compile(rf" *({_NUMBER}) *\.\. *({_NUMBER}) *")
_FREQUENCIES: tuple[Frequency, ...] = get_args(Frequency)
_AGGREGATES: tuple[Aggregate, ...] = get_args(Aggregate)
_SAMPLE_PERIODS = {"D": "2025-06-30", "M": "2025-06", "Q": "2024Q1", "A": "2023"}

KEYS = (
    *("id", "title", "title_zh", "unit", "frequency", "aggregate", "topics", "agency", "from", "derived"),
    *("check", "release", "licence", "decimals", "plausible", "definitions", "page", "note", "note_zh"),
)
_REQUIRED = ("id", "title", "unit", "frequency")
_FOLLOWS = ("unit", "frequency")
"""What a derived entry need not say: it follows from its parts."""


def read_entries(
    text: str, path: str, providers: ProviderFaults | None = None
) -> tuple[list[Indicator], list[EntryFault]]:
    """The entries of one file, and all that is wrong in it, by line.

    An entry with an error is left out; one with warnings is kept. Never raises.
    """
    loaded = load(text, limit=INDICATOR_BYTES)
    faults = [EntryFault(line, words) for line, words in loaded.faults]
    entries: list[Indicator] = []
    seen: dict[str, int] = {}
    for node in _nodes(loaded.node, faults):
        reader = _EntryReader(node, path, providers)
        entry = reader.entry()
        if entry and entry.id in seen:
            reader.fault(
                entry.line, f"`{entry.id}` stands in this file twice, first on line {seen[entry.id]}"
            )
        elif entry:
            seen[entry.id] = entry.line
            entries.append(entry)
        faults += reader.faults
    return entries, sorted(faults, key=lambda fault: fault.line)


def _nodes(node: Node | None, faults: list[EntryFault]) -> Iterable[MappingNode]:
    """The mappings of a file; what is none of them becomes a fault."""
    items: Sequence[Node] = node.items if isinstance(node, SequenceNode) else [node] if node else []
    if not items and not faults:
        faults.append(EntryFault(1, "no entry in this file; expected `id:`, `title:`, ... or a list of such"))
    for item in items[:ENTRIES_PER_FILE]:
        if isinstance(item, MappingNode):
            yield item
        else:
            faults.append(EntryFault(item.line, "not an entry; expected `id:`, `title:`, `unit:`, ..."))
    if len(items) > ENTRIES_PER_FILE:
        line = items[ENTRIES_PER_FILE].line
        faults.append(EntryFault(line, f"more than {ENTRIES_PER_FILE} entries; put them into several files"))


class _EntryReader(FieldReader):
    """Reads one entry."""

    def __init__(self, node: MappingNode, path: str, providers: ProviderFaults | None) -> None:
        super().__init__(node)
        self._path = path
        self._providers = providers

    def entry(self) -> Indicator | None:
        """The entry, or None where something in it is wrong."""
        self._check_keys()
        frequency = self._frequency()
        made = Indicator(
            id=self._id(),
            title=self._name("title"),
            title_zh=self._name("title_zh"),
            unit=self._unit(),
            frequency=frequency,
            aggregate=self._aggregate(),
            topics=self._topics(),
            agency=self._name("agency"),
            source=self._source("from"),
            derived=self.text("derived", NOTE_CHARACTERS),
            check=self._source("check"),
            tolerance=self._tolerance(),
            release=self._release(frequency),
            licence=self.text("licence", NOTE_CHARACTERS),
            decimals=self._decimals(),
            plausible=self._plausible(),
            definitions=self._definitions(frequency),
            page=self._page(),
            note=self.text("note", NOTE_CHARACTERS),
            note_zh=self.text("note_zh", NOTE_CHARACTERS),
            path=self._path,
            line=self.node.line,
        )
        self._check_origin(made)
        self._check_spans(made)
        return None if any(fault.severity == "error" for fault in self.faults) else made

    # ------------------------------------------------------------------ the whole
    def _check_keys(self) -> None:
        derived = self.node.get("derived") is not None
        for entry in self.node.entries:
            if entry.key not in KEYS:
                self.unknown(entry, KEYS)
        for key in _REQUIRED:
            if is_blank(scalar(self.node.get(key))) and not (derived and key in _FOLLOWS):
                self.fault(self.line(key), f"`{key}` is missing; an entry needs {', '.join(_REQUIRED)}")

    def _check_origin(self, made: Indicator) -> None:
        """Exactly one origin: a provider, an expression, or a page for people."""
        if made.source and made.derived:
            self.fault(self.line("derived"), "`from` and `derived` exclude each other; keep one")
        written = self.node.get("from") is not None or self.node.get("derived") is not None
        if not written and not made.page:
            self.fault(made.line, "nothing says where it comes from; expected `from:` or `derived:`")
        if made.check and not made.source:
            self.fault(self.line("check"), "`check` compares two providers; expected `from:` beside it")
        if made.derived and made.release:
            words = "`release` of a derived entry is not read: it is due when its parts are"
            self.fault(self.line("release"), words, "warning")

    def _check_spans(self, made: Indicator) -> None:
        """Definitions that `from:` sorts periods into must be those that the entry explains."""
        from sources.provider import definitions  # loads no provider

        known = [definition.id for definition in made.definitions]
        for key, source in (("from", made.source), ("check", made.check)):
            try:
                spans = definitions(source.get("definitions")) if source else ()
            except ValueError as error:
                self.fault(self.line(key), f"`definitions`: {error}")
                continue
            for name, _first, _last in spans:
                if name not in known:
                    words = f'`{key}` names the definition "{name}"; expected one of `definitions:`'
                    self.fault(self.line(key), f"{words}: {', '.join(known) or 'none is there'}")

    # ------------------------------------------------------------------ one field each
    def _id(self) -> str:
        text = self.text("id", ID_CHARACTERS)
        if text and not ID.fullmatch(text):
            words = f'"{text}" is no id; expected a-z 0-9 _ and dots, the place first, as cn.m2_yoy'
            self.fault(self.line("id"), words)
        return text

    def _name(self, key: str) -> str:
        """A text that stands in lists and heads, on one line."""
        return clean_line(self.text(key, TITLE_CHARACTERS))

    def _unit(self) -> str:
        text = self.text("unit", TITLE_CHARACTERS)
        if text and not _UNIT.fullmatch(text):
            self.fault(self.line("unit"), f'"{text}" is no unit; expected as %, pp, bp, index, bn CNY')
        return text

    def _frequency(self) -> Frequency:
        return self.choice("frequency", _FREQUENCIES, "M")

    def _aggregate(self) -> Aggregate:
        return self.choice("aggregate", _AGGREGATES, "last")

    def _topics(self) -> tuple[str, ...]:
        node = self.node.get("topics")
        items = node.items if isinstance(node, SequenceNode) else (node,) if scalar(node) else ()
        if isinstance(node, MappingNode):
            self.fault(node.line, "`topics` is a list of topics; expected as [risks]")
        found = []
        for item in items:
            text = scalar(item)
            if text in TOPICS:
                found.append(text)
            elif item is not None:
                self.fault(item.line, f'no topic "{text}"; expected {one_of(text, TOPICS)}')
        return tuple(dict.fromkeys(found))

    def _source(self, key: str) -> Source | None:
        node = self.node.get(key)
        if node is None:
            return None
        if not isinstance(node, MappingNode):
            self.fault(node.line, f"`{key}` is a mapping; expected as {{provider: worldbank, ...}}")
            return None
        pairs = [pair for pair in self.pairs(key, node) if (key, pair[0]) != ("check", "tolerance")]
        provider = dict(pairs).get("provider", "")
        found = tuple(pair for pair in pairs if pair[0] != "provider")
        if not provider:
            self.fault(node.line, f"`{key}` names no provider; expected `provider:` in it")
        elif self._providers:
            for words in self._providers(provider, dict(found)):
                self.fault(node.line, f"`{key}`: {words}")
        return Source(provider, found)

    def _tolerance(self) -> float:
        node = self.node.get("check")
        held = node.get("tolerance") if isinstance(node, MappingNode) else None
        text = scalar(held)
        if isinstance(node, MappingNode) and not re.fullmatch(r"\d+(\.\d+)?", text):
            line = held.line if held else node.line
            self.fault(line, f'`tolerance` is "{text}"; expected by how much the two may differ, as 0.05')
            return 0.0
        return float(text or 0)

    def _release(self, frequency: Frequency) -> Fields:
        node = self.node.get("release")
        if node is None:
            return ()
        if not isinstance(node, MappingNode):
            self.fault(node.line, "`release` is a mapping; expected as {months_after: 1, day: 10..15}")
            return ()
        pairs = self.pairs("release", node)
        try:
            Release.parse(dict(pairs), frequency)
        except ValueError as error:
            self.fault(node.line, str(error))
        return pairs

    def _decimals(self) -> int:
        text = self.text("decimals", TITLE_CHARACTERS)
        if text and not re.fullmatch("[0-6]", text):
            self.fault(self.line("decimals"), f'`decimals` is "{text}"; expected 0 to 6')
            return 0
        return int(text) if text else 2

    def _plausible(self) -> tuple[float, float] | None:
        text = self.text("plausible", TITLE_CHARACTERS)
        match = _RANGE.fullmatch(text)
        low, high = (float(match[1]), float(match[2])) if match else (0.0, 0.0)
        if text and not (match and low < high and math.isfinite(high - low)):
            self.fault(self.line("plausible"), f'`plausible` is "{text}"; expected as -5..40')
        return (low, high) if match else None

    def _page(self) -> str:
        text = self.text("page", NOTE_CHARACTERS)
        if text and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", text):
            self.fault(self.line("page"), f'`page` is "{text}"; expected an address as https://...')
        return text

    def _definitions(self, frequency: Frequency) -> tuple[Definition, ...]:
        node = self.node.get("definitions")
        if node is None:
            return ()
        if not isinstance(node, SequenceNode):
            self.fault(
                node.line, "`definitions` is a list; expected as [{id: old, until: 2024-12, note: ...}]"
            )
            return ()
        found = [self._definition(item, frequency) for item in node.items]
        return tuple(definition for definition in found if definition)

    def _definition(self, node: Node, frequency: Frequency) -> Definition | None:
        if not isinstance(node, MappingNode):
            self.fault(node.line, "not a definition; expected as {id: old, until: 2024-12, note: ...}")
            return None
        known = ("id", "from", "until", "note", "note_zh")
        for entry in node.entries:
            if entry.key not in known:
                self.unknown(entry, known)
        texts = {key: scalar(node.get(key)) for key in known}
        if not re.fullmatch("[a-z0-9_]+", texts["id"]):
            self.fault(node.line, f'"{texts["id"]}" is no name of a definition; expected a-z 0-9 _')
        for key in ("from", "until"):
            self._check_period(node, texts[key], frequency)
        return Definition(texts["id"], texts["from"], texts["until"], texts["note"], texts["note_zh"])

    def _check_period(self, node: MappingNode, text: str, frequency: Frequency) -> None:
        sample = _SAMPLE_PERIODS.get(frequency, "2025-06-30")
        try:
            fits = not text or (len(text) == len(sample) and bool(Period.parse(text)))
        except ValueError:
            fits = False
        if not fits:
            self.fault(node.line, f'"{text}" is no period of this series; expected as {sample}')
