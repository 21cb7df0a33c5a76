"""Front matter -> what a document says of itself before its text."""

from __future__ import annotations

from briefings.documents.dates import partial_date
from briefings.documents.fields import Fields, Problem, one_of, unknown
from briefings.documents.model import DOCUMENT_KINDS, TOPICS, Briefed, Document, DocumentKind, Facts
from briefings.documents.names import STAMP, identifier, slug
from sources.likeness import nearest
from sources.loader import MappingNode, ScalarNode
from sources.text import clean_line

_DATES = ("signed", "published", "in_force", "ended")


def read_note(fields: Fields, *, fallback: str) -> Document:
    """The plain note that front matter without `kind` describes: its title, aliases and tags alone are read.
    `fallback` is the file's name; an id of digits is one more alias, since other programs link by it."""
    return Document(
        id=slug(fallback),
        kind="note",
        title=fields.text("title"),
        aliases=(
            *(fields.texts("aliases") or fields.texts("alias")),
            *filter(STAMP.fullmatch, fields.texts("id")),
        ),
        tags=_tags(fields),
    )


def read_head(fields: Fields, *, fallback: str) -> Document:
    """The document that front matter describes, without its text. `fallback` is the file's name."""
    kind: DocumentKind | None = fields.text("kind", one_of("kind", DOCUMENT_KINDS)) or None  # type: ignore[assignment]
    meant = kind or _meant(fields)
    document = Document(
        id=fields.text("id", identifier) or slug(fallback),
        kind=kind or "note",
        title=fields.text("title"),
        title_zh=fields.text("title_zh"),
        date=fields.text("date", partial_date),
        updated=fields.text("updated", partial_date),
        summary=fields.paragraph("summary"),
        summary_zh=fields.paragraph("summary_zh"),
        topics=fields.texts("topics", _topic),
        aliases=fields.texts("aliases"),
        former_ids=fields.texts("former_ids", identifier),
        tags=_tags(fields),
        sources=_sources(fields),
        briefs=_briefed(fields) if meant == "briefing" else None,
        facts=_facts(fields, meant),
    )
    if meant:
        fields.unread()
    return document


def _meant(fields: Fields) -> str:
    """The kind that a mistyped one may mean, by which the other keys are judged; else nothing."""
    node = fields.node.get("kind")
    return nearest(node.value, DOCUMENT_KINDS) or "" if isinstance(node, ScalarNode) else ""


def _tags(fields: Fields) -> tuple[str, ...]:
    """The tags: a list, or one text in which commas part them; other programs put a `#` before each."""
    tags = (tag.strip().lstrip("#") for text in fields.texts("tags") for tag in text.split(","))
    return tuple(tag for tag in tags if tag)


def _topic(text: str) -> str:
    if text not in TOPICS:
        raise ValueError(unknown("topic", text, TOPICS))
    return text


def _sources(fields: Fields) -> tuple[str, ...]:
    """Each source on one line: text, or a mapping's title, publisher, dates and url."""
    lines = []
    for node in fields.nodes("sources"):
        if isinstance(node, ScalarNode):
            lines.append(clean_line(node.value).strip())
        elif isinstance(node, MappingNode):
            lines.append(_source(Fields(node, fields.problems)))
        else:
            expected = "expected text or {title, publisher, published, url, retrieved}"
            fields.problems.append(Problem(node.line, f"sources holds a list; {expected}"))
    return tuple(line for line in lines if line)


def _source(cited: Fields) -> str:
    title, publisher, url = (cited.text(key) for key in ("title", "publisher", "url"))
    published = cited.text("published", partial_date) or cited.text("date", partial_date)
    retrieved = cited.text("retrieved", partial_date)
    cited.unread()
    parts = (title, publisher, published, url, f"retrieved {retrieved}" if retrieved else "")
    return ", ".join(part for part in parts if part)


def _briefed(fields: Fields) -> Briefed | None:
    inner = fields.mapping("briefs")
    if inner is None:
        return None
    briefed = Briefed(
        title=inner.text("title"),
        publisher=inner.text("publisher"),
        url=inner.text("url"),
        published=inner.text("published", partial_date),
        retrieved=inner.text("retrieved", partial_date),
    )
    inner.unread()
    return briefed


def _facts(fields: Fields, kind: str) -> Facts:
    if kind == "entity":
        return Facts(
            name=fields.text("name"),
            type=fields.text("type"),
            identifiers=fields.pairs("identifiers"),
        )
    if kind not in ("instrument", "event"):
        return Facts()
    official = fields.mapping("official")
    facts = Facts(
        type=fields.text("type"),
        number=fields.text("number"),
        issuer=fields.text("issuer"),
        status=fields.text("status"),
        dates=fields.pairs("dates", _DATES, partial_date),
        replaces=fields.texts("replaces"),
        official_title=official.text("title") if official else "",
        official_url=official.text("url") if official else "",
    )
    if official:
        official.unread()
    return facts
