"""What a refresh came to, as lines and as JSON: providers, changes, disagreements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sources.adapters import MODULES, provider
from sources.catalogue.indicator import Indicator
from sources.numbers import told_apart
from sources.refreshing.planning import Plan, Skipped
from sources.refreshing.progress import (
    Changed,
    Done,
    Event,
    Failed,
    Finished,
    Found,
    Started,
    Stored,
    summed_up,
)
from tui.cli.columns import in_columns, number
from tui.cli.holding import iso

Record = dict[str, Any]
E = TypeVar("E", bound=Event)

_KEYS = (" R tries again.",)
"""What the summary says of keys, which the command line does not have."""


def summary(done: Done, plan: Plan) -> str:
    """The one line that says how it ended."""
    words = done.summary
    for key in _KEYS:
        words = words.removesuffix(key)
    if plan.skipped and not plan.jobs and not done.common:
        return "Nothing was asked."
    return words


def summary_of_stopped(done: Done) -> str:
    """How a refresh ended that was stopped."""
    if done.new or done.revised:
        return f"Stopped. {done.new} new, {done.revised} revised had come, and are kept."
    return "Stopped. Nothing new had come. Kept figures stand."


def record(plan: Plan, events: Sequence[Event], words: str) -> Record:
    """All that happened, for `--json`."""
    done = next(iter(_only(Done, events)), None) or summed_up(events)
    failed = _only(Failed, events)
    finished = {event.provider: event for event in _only(Finished, events)}
    return {
        "summary": words,
        "common": done.common,
        "new": done.new,
        "revised": done.revised,
        "providers": [
            *(_asked_record(each, finished.get(each.provider), failed) for each in _started(events)),
            *map(_skipped_record, plan.skipped),
        ],
        "changes": [_change_record(each) for each in _only(Stored, events) if _is_change(each)],
        "disagreements": [_found_record(each) for each in _only(Found, events)],
    }


def lines(plan: Plan, events: Sequence[Event], entries: Mapping[str, Indicator]) -> Iterator[str]:
    """A line for each provider, then one for each change, then one for each disagreement."""
    yield from in_columns([*_provider_rows(events), *_skipped_rows(plan.skipped)])
    changes = [row for each in _only(Stored, events) for row in _change_rows(each, entries.get(each.series))]
    changes += [_found_row(each, entries.get(each.series)) for each in _only(Found, events)]
    if changes:
        yield ""
        yield from in_columns(changes, right=(3,))


# ---------------------------------------------------------------------- text


def _provider_rows(events: Sequence[Event]) -> Iterator[tuple[str, str]]:
    finished = {event.provider: event for event in _only(Finished, events)}
    failures = _only(Failed, events)
    for each in _started(events):
        end = finished.get(each.provider)
        own = [event for event in failures if event.provider == each.provider]
        if end is None:
            yield each.name, "stopped before it was done"
        else:
            yield each.name, _outcome(end, own) if each.figures else _checked(end)


def _outcome(end: Finished, failures: Sequence[Failed]) -> str:
    """`2 new, 1 revised`, `nothing new`, or the sentences of what failed."""
    counts = ((end.new, "new"), (end.revised, "revised"))
    came = ", ".join(f"{count} {word}" for count, word in counts if count)
    words = [event.sentence() for event in failures]
    if failures:
        return ". ".join([came, *words]) if came else " ".join(words)
    return came or "nothing new"


def _checked(end: Finished) -> str:
    """What came of a provider that was asked only to check the figures of another."""
    return "; ".join(end.notes) or "checked the figures of another"


def _skipped_rows(skipped: Sequence[Skipped]) -> Iterator[tuple[str, str]]:
    for each in skipped:
        yield _name(each.provider), f"not asked for {_counted(each.figures)}: {each.words}"


def _counted(figures: Sequence[str]) -> str:
    return figures[0] if len(figures) == 1 else f"{len(figures)} indicators"


def _change_rows(stored: Stored, entry: Indicator | None) -> Iterator[tuple[str, ...]]:
    """The newest of what is new and of what was revised, and how much more of it there is."""
    decimals = entry.decimals if entry else 2
    for word, changes in (("new", stored.new), ("revised", stored.revised)):
        if changes:
            last = changes[-1]
            fine = decimals if last.old is None else told_apart(last.new, last.old, decimals)
            told = (word, stored.series, str(last.period), number(last.new, fine))
            yield (*told, entry.unit if entry else "", _more(changes, fine))
    if stored.earlier:
        yield ("history", stored.series, "", "", "", f"{stored.earlier} earlier values came")
    if stored.vanished:
        others = f" with {len(stored.vanished) - 1} before" if len(stored.vanished) > 1 else ""
        words = f"gone from the source{others}, kept here"
        yield ("gone", stored.series, str(stored.vanished[-1]), "", "", words)


def _more(changes: Sequence[Changed], decimals: int) -> str:
    last = changes[-1]
    was = f"was {number(last.old, decimals)}" if last.old is not None else ""
    before = f"{len(changes) - 1} before" if len(changes) > 1 else ""
    return ", ".join(part for part in (was, before) if part)


def _found_row(found: Found, entry: Indicator | None) -> tuple[str, ...]:
    decimals = told_apart(found.value, found.check_value, entry.decimals if entry else 2)
    check = f"by {found.provider}; {number(found.check_value, decimals)} by {found.check_provider}"
    values = (number(found.value, decimals), entry.unit if entry else "")
    return ("differs", found.series, str(found.period), *values, check)


# ---------------------------------------------------------------------- JSON


def _asked_record(started: Started, end: Finished | None, failures: Sequence[Failed]) -> Record:
    own = [event for event in failures if event.provider == started.provider]
    finished = end or Finished(started.provider)
    state = "failed" if own or finished.failed else "done"
    return {
        "id": started.provider,
        "name": started.name,
        "state": state if end else "stopped",
        "figures": list(started.figures),
        "new": finished.new,
        "revised": finished.revised,
        "received": finished.received,
        "words": " ".join(event.words for event in own),
        "failures": [_failure_record(event) for event in own],
        "notes": list(finished.notes),
    }


def _failure_record(failed: Failed) -> Record:
    return {
        "figures": list(failed.figures),
        "kind": failed.kind,
        "words": failed.words,
        "kept": str(failed.kept) if failed.kept else None,
        "next_try": iso(failed.next_try),
    }


def _skipped_record(skipped: Skipped) -> Record:
    return {
        "id": skipped.provider,
        "name": _name(skipped.provider),
        "state": "skipped",
        "figures": list(skipped.figures),
        "new": 0,
        "revised": 0,
        "received": 0,
        "words": skipped.words,
        "failures": [],
        "notes": [],
    }


def _change_record(stored: Stored) -> Record:
    return {
        "id": stored.series,
        "provider": stored.provider,
        "new": [_changed_record(each) for each in stored.new],
        "revised": [_changed_record(each) for each in stored.revised],
        "vanished": [str(period) for period in stored.vanished],
        "earlier": stored.earlier,
    }


def _changed_record(changed: Changed) -> Record:
    value = {"period": str(changed.period), "value": changed.new, "old": changed.old}
    return {**value, "definition": changed.definition}


def _found_record(found: Found) -> Record:
    return {
        "id": found.series,
        "period": str(found.period),
        "provider": found.provider,
        "value": found.value,
        "check_provider": found.check_provider,
        "check_value": found.check_value,
        "tolerance": found.tolerance,
    }


def _name(id_: str) -> str:
    """What a provider is called; an unknown one as it is written."""
    return provider(id_).name if id_ in MODULES else id_


def _is_change(stored: Stored) -> bool:
    return bool(stored.new or stored.revised or stored.vanished or stored.earlier)


def _started(events: Sequence[Event]) -> list[Started]:
    return _only(Started, events)


def _only(kind: type[E], events: Sequence[Event]) -> list[E]:
    return [event for event in events if isinstance(event, kind)]
