"""What the commands about figures share: the catalogue, the store with what ships, and the clocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple

from cache.paths import UnsafeFolder
from cache.store import StoreError
from sources.catalogue.catalogue import Catalogue, load
from sources.catalogue.indicator import Indicator
from sources.freshness import Clocks, Freshness, word
from sources.observed import Observed, stalest
from sources.refreshing.attempts import Attempts
from sources.refreshing.clocks import states
from sources.snapshot import open_store
from tui.cli.naming import full_name
from tui.cli.output import OWN_FILES, USAGE, Output, RequestError
from tui.cli.session import Session
from tui.short_names import likeliest

if TYPE_CHECKING:
    from cache.vintages import Vintages


class Holding(NamedTuple):
    """What is held, as known now or on a day; `clocks` are those of all that is asked for or held."""

    catalogue: Catalogue
    vintages: Vintages
    observed: Observed
    clocks: Mapping[str, Clocks]
    now: datetime

    def freshness(self, entry: Indicator) -> Freshness | None:
        """How fresh an indicator is; None for one that is neither asked for nor held, and of a past day."""
        if self.observed.as_of:
            return None
        return stalest(self.catalogue, self.clocks, entry.id, self.now)

    def full_names(self, names: Iterable[str]) -> list[str]:
        """Names of indicators, each once, with mnemonics as the ids that they mean. Raises `RequestError`
        where one means several."""
        return list(dict.fromkeys(full_name(name, self.catalogue.entries) for name in names))

    def find(self, name: str) -> Indicator:
        """The indicator of an id. Raises `RequestError` with the nearest one."""
        if entry := self.catalogue.get(name):
            return entry
        raise unknown("indicator", name, likeliest(name, self.catalogue.entries))


@contextmanager
def holding(session: Session, as_of: date | None = None) -> Iterator[Holding]:
    """The figures of the user. What is wrong with our own files is warned of, or a `RequestError`."""
    places, now = session.settings.places, session.now()
    catalogue = load(places.library / "indicators", places.cache)
    warn_of_catalogue(session.output, catalogue)
    with own_files(), closing(open_store(places.store, now)) as vintages:
        with closing(Attempts.open(places.store)) as attempts:
            clocks = states(catalogue, vintages, attempts.series())
        session.warn_of_notes((*vintages.notes, *attempts.notes))
        try:
            yield Holding(catalogue, vintages, Observed(catalogue, vintages, as_of), clocks, now)
        finally:
            session.warn_of_notes(vintages.notes)  # what reading came upon


@contextmanager
def own_files() -> Iterator[None]:
    """What fails in our own files within this block is a `RequestError` with status 4."""
    try:
        yield
    except (StoreError, UnsafeFolder) as error:
        raise RequestError("store", str(error), OWN_FILES) from error


def warn_of_catalogue(output: Output, catalogue: Catalogue) -> None:
    """Say what is wrong in files of indicators."""
    for fault in catalogue.faults:
        output.warn(fault.message, f"{fault.path}:{fault.line}")


def unknown(what: str, name: str, near: str | None, otherwise: str = "") -> RequestError:
    """`no indicator "cn.m2"; nearest: cn.m2_yoy`; `otherwise` is said where nothing is near."""
    offer = f"; nearest: {near}" if near else otherwise and f"; {otherwise}"
    return RequestError("unknown-id", f'no {what} "{name}"{offer}', USAGE)


def state_record(fresh: Freshness | None) -> dict[str, str | None]:
    """The state in one word, and as a row shows it; null where nothing is asked for or held."""
    return {"state": fresh.state if fresh else None, "freshness": word(fresh) if fresh else None}


def iso(when: datetime | None) -> str | None:
    """A moment in UTC as JSON has it, to the second."""
    return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if when else None
