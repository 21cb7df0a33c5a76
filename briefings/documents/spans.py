"""Inline Markdown -> spans of text with marks and links."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from briefings.documents import markdown
from briefings.documents.model import Link, Mark, Span
from briefings.documents.names import shown_target
from sources.text import clean, clean_line, unturned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.token import Token

_OPENS = {"strong_open": Mark.STRONG, "em_open": Mark.EMPHASIS, "s_open": Mark.STRUCK}
_CLOSES = {"strong_close": Mark.STRONG, "em_close": Mark.EMPHASIS, "s_close": Mark.STRUCK}
_BREAK = "\ufdd1"
_URL_SCHEMES = ("http:", "https:", "mailto:")
_UNSPACED = re.compile("[\u2e80-\u30ff\u3190-\u9fff\uf900-\ufaff\uff00-\uff9f\U00020000-\U0003ffff]")
"""Characters of Chinese and Japanese text, which is written without blanks; Korean has them."""

_ATTACHMENT = re.compile(
    r"(?i)\.(?:canvas|base|pdf|png|jpe?g|gif|svg|webp|bmp|mp[34]|m4a|webm|wav|ogg|mov|csv|xlsx?|docx?|pptx?|zip)$"
)
"""The ends of names of files that lie in vaults beside the notes."""


def parse_spans(text: str) -> tuple[Span, ...]:
    """The spans of one line of inline Markdown."""
    return spans_of(markdown.inline(text))


def spans_of(tokens: Iterable[Token]) -> tuple[Span, ...]:
    """The spans of inline tokens: neighbours of equal style are one."""
    collected: list[Span] = []
    marks = Mark.PLAIN
    link: Link | None = None
    for token in tokens:
        if token.type in _OPENS:
            marks |= _OPENS[token.type]
        elif token.type in _CLOSES:
            marks &= ~_CLOSES[token.type]
        elif token.type == "link_open":
            link = link_to(str(token.attrGet("href") or ""))
        elif token.type == "link_close":
            link = None
        else:
            _add(collected, _span(token, marks, link))
    return _join_lines(_unturned(collected))


def link_to(address: str) -> Link | None:
    """Where an ordinary Markdown link leads: an address, or a file or heading of the library.

    Other schemes than http, https and mailto lead nowhere: such a link is plain text.
    """
    from urllib.parse import unquote

    if address.lower().startswith(_URL_SCHEMES):
        return Link("url", address)
    scheme, colon, _ = address.partition(":")
    if not address or (colon and "/" not in scheme and "#" not in scheme) or address.startswith("//"):
        return None
    return Link("item", clean_line(unquote(address)))


def wiki_link(target: str, text: str, embedded: bool = False) -> Span:
    """The span of `[[target|text]]`: without a text of its own it shows the target.

    What stands for a file that is no text, or waits for a template to be filled in, is no link.
    """
    shown = text or shown_target(target)
    if embedded and "." in target.rpartition("/")[2] and not target.lower().endswith(".md"):
        return Span(target, Mark.QUIET)
    if _ATTACHMENT.search(target.partition("#")[0]) or "{{" in target or "<%" in target:
        return Span(shown, Mark.QUIET)
    return Span(shown, link=Link("item", target))


def _span(token: Token, marks: Mark, link: Link | None) -> Span:
    match token.type:
        case "wiki":
            span = wiki_link(token.meta["target"], token.content, token.meta["embedded"])
            return Span(span.text, span.marks | int(marks), span.link)
        case "figure":
            return Span(token.content, int(marks), Link("figure", token.content))
        case "code_inline":
            return Span(_text(token), int(marks | Mark.CODE), link)
        case "softbreak":
            return Span(_BREAK, int(marks), link)
        case "hardbreak":
            return Span("\n", int(marks), link)
        case "footnote_ref":
            return Span(f"[{token.meta['id'] + 1}]", int(marks), Link("item", f"#fn-{token.meta['id'] + 1}"))
        case "footnote_anchor":
            return Span("")
        case "image":
            leads = link or _external(str(token.attrGet("src") or ""))
            return Span(f"[{_text(token) or 'image'}]", int(marks), leads)
        case _:
            return Span(_text(token), int(marks), link)


def _text(token: Token) -> str:
    """The text of a token; entities (`&#x202e;`) may stand for what clean text does not hold."""
    return clean(markdown.unguard(token.content)).replace("\n", " ")


def _unturned(spans: list[Span]) -> list[Span]:
    """Without marks of direction that have nothing to do: entities (`&rlm;`) may stand for these."""
    whole = "".join(span.text for span in spans)
    kept = unturned(whole)
    if kept == whole:
        return spans
    parts = iter(kept)
    return [Span("".join(islice(parts, len(span.text))), span.marks, span.link) for span in spans]


def _external(address: str) -> Link | None:
    """No image is loaded: where it has an address of its own, the words for it lead there."""
    link = link_to(address)
    return link if link and link.kind == "url" else None


def _add(collected: list[Span], span: Span) -> None:
    if not span.text:
        return
    if collected and collected[-1].marks == span.marks and collected[-1].link is span.link:
        collected[-1] = Span(collected[-1].text + span.text, span.marks, span.link)
    else:
        collected.append(span)


def _join_lines(spans: list[Span]) -> tuple[Span, ...]:
    """Line breaks become blanks, but none between two Han characters: Chinese is written without."""
    whole = "".join(span.text for span in spans)
    if _BREAK not in whole:
        return tuple(spans)
    joints = iter([_joint(whole, found.start()) for found in re.finditer(_BREAK, whole)])
    joined = (
        Span(re.sub(_BREAK, lambda _: next(joints), span.text), span.marks, span.link) for span in spans
    )
    return tuple(span for span in joined if span.text)


def _joint(text: str, at: int) -> str:
    around = (text[at - 1 : at], text[at + 1 : at + 2])
    return "" if all(_UNSPACED.match(character) for character in around) else " "
