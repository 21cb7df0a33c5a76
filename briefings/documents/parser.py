"""A file's bytes -> a document and all its faults. Never raises, whatever the bytes are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from briefings.documents.blocks import Read, read_blocks
from briefings.documents.dates import partial_date
from briefings.documents.faults import first_faults
from briefings.documents.fields import Fields, Problem, unknown
from briefings.documents.footnotes import missing_footnotes
from briefings.documents.head import read_head, read_note
from briefings.documents.model import Block, Document, Fault, Severity
from briefings.documents.names import identifier, is_identifier, without_suffix
from briefings.documents.sections import read_sections, with_anchors
from briefings.documents.statements import KINDS, read_statement
from sources import limits
from sources.likeness import nearest
from sources.loader import MappingNode, Node, ScalarNode, load
from sources.text import clean, clean_line, decode, fold, is_blank, message, thin, unturned

_FRONT = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_ENDLESS = re.compile(r"---[ \t]*\n(?:id|kind|title|date):")
_DECLARES_KIND = re.compile(r"^kind[ \t]*:", re.MULTILINE)
_PROPERTIES = re.compile(r"(?:[ \t]*(?:- )?[\w-]+:: .*\n+)+")
_ALIAS = re.compile(r"^[ \t]*(?:- )?alias(?:es)?:: (.+)$", re.MULTILINE)
_LONGEST_WORD = 20
_NOTHING = MappingNode((), 1)
_KEYS = {True: frozenset({"id", "topic", "since"}), False: frozenset({"id", "topic", "since", "^id"})}


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file gives. `document` is None where its front matter cannot be read; `identity_line`
    is the line of its id, or 1."""

    document: Document | None
    faults: tuple[Fault, ...]
    identity_line: int = 1


def peek(body: bytes) -> tuple[str, str]:
    """(kind, declared id) of a file: both empty for a plain note."""
    text = decode(body[: limits.FRONT_MATTER_BYTES * 2]).text
    matched = _FRONT.match(text)
    node = load(matched.group(1), limit=limits.FRONT_MATTER_BYTES).node if matched else None
    if not isinstance(node, MappingNode):
        return "", ""
    kind, name = (_word(node.get(key)) for key in ("kind", "id"))
    return (kind, name if is_identifier(name) else "") if kind else ("", "")


def parse(body: bytes, *, path: str, identity: str = "") -> Parsed:
    """Read a document. `path` is named in faults; `identity` is its id, by default the one it
    declares, else its file name's."""
    path = clean_line(path)
    if len(body) > limits.DOCUMENT_BYTES:
        most = limits.DOCUMENT_BYTES // 1_000_000
        return Parsed(None, (Fault(path, 1, f"the file is too long; expected at most {most} MB"),))
    text, bad_line = decode(body)
    text, problems = _readable(unturned(clean(text)))
    if bad_line:
        problems.append(Problem(bad_line, "not UTF-8 from here on; expected a UTF-8 text"))
    front = _front_matter(text)
    problems += front.problems
    kind = front.node.get("kind")
    strict = kind is not None and kind != ScalarNode("", kind.line)
    fields = Fields(front.node, problems if strict and front.whole else [])
    if strict:
        head = read_head(fields, fallback=_stem(path))
    else:
        head = read_note(fields, fallback=_stem(path))
        head = head._replace(aliases=(*head.aliases, *_aliases_in(text[front.end :])))
    head = head._replace(id=identity or head.id, path=path)
    first_line = 1 + text.count("\n", 0, front.end)
    document = _with_blocks(head, text[front.end :], first_line, strict, problems)
    return Parsed(None if front.broken else document, _faults(path, problems), fields.line("id"))


def _readable(text: str) -> tuple[str, list[Problem]]:
    """The text without the accents that nobody could tell apart, and what is said of that."""
    most = limits.JOINED_CHARACTERS
    thinned, at = thin(text, most)
    if at is None:
        return text, []
    words = f"more than {most} accents or joiners on one character; those beyond are left out"
    return thinned, [Problem(1 + text.count("\n", 0, at), words, "warning")]


class _Front(NamedTuple):
    """Front matter and where it ends. Of a `broken` one, `node` holds what could be read: where it is not
    `whole`, of what it lacks nothing can be said."""

    node: MappingNode
    end: int
    problems: list[Problem]
    broken: bool = False
    whole: bool = True


def _front_matter(text: str) -> _Front:
    matched = _FRONT.match(text)
    if not matched:
        endless = Problem(1, "front matter has no end; expected a line --- after it", "warning")
        return _Front(_NOTHING, 0, [endless] if _ENDLESS.match(text) else [])
    front = matched.group(1)
    loaded = load(front, first_line=2, limit=limits.FRONT_MATTER_BYTES)
    if loaded.faults:
        if "{{" in front and not _DECLARES_KIND.search(front):  # a template: other programs fill it in
            return _Front(_NOTHING, matched.end(), [])
        read = loaded.node if isinstance(loaded.node, MappingNode) else _NOTHING
        broken = bool(_DECLARES_KIND.search(front))  # what is no more than a note is read all the same
        severity: Severity = "error" if broken else "warning"
        found = [Problem(line, words, severity) for line, words in loaded.faults]
        return _Front(read, matched.end(), found, broken, loaded.whole)
    if isinstance(loaded.node, MappingNode | None):
        return _Front(loaded.node or _NOTHING, matched.end(), [])
    prose = Problem(2, "front matter is no mapping; expected `name: value` on each line", "warning")
    return _Front(_NOTHING, 0, [] if front.startswith("\n") else [prose])


def _aliases_in(text: str) -> Iterator[str]:
    """The aliases among the lines `name:: value` that a note of an outliner begins with."""
    if properties := _PROPERTIES.match(text):
        for found in _ALIAS.findall(properties.group()):
            yield from filter(None, (alias.strip(" []") for alias in found.split(",")))


def _word(node: Node | None) -> str:
    return node.value if isinstance(node, ScalarNode) else ""


@dataclass(slots=True)
class _Statements:
    """Makes blocks of fenced statements, and holds what was wrong with them."""

    problems: list[Problem]
    taken: dict[str, int] = field(default_factory=dict)

    def __call__(self, word: str, content: str, line: int) -> Block | None:
        if word not in KINDS:
            if _is_mistyped(word):
                self.problems.append(Problem(line - 1, unknown("block", word, KINDS), "warning"))
            return None
        block, problems = read_statement(word, content, line)
        self.problems += problems
        if block is None:
            return None
        holder = self.taken.setdefault(fold(block.anchor), line)
        if holder == line:
            return block
        self.problems.append(Problem(line, _held(block.anchor, holder)))
        return block._replace(anchor="")


@lru_cache(maxsize=100)
def _is_mistyped(word: str) -> bool:
    return len(word) <= _LONGEST_WORD and nearest(word, KINDS) is not None


def _with_blocks(
    head: Document, text: str, first_line: int, strict: bool, problems: list[Problem]
) -> Document:
    fenced = _Statements(problems) if strict else _no_statement
    read = read_blocks(text, first_line=first_line, figures=strict, fenced=fenced, attributes=_KEYS[strict])
    problems += read.problems
    sections, faults = read_sections(read.blocks, read.attributes, head.topics)
    blocks = with_anchors(read.blocks, sections)
    if strict:
        problems += [Problem(line, words) for line, words in faults]
        problems += (*_attribute_problems(read), *_doubled(blocks))
        problems += missing_footnotes(blocks, text, first_line)
    first = next((section.title for section in sections if section.level == 1), "")
    names = (head.title, head.facts.name, first, _stem(head.path))
    title = next((name for name in names if not is_blank(name)), head.id)
    return head._replace(title=title, sections=sections, blocks=blocks)


def _no_statement(word: str, content: str, line: int) -> Block | None:
    return None


def _attribute_problems(read: Read) -> Iterator[Problem]:
    """What is wrong in the braces behind blocks. Topics of headings are looked at with the sections."""
    checks = {"id": identifier, "since": partial_date}
    for number, found in read.attributes.items():
        block = read.blocks[number]
        for key in checks.keys() & found.keys():
            try:
                checks[key](found[key])
            except ValueError as error:
                yield Problem(block.line, str(error))
        if "topic" in found and block.kind != "heading":
            words = f"topic stands behind a {block.kind}; expected behind a heading"
            yield Problem(block.line, words, "warning")


def _doubled(blocks: Iterable[Block]) -> Iterator[Problem]:
    """Ids that stand in two places of a document."""
    seen: dict[str, int] = {}
    for block in blocks:
        if block.anchor:
            holder = seen.setdefault(fold(block.anchor), block.line)
            if holder != block.line:
                yield Problem(block.line, _held(block.anchor, holder))


def _held(name: str, line: int) -> str:
    return f'id "{name}" is held by line {line}; expected one of its own'


def _stem(path: str) -> str:
    return without_suffix(path.rpartition("/")[2])


def _faults(path: str, problems: Iterable[Problem]) -> tuple[Fault, ...]:
    found = (
        Fault(path, problem.line, message(problem.message, limits.MESSAGE_CHARACTERS), problem.severity)
        for problem in problems
    )
    return tuple(first_faults(sorted(found)))
