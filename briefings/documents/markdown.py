"""The Markdown that documents are written in: CommonMark, tables, footnotes, wiki links, figures.

markdown-it-py reads the blocks; two inline rules of ours add `[[links]]` and `{{ figures }}`, others what
plain notes write, which have no figures.
Raw HTML stays text. This is the only module that imports markdown-it (about 20 ms).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from briefings.documents import vault_rules
from sources import limits

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    _BlockRule = Callable[[StateBlock, int, int, bool], bool]

_BAR, _ESCAPED_BAR = "\ufdd0", "\ufdd2"
"""Stand for `|` and `\\|` inside a wiki link while tables are split; clean text never holds them."""

_WIKI = re.compile(r"\[\[([^\[\]\n]{1,500})\]\]")
_FIGURE = re.compile(r"\{\{([^{}\n]+)\}\}")
_LEVELS = 2 * limits.NESTING
"""Levels of tokens: a list and its item are one each. markdown-it drops what is deeper, so we come first."""
_DEPTH = "depth"
"""Quotations and lists that are under way, among what the rules tell each other."""


def tokens(text: str, *, figures: bool) -> list[Token]:
    """The block tokens of `text`, inline children included. `figures` reads `{{ }}` too.

    What stands deeper than limits.NESTING is one paragraph of plain text, whose opening token says
    so: its `meta` holds `deep`.
    """
    guarded = _WIKI.sub(_guard, text) if "[[" in text else text
    return _reader(figures).parse(guarded)


def inline(text: str) -> list[Token]:
    """The inline tokens of one line of text, which may hold figures but no footnotes."""
    (holder,) = _reader(figures=True, footnotes=False).parseInline(text)
    return holder.children or []


def unguard(text: str) -> str:
    """`text` with the bars of wiki links as they were written."""
    return text.replace(_BAR, "|").replace(_ESCAPED_BAR, "\\|")


def _guard(link: re.Match[str]) -> str:
    return link.group().replace("\\|", _ESCAPED_BAR).replace("|", _BAR)


@cache
def _reader(figures: bool, footnotes: bool = True) -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    reader = MarkdownIt("commonmark", {"maxNesting": _LEVELS + 4, "html": False})
    reader.enable(["table", "strikethrough"])
    if footnotes:
        reader.use(footnote_plugin)
    _count_nesting(reader)
    reader.block.ruler.before("table", "deep", _deep_rule)
    reader.inline.ruler.before("link", "deep", _deep_inline_rule)
    reader.inline.ruler.before("link", "wiki", _wiki_rule)
    if figures:
        reader.inline.ruler.before("link", "figure", _figure_rule)
    else:
        vault_rules.add_to(reader)
    return reader


def _count_nesting(reader: MarkdownIt) -> None:
    """Have the rules that go into what they find say how many of them are under way."""
    from markdown_it.rules_block import blockquote, list_block

    ends = ["paragraph", "reference", "blockquote"]
    reader.block.ruler.at("blockquote", _counted(blockquote), {"alt": [*ends, "list"]})
    reader.block.ruler.at("list", _counted(list_block), {"alt": ends})


def _counted(rule: _BlockRule) -> _BlockRule:
    def counted(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        before = state.env.get(_DEPTH, 0)
        state.env[_DEPTH] = before + 1
        try:
            return rule(state, line, end, silent)
        finally:
            state.env[_DEPTH] = before

    return counted


def _deep_rule(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    from markdown_it.rules_block import paragraph

    if state.env.get(_DEPTH, 0) <= limits.NESTING and state.level <= _LEVELS:
        return False
    at = len(state.tokens)
    paragraph(state, line, end, silent)
    state.tokens[at].meta = {"deep": True}
    return True


def _deep_inline_rule(state: StateInline, silent: bool) -> bool:
    """Brackets in brackets in brackets: looking for the end of each would take long."""
    if not silent or state.level <= limits.NESTING:
        return False
    state.pos = state.posMax
    return True


def _wiki_rule(state: StateInline, silent: bool) -> bool:
    embedded = state.src.startswith("![[", state.pos)
    match = _WIKI.match(state.src, state.pos + embedded)
    if not match:
        return False
    target, _, text = unguard(match.group(1)).replace("\\|", "|").partition("|")
    if not target.strip(" #"):
        return False
    if not silent:
        token = state.push("wiki", "", 0)
        token.content = text.strip()
        token.meta = {"target": target.strip(), "embedded": embedded}
    state.pos = match.end()
    return True


def _figure_rule(state: StateInline, silent: bool) -> bool:
    match = _FIGURE.match(state.src, state.pos)
    if not match or not match.group(1).strip():
        return False
    if not silent:
        state.push("figure", "", 0).content = unguard(match.group(1)).strip()
    state.pos = match.end()
    return True
