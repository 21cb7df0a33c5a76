"""`briefing sources`: the providers, how asking went, what is held of them, and what is in force."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from datetime import datetime

from tui.cli.holding import iso, own_files
from tui.cli.output import FINE
from tui.cli.session import Session
from tui.refreshing.network import Way, ways
from tui.refreshing.services import Service, services


def configure(parser: argparse.ArgumentParser) -> None:
    """Take nothing."""


def run(session: Session, options: argparse.Namespace) -> int:
    """List the providers, those that serve figures first."""
    with own_files():
        found = services(session.settings, session.now(), session.warn_of_notes)
    serving = [service.id for service in found if service.figures]
    in_force = ways(session.settings, os.environ, serving)
    if session.output.as_json:
        data = {
            "providers": [_record(service) for service in found],
            "network": [way._asdict() for way in in_force],
        }
        session.output.data("sources", data)
    else:
        session.output.text(_lines(found, in_force, session.now()))
    return FINE


def _record(service: Service) -> dict[str, object]:
    return {
        "id": service.id,
        "name": service.name,
        "home": service.home,
        "licence": service.licence,
        "state": service.state,
        "words": service.words,
        "newest": str(service.newest) if service.newest else None,
        "figures": list(service.figures),
        "counts": dict(service.counts),
        "success": iso(service.success),
        "failure": iso(service.failure),
        "next_try": iso(service.next_try),
        "received": service.received,
    }


_HEAD = ("source", "state", "newest", "indicators", "last answer", "next try", "size")


def _lines(found: Sequence[Service], in_force: Sequence[Way], now: datetime) -> Iterator[str]:
    """A table, then why sources are off or failing, then what is in force on the way to them."""
    from tui.cli.columns import in_columns

    yield from in_columns([_HEAD, *(_cells(service, now) for service in found)], right=(6,))
    told = [(service.name, service.words) for service in found if service.words]
    for rows in (told, in_force):
        if rows:
            yield ""
            yield from in_columns(rows)


def _cells(service: Service, now: datetime) -> tuple[str, ...]:
    counts = ", ".join(f"{count} {state}" for state, count in service.counts)
    newest = str(service.newest) if service.newest else ""
    success = f"{service.success:%Y-%m-%d %H:%M}Z" if service.success else ""
    return (service.name, service.state, newest, counts, success, _next_try(service, now), _size(service))


def _next_try(service: Service, now: datetime) -> str:
    """The time of today, the whole moment of another day."""
    if service.next_try is None:
        return ""
    same_day = service.next_try.date() == now.date()
    return f"{service.next_try:%H:%M}Z" if same_day else f"{service.next_try:%Y-%m-%d %H:%M}Z"


def _size(service: Service) -> str:
    """The bytes of its last answers, as people say it."""
    if service.received >= 1_000_000:
        return f"{service.received / 1e6:.1f} MB"
    return f"{service.received / 1e3:.1f} kB" if service.received else ""
