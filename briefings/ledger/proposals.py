"""What the test of a due prediction proposes: an outcome that the reader confirms. Nothing is recorded.

Pure: the state and what the test gives are passed in.
"""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from briefings.ledger.predictions import Status
from sources.expressions.results import NOISE
from sources.numbers import measured_beside, plain

if TYPE_CHECKING:
    from briefings.ledger.verdicts import Reading


class Proposal(NamedTuple):
    """The outcome, the arithmetic in short (`7.1 > 5 %`), and since when the figures behind it are known."""

    outcome: Literal["true", "false"]
    because: str
    on: date

    @property
    def said(self) -> str:
        """`its test proposes false (7.1 > 5 %)`."""
        return f"its test proposes {self.outcome}" + (f" ({self.because})" if self.because else "")


def proposed(now: Status, reading: Reading) -> Proposal | None:
    """The proposal for a prediction; None where it is not due, or where its test settles nothing."""
    outcome = _OUTCOMES.get(reading.word)
    if now.state != "due" or outcome is None:
        return None
    return Proposal(outcome, compared(reading), _known_since(now, reading))


_OUTCOMES: dict[str, Literal["true", "false"]] = {
    "supported": "true",
    "contradicted": "false",
    "close": "false",
}


def compared(reading: Reading) -> str:
    """How what was measured stands to what the test states: `7.1 > 5 %`, `7.78, not 4.8 +- 0.2 pp`."""
    if reading.measured is None or reading.stated is None:
        return ""
    found, stated = measured_beside(reading.measured, reading.stated), plain(reading.stated)
    unit = f" {reading.unit}" if reading.unit else ""
    if reading.tolerance is not None:
        sign = " ~" if reading.word == "supported" else ", not"
        return f"{found}{sign} {stated} +- {plain(reading.tolerance)}{unit}"
    if math.isclose(reading.measured, reading.stated, rel_tol=NOISE):
        return f"{stated} = {stated}{unit}"
    if float(found) == reading.stated:  # rounding would hide what decides
        found = repr(reading.measured)
    return f"{found} {'>' if reading.measured > reading.stated else '<'} {stated}{unit}"


def _known_since(now: Status, reading: Reading) -> date:
    """The day on which the newest figure came, no sooner than the window closed."""
    vintages = [each.vintage.date() for _, each in reading.used if each.vintage]
    return max([*vintages, *filter(None, (now.closes,))], default=reading.day)
