"""The sources: every provider with how asking it went, and a card of each.

An address without a name is the list, one with the id of a provider its card.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from briefings.documents.model import Block, Cell, Link, Mark, Span
from cache.store import StoreError
from sources.text import clean_line
from tui.commands.live import USUAL, Key, Keymap
from tui.pages import parts
from tui.pages.freshness import ASKING, glyph, worst
from tui.pages.page import Address, Page

if TYPE_CHECKING:
    from briefings.desk import Desk
    from tui.refreshing.beside import Asked, Progress
    from tui.refreshing.network import Way
    from tui.refreshing.services import Service
    from tui.settings.settings import Settings

_WHILE_ASKING = "Keys work as usual. Nothing kept is replaced until an answer is whole."
_OF_THEN = "What was known of their figures on that day. How asking goes is told of today alone."
_UNUSED = "no figures asked of it"


def sources_now(
    desk: Desk,
    settings: Settings,
    environment: Mapping[str, str],
    progress: Progress | None,
    address: Address,
) -> Page:
    """The page as things stand now, or stood on the day of the desk: all that it says is looked up."""
    from tui.refreshing.network import ways
    from tui.refreshing.services import services, services_then

    now, title = datetime.now(UTC), desk.title_of
    if desk.day is not None:
        return sources_page(services_then(desk), None, address, now, title=title, ascii=settings.ascii)
    told: list[str] = []
    try:
        found = services(settings, now, told.extend)
    except StoreError as error:
        trouble = parts.paragraph(Span("! ", Mark.BAD), Span(clean_line(str(error))))
        return Page(address, ("Sources",), (trouble,), up=Address("overview", address.briefing))
    in_force = ways(settings, environment, [service.id for service in found if service.figures])
    ascii_only = settings.ascii
    key = Keymap(settings.keys).key
    return sources_page(
        found, progress, address, now, title=title, ways=in_force, told=told, ascii=ascii_only, key=key
    )


def sources_page(
    services: Sequence[Service],
    progress: Progress | None,
    address: Address,
    now: datetime,
    *,
    title: Callable[[str], str] = str,
    ways: Sequence[Way] = (),
    told: Sequence[str] = (),
    ascii: bool = False,  # noqa: A002  (as the setting is called)
    key: Key = USUAL,
) -> Page:
    """All providers, a row each; with a name in the address the card of that one.

    `title` names an indicator; `ways` are proxies, certificates and the like in force, `told` is what our
    own files came upon.
    """
    asked = dict(progress.providers) if progress else {}
    for service in services:
        if service.id == address.name:
            return _card(service, asked.get(service.id), address, now, title, ascii)
    is_asking = progress is not None and progress.done is None
    notes = (
        _WHILE_ASKING if is_asking else _OF_THEN if address.day else _at_rest(key),
        *(f"{way.name}: {way.words}." for way in ways),
        *told,
    )
    return Page(
        Address("sources", address.briefing),
        path=("Sources",),
        reading=[
            _table(services, asked, now, ascii),
            *parts.entries((Span(clean_line(note), Mark.QUIET),) for note in notes),
        ],
        up=Address("overview", address.briefing),
        listing=True,
    )


def _at_rest(key: Key) -> str:
    this, due = key("refresh.this"), key("refresh.all")
    return f"{this} asks the source under the cursor, {due} all that is due. Reading never asks."


def _table(
    services: Sequence[Service],
    asked: dict[str, Asked],
    now: datetime,
    ascii: bool,  # noqa: A002
) -> Block:
    """Where it is narrow, columns go from the right: figures first, then the newest kept."""
    head = tuple(parts.cell(Span(word)) for word in ("  provider", "state", "newest kept", "figures"))
    rows = (_row(service, asked.get(service.id), now, ascii) for service in services)
    return Block("table", rows=(head, *rows), align=("name", "", "", "right"))


def _row(service: Service, asked: Asked | None, now: datetime, ascii: bool) -> tuple[Cell, ...]:  # noqa: A002
    named = Span(clean_line(service.name), link=Link("source", service.id))
    words = (state_words(service, asked, now), str(service.newest or ""), str(len(service.figures) or ""))
    return (
        parts.cell(glyph(_mark(service, asked), ascii), named),
        *(parts.cell(Span(word)) for word in words),
    )


def _mark(service: Service, asked: Asked | None) -> str:
    if asked and asked.step == "asking":
        return ASKING
    failed = asked is not None and asked.step == "failed" and service.state != "unreached"
    if service.state in ("failing", "resting") or failed:
        return "failing"
    return worst(state for state, _ in service.counts)


def state_words(service: Service, asked: Asked | None, now: datetime) -> str:
    """How it stands, in a few words for a row: `asking`, `done, 2 new`, `refused us (403), next 14:05`."""
    if asked and asked.step == "asking":
        return "asking, is often slow" if asked.slow or service.slow else "asking"
    if asked and asked.step == "done":
        return f"done, {_came(asked)}"
    match service.state:
        case "failing" | "resting":
            return _failed(service, now)
        case "answers":
            return f"answers, asked {_moment(service.success, now)}" if service.success else "answers"
        case "unused":
            return _UNUSED
        case "off":
            return "off"
        case "unreached":
            return "not reached"
        case "past":
            return _fresh_told(service)
        case _:
            return "did not answer" if asked else "never asked"


def _came(asked: Asked) -> str:
    counts = ((asked.new, "new"), (asked.revised, "revised"))
    return ", ".join(f"{count} {word}" for count, word in counts if count) or "nothing new"


def _failed(service: Service, now: datetime) -> str:
    """Its first sentence without the name, which the row has already, and without its detail."""
    words = service.words
    for name in (service.name, service.id):
        words = words.removeprefix(name).lstrip(": ")
    words = clean_line(words.split(". ")[0].rstrip(".")) or "left alone for a while"
    if service.words.startswith(f"{service.name} "):
        words = words.partition(": ")[0]
    return f"{words}, next {_moment(service.next_try, now)}" if service.next_try else words


def _moment(moment: datetime, now: datetime) -> str:
    """The time of a moment of today in the reader's zone, the day of any other one."""
    local, today = moment.astimezone(), now.astimezone().date()
    return f"{local:%H:%M}" if local.date() == today else f"{local.date()}"


# ---------------------------------------------------------------------- one provider


def _card(
    service: Service,
    asked: Asked | None,
    address: Address,
    now: datetime,
    title: Callable[[str], str],
    ascii: bool,  # noqa: A002
) -> Page:
    name = clean_line(service.name)
    facts = [(label, (span,)) for label, span in _facts(service, asked, now)]
    blocks = [parts.title(name, "source"), parts.rows(facts)]
    if service.figures:
        blocks.append(parts.heading("Figures", str(len(service.figures))))
        blocks += parts.entries(_figure(figure, title) for figure in service.figures)
    return Page(
        address,
        path=("Sources", name),
        reading=blocks,
        up=Address("sources", address.briefing),
        reference=f"{name}, {service.home}",
        source=service.home,
        refreshed=(service.id,) if service.figures else (),
    )


def _facts(service: Service, asked: Asked | None, now: datetime) -> Iterator[tuple[str, Span]]:
    yield "State", Span(_sentence(service, asked, now))
    if service.state == "off" and service.words:
        yield "Turn on", Span(service.words)
    if service.key:
        yield "Key", Span(service.key)
    if service.counts and service.state != "past":
        yield "Freshness", Span(_fresh_told(service))
    if service.newest:
        yield "Newest kept", Span(str(service.newest))
    if service.success:
        took = f", {_size(service.received)}" if service.received else ""
        yield "Last answer", Span(f"{_full(service.success)}{took}")
    if service.failure:
        yield "Last failure", Span(f"{_full(service.failure)}{_why(service)}")
    if service.next_try:
        yield "Next try", Span(_full(service.next_try))
    if service.slow:
        yield "Speed", Span("its answers take tens of seconds as a rule", Mark.QUIET)
    yield "Licence", Span(clean_line(service.licence))
    yield "Home page", Span(service.home, link=Link("url", service.home))


def _sentence(service: Service, asked: Asked | None, now: datetime) -> str:
    if asked and asked.step == "failed" and asked.words:
        return clean_line(asked.words)
    words = state_words(service, asked, now)
    return f"{words}; the figures kept came with the program" if _is_shipped(service) else words


def _fresh_told(service: Service) -> str:
    """How fresh its figures are: `4 fresh, 2 stale`; of a past day, what was never held was not known."""
    never = "not known yet" if service.state == "past" else "never"
    told = ((count, never if state == "never" else state) for state, count in service.counts)
    return ", ".join(f"{count} {word}" for count, word in told)


def _is_shipped(service: Service) -> bool:
    return service.success is None and service.newest is not None and service.state in ("never", "off")


def _why(service: Service) -> str:
    return f": {clean_line(service.words)}" if service.words and service.state != "off" else ""


def _figure(figure: str, title: Callable[[str], str]) -> tuple[Span, ...]:
    named = clean_line(title(figure))
    return (
        Span(named, link=Link("item", figure)),
        Span(f"  {figure}" if named != figure else "", Mark.QUIET),
    )


def _full(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _size(count: int) -> str:
    """Bytes as people read them: `812 B`, `12 kB`, `3.4 MB`."""
    if count < 1_000:
        return f"{count} B"
    return f"{count / 1_000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"
