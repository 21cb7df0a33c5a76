"""The gate before a host: how many requests at once, how far apart, and shut for good once it is no use."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from sources.limits import REQUESTS_PER_HOST
from sources.model import Refused, SourceError
from sources.network.failures import NoAnswer

_AT_ONCE = ("time", "cut")
"""Causes that may be one answer's own; twice in a row they are the host's."""

Sleep = Callable[[float], Awaitable[None]]


class Gate:
    """For one host, in one refresh: `async with gate.passing():` around each request.

    Once `shut`, whoever waits gets the error that shut it, and nobody asks that host again.
    """

    def __init__(
        self,
        at_once: int,
        spacing: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._places = asyncio.Semaphore(max(1, min(at_once, REQUESTS_PER_HOST)))
        self._spacing = spacing
        self._clock = clock
        self._sleep = sleep
        self._next = 0.0
        self._misses = 0
        self._shut: SourceError | None = None

    @asynccontextmanager
    async def passing(self, everywhere: asyncio.Semaphore) -> AsyncIterator[None]:
        """Wait for a place here, for the time to come, and for a place among all requests.

        Raises the `SourceError` that shut the gate.
        """
        async with self._places:
            await self._wait()
            async with everywhere:
                self._check()
                yield

    def note(self, error: SourceError | None) -> None:
        """How a request ended: what says that others would end alike shuts the gate."""
        if error is None:
            self._misses = 0
            return
        if isinstance(error, NoAnswer):
            self._misses += 1
            if error.cause not in _AT_ONCE or self._misses > 1:
                self._shut = error
        elif isinstance(error, Refused) and (error.status == 429 or error.retry_after is not None):
            self._shut = error

    async def _wait(self) -> None:
        """Let the time pass that must lie between the starts of two requests."""
        self._check()
        now = self._clock()
        start = max(now, self._next)
        self._next = start + self._spacing
        if start > now:
            await self._sleep(start - now)

    def _check(self) -> None:
        if self._shut:
            raise self._shut
