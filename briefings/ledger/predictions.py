"""Predictions: what state each is in on a day.

    void ── at birth, no resolver, or recorded        nothing to be right about: never scored
    open ── until the window's last day
    due  ── after it, until somebody records an outcome
    true, false                                       recorded: scored

Pure: the day is passed in. A recorded outcome counts from its own day on.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from briefings.documents.dates import closing_day, interval
from briefings.documents.model import Statement

State = Literal["open", "due", "true", "false", "void"]
STATES: tuple[State, ...] = ("due", "open", "true", "false", "void")
GLYPHS: dict[State, str] = {"open": "▢", "due": "⊡", "true": "⊞", "false": "⊟", "void": "⊠"}


class Outcome(NamedTuple):
    """What somebody recorded: true, false or void, on which day, by which source, and why.

    Where the day is known to the month or year only, `on` is its last day and `first` its first one.
    """

    outcome: Literal["true", "false", "void"]
    on: date
    source: str = ""
    reason: str = ""
    first: date | None = None

    @property
    def earliest(self) -> date:
        """The first day on which it can have been known."""
        return self.first or self.on


class Status(NamedTuple):
    """A prediction on a day. `why` says what made it void, or what it still lacks; `closes` is the last
    day of its window, and `days` how many are left, below zero once it is due."""

    state: State
    why: str = ""
    closes: date | None = None
    days: int | None = None
    outcome: Outcome | None = None

    @property
    def glyph(self) -> str:
        """The glyph of the state."""
        return GLYPHS[self.state]

    @property
    def said(self) -> str:
        """`open, 102d`, `void at birth: closed 2025-12-31, made 2026-04`, `due since 2026-12-31`."""
        if self.state == "open":
            return f"open, {self.days}d" if self.days is not None else f"open, {self.why}"
        if self.state == "due":
            return f"due since {self.closes}"
        if self.state == "void":
            return self.why or self.state
        return f"{self.state}: {self.why}" if self.why else self.state

    @property
    def brief(self) -> str:
        """The same where there is little room: `overdue 332d`, `void at birth`, `no resolver`."""
        if self.state == "due":
            return f"overdue {-(self.days or 0)}d"
        if self.state == "void":
            return self.state if self.outcome else self.why.partition(":")[0]
        return self.said if self.state == "open" else self.state


def status(prediction: Statement, today: date, recorded: Outcome | None = None) -> Status:
    """The state of a prediction on a day; `recorded` is the reader's outcome, before the document's own."""
    closing = closing_day(prediction.window) if prediction.window else ""
    closes = date.fromisoformat(closing) if closing else None
    if why := void_at_birth(prediction):
        return Status("void", why, closes)
    outcome = next((each for each in (recorded, stated_outcome(prediction)) if _counts(each, today)), None)
    if outcome:
        return Status(outcome.outcome, _why(outcome), closes, outcome=outcome)
    if not (prediction.resolves or prediction.test):
        missing = "no source or test is named" if closes else "no date, no threshold"
        return Status("void", f"no resolver: {missing}", closes)
    if closes is None:
        return Status("open", "no deadline")
    days = (closes - today).days
    return Status("due" if days < 0 else "open", "", closes, days)


def stated_outcome(prediction: Statement) -> Outcome | None:
    """The outcome that the document itself records; None where it leaves it open or gives no day."""
    said = dict(prediction.outcome)
    if not said.get("date"):
        return None
    days, source = interval(said["date"]), said.get("source", "")
    match said.get("outcome"):
        case "true" | "false" | "void" as outcome:
            return Outcome(outcome, days.last, source, first=days.first)
    return None


def unforecast(now: Status) -> str:
    """Why a probability of the reader would never count from now on, in words; empty where it can."""
    if now.state in ("true", "false"):
        return f"it came out {now.state}; a forecast counts before that"
    if now.state == "void":
        return f"it is {now.said}; nothing can come of it"
    if now.state == "due":
        return f"its window closed on {now.closes}; a forecast counts until then"
    return ""


def void_at_birth(prediction: Statement) -> str:
    """In words, where the window closed before the first day on which it can have been made; else empty."""
    closes = closing_day(prediction.window) if prediction.window else ""
    if closes and prediction.made and closes < interval(prediction.made).first.isoformat():
        return f"void at birth: closed {closes}, made {prediction.made}"
    return ""


def _counts(outcome: Outcome | None, today: date) -> bool:
    return outcome is not None and outcome.on <= today


def _why(outcome: Outcome) -> str:
    return (outcome.reason or "ambiguous") if outcome.outcome == "void" else outcome.reason
