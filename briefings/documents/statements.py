"""Fenced `claim` and `prediction` blocks -> statements."""

from __future__ import annotations

import re

from briefings.documents.dates import partial_date, window
from briefings.documents.fields import Fields, Problem, one_of
from briefings.documents.model import Block, Link, LinkKind, Span, Statement
from briefings.documents.names import identifier
from briefings.documents.spans import parse_spans
from sources import limits
from sources.loader import MappingNode, Node, ScalarNode, load

KINDS = ("claim", "prediction")
VERDICTS = ("supported", "contradicted", "in part", "unsourced", "untestable")
"""What a judgement may say of a claim."""

OUTCOMES = ("open", "true", "false", "void")

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def read_statement(kind: str, content: str, line: int) -> tuple[Block | None, list[Problem]]:
    """The block of a fenced statement whose YAML begins on `line`; None where it holds no mapping. Of YAML
    in which something is lost only that is named, not what seems to lack for it."""
    loaded = load(content, first_line=line, limit=limits.FRONT_MATTER_BYTES)
    problems = [Problem(at, message) for at, message in loaded.faults]
    if not isinstance(loaded.node, MappingNode):
        problems.append(Problem(line, f"this {kind} says nothing; expected `id: ...` and `says: ...`"))
        return None, problems
    fields = Fields(loaded.node, problems if loaded.whole else [])
    fields.require("id", "says")
    statement = _claim(fields) if kind == "claim" else _prediction(fields)
    since = fields.text("since", partial_date)
    fields.unread()
    if not statement.id or not statement.says:
        return None, problems
    block = Block(
        "claim" if kind == "claim" else "prediction", line - 1, (Span(statement.says),),
        anchor=statement.id, since=since, statement=statement,
    )  # fmt: skip
    return block, problems


def _claim(fields: Fields) -> Statement:
    judged, evidence = _judgement(fields)
    claim = _common(fields)._replace(
        judged=judged,
        evidence=evidence,
        cause=fields.text("cause"),
        effect=fields.text("effect"),
    )
    if judged and claim.test:
        fields.problem("judged", "judged stands beside test; expected one of them")
    return claim


def _prediction(fields: Fields) -> Statement:
    return _common(fields)._replace(
        by=fields.text("by"),
        made=fields.text("made", partial_date),
        window=fields.text("window", window),
        wording=fields.text("wording"),
        chance=fields.text("chance", _chance),
        resolves=fields.paragraph("resolves"),
        outcome=_outcome(fields),
    )


def _common(fields: Fields) -> Statement:
    return Statement(
        id=fields.text("id", identifier),
        says=fields.paragraph("says"),
        says_zh=fields.paragraph("says_zh"),
        title=fields.text("title"),
        title_zh=fields.text("title_zh"),
        where=fields.paragraph("where"),
        test=fields.text("test", _expression),
        about=fields.texts("about"),
        note=parse_spans(fields.paragraph("note")),
    )


def _judgement(fields: Fields) -> tuple[tuple[tuple[str, str], ...], tuple[Span, ...]]:
    inner = fields.mapping("judged")
    if inner is None:
        return (), ()
    inner.require("verdict", "because", "evidence", "on")
    judged = (
        ("verdict", inner.text("verdict", one_of("verdict", VERDICTS))),
        ("because", inner.paragraph("because")),
        ("on", inner.text("on", partial_date)),
    )
    evidence = _cited(inner)
    if not evidence and inner.node.get("evidence") is not None:
        words = "a judgement cites nothing; expected at least one link or {title, url, retrieved}"
        inner.problem("evidence", words)
    inner.unread()
    return judged, evidence


def _cited(fields: Fields) -> tuple[Span, ...]:
    """What a judgement rests on, as spans parted by semicolons."""
    spans: list[Span] = []
    for node in fields.nodes("evidence"):
        cited = _citation(node, fields.problems)
        spans += ([Span("; ")] if spans and cited else []) + cited
    return tuple(spans)


def _citation(node: Node, problems: list[Problem]) -> list[Span]:
    if isinstance(node, ScalarNode):
        return list(parse_spans(node.value)) if "[" in node.value else [_plain_link(node.value)]
    if not isinstance(node, MappingNode):
        words = "evidence is a list in a list; expected a link or {title, url, retrieved}"
        problems.append(Problem(node.line, words))
        return []
    cited = Fields(node, problems)
    cited.require("title")
    title, url = cited.text("title"), cited.text("url", _address)
    retrieved = cited.text("retrieved", partial_date)
    cited.unread()
    dated = [Span(f", retrieved {retrieved}")] if retrieved else []
    return [Span(title or url, link=Link("url", url) if url else None), *dated]


def _plain_link(text: str) -> Span:
    kind: LinkKind = "url" if text.startswith(("http://", "https://")) else "item"
    return Span(text, link=Link(kind, text)) if text and " " not in text else Span(text)


def _outcome(fields: Fields) -> tuple[tuple[str, str], ...]:
    if isinstance(fields.node.get("outcome"), MappingNode) and (inner := fields.mapping("outcome")):
        given = (
            ("outcome", inner.text("outcome", one_of("outcome", OUTCOMES))),
            ("date", inner.text("date", partial_date)),
            ("source", inner.text("source")),
        )
        inner.unread()
        return tuple(pair for pair in given if pair[1])
    word = fields.text("outcome", one_of("outcome", OUTCOMES))
    return (("outcome", word),) if word else ()


def _chance(text: str) -> str:
    if not _NUMBER.fullmatch(text) or float(text) > 1:
        raise ValueError(f'chance "{text}" is no probability; expected a number from 0 to 1')
    return text


def _expression(text: str) -> str:
    most = limits.EXPRESSION_CHARACTERS
    if len(text) > most:
        raise ValueError(f"{len(text):,} characters; expected an expression of at most {most:,}")
    return text


def _address(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise ValueError(f'url "{text}" is no web address; expected http:// or https://')
    return text
