"""Commands run as a user runs them: what they gave back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from tests.tui.cli.json_schema import answered

NOW = datetime(2026, 9, 20, 12, tzinfo=UTC)
"""When commands run, unless a test says otherwise: 20 September 2026."""


class Result(NamedTuple):
    """What a command gave back."""

    status: int
    out: str
    err: str

    @property
    def envelope(self) -> Any:  # noqa: ANN401 - whatever a command answers
        """The JSON that was printed; it is as docs/json.md says."""
        return answered(self.out)

    @property
    def data(self) -> Any:  # noqa: ANN401
        return self.envelope["data"]


Cli = Callable[..., Result]
