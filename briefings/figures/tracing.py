"""Traces figures to their sources: an observation to what brought it, a computed one to its parts, an
expression to the observations that it used, and a claim to the text that states it and to all of these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from briefings.documents.model import Cell, Link, Span
from briefings.documents.names import INDICATOR
from briefings.figures.cards import carriers_of, citation, facts_about, page_of
from briefings.figures.carriers import short
from briefings.figures.inputs import Input, behind, inputs_of
from briefings.figures.provenance import Behind, Place, Provenance, place_of
from briefings.figures.vintages import BASES
from briefings.figures.words import amount, checked
from sources.expressions import ExpressionError, Result, Use, evaluate, parse
from sources.expressions.tracks import called
from sources.numbers import plain

if TYPE_CHECKING:
    from briefings.documents.model import Briefed, Statement
    from briefings.figures.observing import Observing
    from briefings.ledger.verdicts import Verdict
    from sources.catalogue.indicator import Indicator
    from sources.model import Observation

Fact = tuple[str, Cell]

_ASKED_FOR = ("Agency", "Source", "Vintage", "Retrieved", "Address", "Hash", "Licence")


class Tracing:
    """Traces figures as they are known to an `Observing`. May raise `cache.store.StoreError`."""

    def __init__(self, observing: Observing) -> None:
        self._known = observing

    def figure(self, name: str) -> Provenance | None:
        """The provenance of an observation or an expression; None where there is no such thing."""
        place = place_of(name)
        return self._place(place) if place else self._expression(name)

    # ------------------------------------------------------------------ observations

    def _place(self, place: Place) -> Provenance | None:
        entry = self._known.catalogue.get(place.series)
        if entry is None:
            return None
        series = self._known.observed.series(place.series, place.definition)
        observations = series.observations if series else ()
        wanted = (each for each in reversed(observations) if place.period in ("", str(each.period)))
        return self._observation(entry, place, next(wanted, None))

    def _observation(self, entry: Indicator, place: Place, one: Observation | None) -> Provenance:
        row = self._known.row(entry)
        is_newest = one is None or str(one.period) == row.period
        used = self._parts(entry, one)
        facts = self._facts_of(entry, one, used)
        if one and not entry.derived:
            facts = _with_unknown(facts)
        return Provenance(
            str(place._replace(period=str(one.period) if one else place.period)),
            entry.title,
            entry.title_zh,
            self._told(entry, one, place),
            row.state if is_newest else "",
            row.word if is_newest else "",
            tuple((label, cell) for label, cell in facts if any(span.text for span in cell)),
            tuple(self._behind(used)) if any(self._known.origin(each) is None for _, each in used) else (),
            series=(entry.id,),
            page=page_of(self._known, entry),
            citation=citation(self._known, entry, one) if one else "",
        )

    def _told(self, entry: Indicator, one: Observation | None, place: Place) -> str:
        if one is not None:
            return f"{f'{amount(one.value, entry)} {entry.unit}'.rstrip()}   {one.period}"
        return f"no figure of {place.period}" if place.period else "no figures yet"

    def _facts_of(self, entry: Indicator, one: Observation | None, used: Sequence[Use]) -> Iterator[Fact]:
        if entry.derived:
            yield from self._computed(entry, one, used)
            return
        origin = self._known.origin(one) if one else None
        for label, words in facts_about(self._known, entry, one):
            target = origin.provider if origin else entry.source.provider if entry.source else ""
            link = Link("source", target) if label == "Source" and target else None
            yield label, (Span(words, link=link),)
        if origin:
            yield "Address", _web(origin.url)
            yield "Hash", _text(f"SHA-256 {origin.digest}" if origin.digest else "")
        yield "Page", _web(entry.page if not origin or entry.page != origin.url else "")
        yield from self._of_series(entry, one)

    def _of_series(self, entry: Indicator, one: Observation | None) -> Iterator[Fact]:
        """What holds for the whole series rather than for one observation."""
        yield "Content", _text(self._known.state(entry))
        yield "Checked", _text(checked(entry, self._known.agreement(entry)))
        for each in entry.definitions:
            if one and each.id == one.definition:
                yield "Counts", _text(f"definition {called(each.id)}: {each.note}" if each.note else each.id)
        yield "Note", _text(entry.note)

    def _computed(self, entry: Indicator, one: Observation | None, used: Sequence[Use]) -> Iterator[Fact]:
        values = {name: self._shown(name, each) for name, each in used if _once(name, used)}
        formula = INDICATOR.sub(lambda m: f"{m[0]} {values[m[0]]}" if m[0] in values else m[0], entry.derived)
        yield "Computed", _text(formula)
        yield from self._rests_on(used)
        state = self._known.state(entry)
        yield "Content", _text(f"{state} As stale as its stalest part." if state else "")
        for name in self._known.catalogue.sources_of(entry.id):
            part = self._known.catalogue.get(name)
            said = checked(part, self._known.agreement(part)) if part else ""
            yield "Checked", _text(f"{part.title}: {said}" if part and said else "")
        yield "Licence", _text(entry.licence)
        yield "Note", _text(entry.note)

    def _shown(self, name: str, one: Observation) -> str:
        entry = self._known.catalogue.get(name)
        return amount(one.value, entry) if entry else plain(one.value)

    def _parts(self, entry: Indicator, one: Observation | None) -> Sequence[Use]:
        """The observations that a computed one is made of."""
        return behind(entry, (one,), self._known.observed.series) if one else ()

    # ------------------------------------------------------------------ expressions

    def _expression(self, text: str) -> Provenance | None:
        try:
            parsed = parse(text)
        except ExpressionError:
            return None
        if not all(self._known.catalogue.get(name) for name in parsed.series):
            return None
        known = self._known
        result = evaluate(parsed, known.observed.series, until=known.now.date())
        found = self._result(text, result)
        return self._alone(text, result, found) or found

    def _alone(self, text: str, result: Result, found: Provenance) -> Provenance | None:
        """An expression that gives one observation as it is has the provenance of that one."""
        if len(result.used) != 1 or result.problem or result.value != result.used[0][1].value:
            return None
        name, one = result.used[0]
        entry = self._known.catalogue.get(name)
        if entry is None:
            return None
        traced = self._observation(entry, self._place_of(name, one), one)
        return traced._replace(facts=(("Figure", _text(text)), *traced.facts))

    def _result(self, text: str, result: Result) -> Provenance:
        figure = _value_of(result)
        used = result.used
        source = carriers_of(self._known, used)
        return Provenance(
            text,
            text,
            figure=figure,
            facts=tuple(each for each in (*_arithmetic(result), *self._rests_on(used)) if each[1][0].text),
            behind=tuple(self._behind(used)),
            series=tuple(dict.fromkeys(name for name, _ in used)),
            citation="" if result.problem else ", ".join(filter(None, (f"{text} = {figure}", source))),
        )

    # ------------------------------------------------------------------ claims

    def claim(self, name: str, statement: Statement, briefed: Briefed | None, verdict: Verdict) -> Provenance:
        """The document that states it, and what was measured, with all that this rests on."""
        now = verdict.now
        measured = f"measured {plain(now.measured)} {now.unit}".rstrip() if now.measured is not None else ""
        sign = "" if now.sign in ("~", "=") else f"{now.sign} "
        stated = f"says {sign}{plain(now.stated)} {now.unit}".rstrip() if now.stated is not None else ""
        facts: list[Fact] = [*_cited(statement, briefed), ("Test", _text(statement.test))]
        facts += [("" if number else "Steps", _text(step)) for number, step in enumerate(now.steps)]
        facts += [("Why", _text(now.why)), ("Evidence", verdict.evidence), *self._rests_on(now.used)]
        figure = ", ".join(filter(None, (stated, measured))) or verdict.said
        by = ", ".join(filter(None, (briefed.publisher, briefed.title, briefed.published))) if briefed else ""
        source = carriers_of(self._known, now.used)
        return Provenance(
            name,
            statement.title or statement.says,
            statement.title_zh,
            figure,
            facts=tuple((label, cell) for label, cell in facts if any(span.text for span in cell)),
            behind=tuple(self._behind(now.used)),
            series=verdict.series,
            page=briefed.url if briefed else "",
            citation=", ".join(filter(None, (statement.says, by, measured, source))),
        )

    # ------------------------------------------------------------------ what it rests on

    def _rests_on(self, used: Iterable[Use]) -> Iterator[Fact]:
        """Whose figures were used, down to what was published: two lines for each series."""
        inputs = inputs_of(used, self._known.observed.series, self._known.catalogue.get)
        for number, each in enumerate(each for each in inputs if not each.derived):
            yield "" if number else "Rests on", self._input(each)
            yield "", _text(self._summary(each))

    def _input(self, each: Input) -> Cell:
        """The series that was used; of one observation alone its value, and the way to its source."""
        if len(each.observations) > 1:
            first, last = each.observations[0], each.observations[-1]
            span = f"   {len(each.observations)} figures, {first.period}..{last.period}"
            return Span(each.title, link=Link("item", each.series)), Span(span)
        one = each.observations[0]
        entry = self._known.catalogue.get(each.series)
        told = f"   {amount(one.value, entry) if entry else plain(one.value)} {each.unit}".rstrip()
        link = Link("provenance", str(self._place_of(each.series, one)))
        return Span(each.title, link=link), Span(f"{told}   {one.period}")

    def _summary(self, each: Input) -> str:
        """Of whom the observations are, under which code, and from when on they were known."""
        origins = dict.fromkeys(filter(None, map(self._known.origin, each.observations)))
        codes = dict.fromkeys(f"{origin.provider} {origin.code}" for origin in origins)
        known = carriers_of(self._known, ((each.series, one) for one in each.observations))
        return "; ".join(filter(None, (known, *codes)))

    def _behind(self, used: Iterable[Use]) -> Iterator[Behind]:
        for name, one in used:
            entry = self._known.catalogue.get(name)
            if entry is None:
                continue
            origin = self._known.origin(one)
            yield Behind(
                str(self._place_of(name, one)),
                entry.title,
                str(one.period),
                amount(one.value, entry),
                entry.unit,
                "" if one.definition == "1" else called(one.definition),
                known_since(one) if origin else "computed",
                ", ".join(short(origin.carrier)) or origin.provider if origin else "",
            )

    def _place_of(self, name: str, one: Observation) -> Place:
        """The name of an observation: with its definition only where another one is shown in its place."""
        place = Place(name, period=str(one.period))
        series = self._known.observed.series(name)
        shown_now = (each for each in reversed(series.observations if series else ()) if each == one)
        return place if next(shown_now, None) else place._replace(definition=one.definition)


def known_since(one: Observation) -> str:
    """`2026-09-15 by calendar`: from when on it was known, and how that is known."""
    return f"{one.vintage.date()} {BASES[one.basis]}" if one.vintage else ""


def _with_unknown(facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts, and of what everybody would ask for, that it is not known."""
    missing = dict.fromkeys(_ASKED_FOR)
    for label, cell in facts:
        if any(span.text for span in cell):
            missing.pop(label, None)
            yield label, cell
    for label in missing:
        yield label, _text("not known")


def _arithmetic(result: Result) -> Iterator[Fact]:
    yield "Period", _text(result.period)
    for number, step in enumerate(result.steps):
        yield "" if number else "Steps", _text(step)
    yield "Why not", _text(result.detail)


def _value_of(result: Result) -> str:
    if result.problem:
        return result.problem
    if result.holds is not None:
        return "holds" if result.holds else "does not hold"
    if result.value is None:
        return f"{len(result.series.observations)} observations" if result.series else "no value"
    return f"{plain(result.value)} {result.unit}".rstrip()


def _cited(statement: Statement, briefed: Briefed | None) -> Iterator[Fact]:
    """The document that a claim was found in, and where in it."""
    yield "Says", _text(statement.says)
    yield "", _text(statement.says_zh)
    yield "Where", _text(statement.where)
    if briefed:
        yield (
            "Cited",
            (Span(briefed.title or briefed.url, link=Link("url", briefed.url) if briefed.url else None),),
        )
        yield "Publisher", _text(briefed.publisher)
        yield "Published", _text(briefed.published)
        yield "Retrieved", _text(briefed.retrieved)
        yield "Address", _web(briefed.url) if briefed.url else _text("not known")


def _once(name: str, used: Sequence[Use]) -> bool:
    return sum(name == other for other, _ in used) == 1


def _text(words: str) -> Cell:
    return (Span(words),)


def _web(address: str) -> Cell:
    return (Span(address, link=Link("url", address) if address else None),)
