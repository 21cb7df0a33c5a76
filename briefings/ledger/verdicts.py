"""What a claim comes to: a word, the arithmetic behind it, then and now.

    statement ── test ──── evaluated over what was known then, and over what is known now
              └─ judged ── the word of whoever judged, with what is cited for it

Pure: the same statement and figures give the same verdict, in whatever order claims are judged.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from briefings.documents.dates import Interval, interval
from briefings.documents.model import Document, Span, Statement
from briefings.ledger.causes import Used
from briefings.ledger.words import Method, Word, marked, said
from sources.expressions import Expression, ExpressionError, Look, Result, Use, evaluate, parse
from sources.expressions.tracks import over
from sources.expressions.tree import is_closed
from sources.model import Period, Series

_UNANSWERED: dict[str, Word] = {
    "data ends": "data ends",
    "definition changed": "definition changed",
    "no data": "no data",
}
_JUDGED: tuple[Word, ...] = ("supported", "contradicted", "in part", "unsourced", "untestable")

IsKnown = Callable[[str], bool]
"""Whether the catalogue has a series."""

Shared = Callable[[str, str], date]
"""The day up to which a series, in a definition, was known on a past day just as it is known now."""


class Known(NamedTuple):
    """The figures as they were known at the end of a day, by `look`.

    `shared`, where it is given, spares evaluating a test twice over the same observations.
    """

    look: Look
    day: date
    shared: Shared | None = None


class Reading(NamedTuple):
    """One outcome of a test: what was measured against what is stated, on what was known on `day`.

    `tolerance` belongs to `~`. `used` are the observations that the numbers rest on, each with its
    vintage, and `newest` is the newest period among them; `steps` show the arithmetic. A judgement has
    only a word and, in `why`, its reason.
    """

    word: Word
    day: date
    why: str = ""
    measured: float | None = None
    sign: str = ""
    stated: float | None = None
    tolerance: float | None = None
    unit: str = ""
    period: str = ""
    steps: tuple[str, ...] = ()
    used: Used = Used()
    newest: Period | None = None


class Answer(NamedTuple):
    """What a test gives on all that is known now, and whether newer figures could change its word."""

    reading: Reading
    is_open: bool


Answers = dict[tuple[str, bool], Answer]
"""Of one state of the figures: what tests give, by their text and whether the steps are told."""


class Verdict(NamedTuple):
    """What is said of a claim. Only tested ones have a `then`; only judged ones cite and say `on` when.

    `is_open` says that newer figures could change the word: its period is open or reaches past the
    newest observation. `age` counts the months from the newest figure used to the document's date;
    below zero, the figure is younger than the document. `quantity` is the expression that is held against
    a number of the claim's; empty where there is more than one, or none.
    """

    method: Method
    now: Reading
    then: Reading | None = None
    series: tuple[str, ...] = ()
    is_open: bool = False
    age: int | None = None
    evidence: tuple[Span, ...] = ()
    on: str = ""
    quantity: str = ""

    @property
    def word(self) -> Word:
        """The word of now: lists, counts and `--fail-on` go by it."""
        return self.now.word

    @property
    def mark(self) -> str:
        """The glyph, with a `j` where the word is a judgement."""
        return marked(self.word, self.method)

    @property
    def said(self) -> str:
        """`contradicted`, or `contradicted then, supported now` where the two differ."""
        return said(self.word, self.then.word if self.then else None)


def day_of(document: Document) -> Interval | None:
    """The days of the judged document: of the one that is briefed on, else of the document itself."""
    written = (document.briefs.published if document.briefs else "") or document.date
    return interval(written) if written else None


def aged(verdict: Verdict) -> str:
    """`newest figure 2023-12, 28 months before the document`; empty for what rests on no figure."""
    newest, age = verdict.now.newest, verdict.age
    if newest is None or age is None:
        return ""
    months = f"{abs(age)} month{'s' if abs(age) != 1 else ''}"
    return f"newest figure {newest}, {months} {'before' if age >= 0 else 'after'} the document"


def judge(
    statement: Statement,
    now: Known,
    then: Known | None = None,
    published: Interval | None = None,
    *,
    is_known: IsKnown = lambda series: True,
    explains: bool = True,
    answers: Answers | None = None,
) -> Verdict:
    """The verdict on a claim. Never raises, whatever the claim says.

    `published` are the days of the judged document, `then` what was known on the last of them. The steps
    are left out unless it `explains`. What tests give `now` is looked up in `answers` and put there, so
    that claims with one test share it.
    """
    if statement.test:
        reader = _Reader(explains, {} if answers is None else answers)
        return _tested(statement, now, then, published, is_known, reader)
    word, why = _judgement(statement)
    on = dict(statement.judged).get("on", "")
    return Verdict("judged", Reading(word, now.day, why), evidence=statement.evidence, on=on)


# ---------------------------------------------------------------------- judged


def _judgement(statement: Statement) -> tuple[Word, str]:
    said = dict(statement.judged)
    word = next((each for each in _JUDGED if each == said.get("verdict")), None)
    if word is None:
        return "untestable", "no test is written, and nobody has judged it"
    if not any(span.link for span in statement.evidence):
        return "unsourced", f"judged {word}, but nothing is cited for it"
    if not said.get("on"):
        return "unsourced", f"judged {word}, but no day is given for it"
    return word, said.get("because", "")


# ---------------------------------------------------------------------- tested


class _Reader(NamedTuple):
    """Reads figures by tests, with the steps if it `explains`."""

    explains: bool
    answers: Answers

    def read(self, expression: Expression, known: Known) -> Reading:
        """What a test gives on what was known."""
        result = evaluate(expression, known.look, until=known.day, explains=self.explains)
        return _read(result, known.day)

    def answer(self, expression: Expression, now: Known) -> Answer:
        """What a test gives on all that is known now: evaluated once, whoever asks."""
        key = (expression.text, self.explains)
        if key not in self.answers:
            reading = self.read(expression, now)
            self.answers[key] = Answer(reading, _is_open(expression, reading, now))
        return self.answers[key]


def _tested(
    statement: Statement,
    now: Known,
    then: Known | None,
    published: Interval | None,
    is_known: IsKnown,
    reader: _Reader,
) -> Verdict:
    try:
        expression = parse(statement.test)
    except ExpressionError as error:
        return Verdict("tested", Reading("untestable", now.day, f"the test cannot be read: {error}"))
    if why := _unfit(expression, statement, is_known):
        return Verdict("tested", Reading("untestable", now.day, why), series=expression.series)
    if then and any(window.count for window in expression.windows if window):
        reading = reader.read(expression, _pinned(now, then))
        is_open = _is_open(expression, reading, now)
    else:
        reading, is_open = reader.answer(expression, now)
    return Verdict(
        "tested",
        reading,
        _before(expression, reading, then, reader) if then else None,
        expression.series,
        is_open,
        _age(reading, published),
        quantity=expression.quantity,
    )


def _unfit(expression: Expression, statement: Statement, is_known: IsKnown) -> str:
    """Why no figures could decide a test; empty where some could."""
    if expression.kind != "test":
        return "the test compares nothing; expected a sign: ~ < <= > >="
    if not expression.series and not statement.where:
        return "the test rests on no series, and no place in the document is named for its numbers"
    unknown = next((name for name in expression.series if not is_known(name)), None)
    return f'no series "{unknown}" in the catalogue' if unknown else ""


def _read(result: Result, day: date) -> Reading:
    """What was measured; against what is stated, where the test came to an answer."""
    reading = Reading(
        _word(result),
        day,
        result.detail,
        period=result.period,
        steps=result.steps,
        used=Used(result.used),
        newest=_newest(result.used),
    )
    margin = next((each for each in result.margins if not each.holds), None)
    margin = margin or next(iter(result.margins), None)
    if margin is None or result.problem:
        return reading
    return reading._replace(
        measured=margin.measured,
        sign=margin.sign,
        stated=margin.stated,
        tolerance=margin.tolerance,
        unit=margin.unit,
    )


def _before(expression: Expression, now: Reading, then: Known, reader: _Reader) -> Reading:
    """The outcome then: that of now where all that the test looks at was known already, just as it is."""
    ends = [window.end.last for window in expression.windows if window and window.end]
    are_closed = len(ends) == len(expression.windows) and ends and max(ends) <= then.day
    shared = then.shared if are_closed else None
    if shared and all(shared(part.id, part.definition) >= max(ends) for part in expression.references):
        return now._replace(day=then.day)
    return reader.read(expression, then)


def _newest(used: Sequence[Use]) -> Period | None:
    """The period that ends last."""
    latest: dict[str, Period] = {}
    for _, each in used:
        period = each.period
        before = latest.get(period.frequency)
        if before is None or period.first > before.first:
            latest[period.frequency] = period
    return max(latest.values(), key=lambda period: period.last, default=None)


def _word(result: Result) -> Word:
    if result.holds:
        return "supported"
    if result.holds is None:
        return _UNANSWERED.get(result.problem, "untestable")
    return "close" if result.is_close else "contradicted"


def _pinned(now: Known, then: Known) -> Known:
    """What is known now of the periods that were known then: `last 10` counts back from there."""

    def look(name: str, definition: str) -> Series | None:
        series, before = now.look(name, definition), then.look(name, definition)
        if series is None:
            return None
        last = before.observations[-1].period.last if before and before.observations else then.day
        return replace(series, observations=series.observations[: over(series.observations, last)])

    return Known(look, now.day)


def _is_open(expression: Expression, reading: Reading, now: Known) -> bool:
    """Whether newer figures could change the word."""
    windows = expression.windows
    if reading.word == "no data":
        return True
    if not all(is_closed(window) or (window and window.count) for window in windows):
        return True
    ends = [window.end.last for window in windows if window and window.end]
    found = (now.look(name, "") for name in expression.series)
    known = [series.observations[-1].period.last for series in found if series and series.observations]
    return bool(ends and known) and max(ends) > min(known)


def _age(reading: Reading, published: Interval | None) -> int | None:
    """Months from the newest figure used to the first day of the document's date."""
    newest = reading.newest
    if newest is None or published is None:
        return None
    return _months(published.first) - _months(newest.last)


def _months(day: date) -> int:
    return day.year * 12 + day.month
