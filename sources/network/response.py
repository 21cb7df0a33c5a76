"""What asking comes to: a whole answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Response:
    """A whole answer of any status but a redirect. Header names are in lower case.

    `url` is the last one asked, without secrets; `received` counts the bytes of the body on the line;
    `retry_after` the seconds of rest that were asked for, within our limit.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    received: int = 0
    retry_after: float | None = None

    @property
    def not_modified(self) -> bool:
        """Whether this says that what we hold is still the newest."""
        return self.status == 304

    @property
    def ok(self) -> bool:
        """Whether there is a body to be read."""
        return 200 <= self.status < 300
