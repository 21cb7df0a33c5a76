"""What plain notes write beyond Markdown, as vaults have it: `==highlighted==` text and `%%comments%%`.

A highlight is stressed text, a comment is no part of what is read. What is not closed stays as it is
written. Each rule looks for the next mark only, so that no text takes long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

_MARK, _COMMENT = "==", "%%"


def add_to(reader: MarkdownIt) -> None:
    """Have a reader of Markdown follow these rules too."""
    ends = ["paragraph", "reference", "blockquote", "list"]
    reader.block.ruler.before("paragraph", "comment", _comment_block, {"alt": ends})
    reader.inline.ruler.before("link", "comment", _comment)
    reader.inline.ruler.before("link", "highlight", _highlight)


def _comment_block(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Lines from one that begins with the mark to the next one that ends with it."""
    if state.is_code_block(line) or not _line(state, line).startswith(_COMMENT):
        return False
    last = _last_line(state, line, end)
    if last is None:
        return False
    if not silent:
        state.line = last + 1
    return True


def _last_line(state: StateBlock, line: int, end: int) -> int | None:
    """The line on which the comment that begins on a line ends; None where words stand after it, or nothing
    closes it."""
    rest = _line(state, line)[len(_COMMENT) :]
    while _COMMENT not in rest:
        line += 1
        if line >= end or (state.sCount[line] < state.blkIndent and not state.isEmpty(line)):
            return None
        rest = _line(state, line)
    return line if rest.partition(_COMMENT)[2].strip() == "" else None


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _comment(state: StateInline, silent: bool) -> bool:
    closing = _closing(state, _COMMENT)
    if closing < 0:
        return False
    state.pos = closing + len(_COMMENT)
    return True


def _highlight(state: StateInline, silent: bool) -> bool:
    closing = _closing(state, _MARK)
    first = state.pos + len(_MARK)
    if closing <= first or state.src[first] in " \t\n=" or state.src[closing - 1] in " \t\n":
        return False
    if not silent:
        end = state.posMax
        state.push("em_open", "em", 1)
        state.pos, state.posMax = first, closing
        state.md.inline.tokenize(state)
        state.posMax = end
        state.push("em_close", "em", -1)
    state.pos = closing + len(_MARK)
    return True


def _closing(state: StateInline, mark: str) -> int:
    """Where the next mark stands after one that stands here; -1 where there is none."""
    if not state.src.startswith(mark, state.pos):
        return -1
    return state.src.find(mark, state.pos + len(mark), state.posMax)
