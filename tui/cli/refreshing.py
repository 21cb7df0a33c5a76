"""`briefing refresh`: sources are asked for what is new; what changed, and what failed and why, is told."""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import Iterator, Sequence
from contextlib import aclosing, suppress
from typing import TYPE_CHECKING

from sources.refreshing.progress import Done, Event, Failed, summed_up
from sources.text import clean_line
from tui.cli import refreshed
from tui.cli.holding import own_files, unknown, warn_of_catalogue
from tui.cli.output import CANCELLED, FINE, OWN_FILES, SOURCE_FAILED, RequestError
from tui.cli.session import Session
from tui.cli.statusline import StatusLine
from tui.refreshing.beside import Progress

if TYPE_CHECKING:
    from briefings.ledger.judged import Shown
    from tui.refreshing.work import Plan, Work


def configure(parser: argparse.ArgumentParser) -> None:
    """Take names of what to ask for."""
    parser.add_argument(
        "names",
        metavar="NAME",
        nargs="*",
        help="an indicator, a topic or a source; by default all that is due",
    )


def run(session: Session, options: argparse.Namespace) -> int:
    """Refresh, tell what came of it; the status says whether all went well."""
    with own_files(), open_work(session) as work:
        warn_of_catalogue(session.output, work.catalogue)
        plan = work.plan(_asked(session, work, options.names))
        events = _walked(work, plan)
        for note in work.notes:
            session.output.warn(note)
        if _was_stopped(events):
            _tell(session, work, plan, events, ())
            return CANCELLED
        verdicts = _judged_anew(session) if _has_changed(events) else ()
        _tell(session, work, plan, events, verdicts)
        return _status(work, plan, events)


def open_work(session: Session) -> Work:
    """The stores of the user, opened for a refresh."""
    from tui.refreshing.work import Work

    return Work(session.settings, os.environ, clock=session.now)


def _asked(session: Session, work: Work, names: Sequence[str]) -> tuple[str, ...] | None:
    """The ids that are asked for by name; None for all that is due. Warns of what nobody can be asked."""
    from tui.refreshing.work import UnknownName

    if not names:
        return None
    try:
        found = work.wanted(names)
    except UnknownName as error:
        lists = "briefing indicators and briefing sources list them"
        raise unknown("indicator, topic or source", error.name, error.near, lists) from None
    for name in names:
        entry = work.catalogue.get(name)
        if entry and not entry.source and not entry.derived:
            session.output.warn(f"{name} has no source that can be asked; it stands on {entry.page}")
    return found


def _walked(work: Work, plan: Plan) -> list[Event]:
    """All events of a refresh, those until then where ctrl+c stops it; meanwhile a line on the terminal
    says how far it is."""
    line = StatusLine()
    events: list[Event] = []

    async def walk() -> None:
        progress = Progress()
        async with aclosing(work.refresh(plan)) as told:
            async for event in told:
                events.append(event)
                progress = progress.after(event)
                line.show(_how_far(progress))

    try:
        with suppress(KeyboardInterrupt, asyncio.CancelledError):
            asyncio.run(walk())
    finally:
        line.end()
    return events


def _how_far(progress: Progress) -> str:
    """`asking 3 of 9: Eastmoney, World Bank`."""
    waiting = ", ".join(each.name for each in progress.providers.values() if each.step == "asking")
    return f"{progress.line}: {waiting}" if waiting else progress.line


def _was_stopped(events: Sequence[Event]) -> bool:
    return not events or not isinstance(events[-1], Done)


def _has_changed(events: Sequence[Event]) -> bool:
    done = _done(events)
    return bool(done.new or done.revised)


def _judged_anew(session: Session) -> Sequence[Shown]:
    """The claims that the new figures show as another word than before; none where that fails."""
    try:
        return session.settle().changed
    except RequestError:
        return ()


def _tell(
    session: Session, work: Work, plan: Plan, events: Sequence[Event], verdicts: Sequence[Shown]
) -> None:
    done = _done(events)
    stopped = _was_stopped(events)
    summary = refreshed.summary_of_stopped(done) if stopped else refreshed.summary(done, plan)
    if verdicts:
        count = len(verdicts)
        summary += f" {count} verdict{'s' if count > 1 else ''} changed: briefing claims shows them."
    if session.output.as_json:
        session.output.data(
            "refresh",
            {
                **refreshed.record(plan, events, summary),
                "verdicts": [
                    {"claim": each.claim, "verdict": each.word, "because": each.because} for each in verdicts
                ],
            },
        )
    elif not done.common:
        titles = {entry.id: entry for entry in work.catalogue}
        session.output.text(refreshed.lines(plan, events, titles))
    session.output.narrate(clean_line(summary))


def _status(work: Work, plan: Plan, events: Sequence[Event]) -> int:
    failed = [event for event in events if isinstance(event, Failed)]
    if not work.vintages.kept or any(event.kind == "store" for event in failed):
        return OWN_FILES
    if failed or _done(events).common or any(_resting(work, plan)):
        return SOURCE_FAILED
    return FINE


def _resting(work: Work, plan: Plan) -> Iterator[str]:
    """The providers that were left alone because they failed before."""
    breakers = work.attempts.breakers()
    for skipped in plan.skipped:
        breaker = breakers.get(skipped.provider)
        if breaker and breaker.next_try(work.clock()):
            yield skipped.provider


def _done(events: Sequence[Event]) -> Done:
    """The end; of a refresh that was stopped what it had come to."""
    last = events[-1] if events else None
    return last if isinstance(last, Done) else summed_up(events)
