"""Why no answer came, told by its cause in plain words: what every exception of a socket comes down to."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from typing import Literal

from sources.model import Unreachable, WrongAnswer

Cause = Literal["offline", "dns", "refused", "unreachable", "time", "tls", "cut", "proxy", "private"]

HERE: tuple[Cause, ...] = ("offline", "dns", "unreachable", "proxy", "private")
"""Causes that say something about the way there, and nothing about the provider."""

PASSING: tuple[Cause, ...] = ("refused", "cut")
"""Causes that a second try may find gone."""

_NO_WAY = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.EADDRNOTAVAIL)


class NoAnswer(Unreachable):
    """No answer came, and why."""

    def __init__(self, words: str, cause: Cause) -> None:
        super().__init__(words)
        self.cause = cause


class Elsewhere(WrongAnswer):
    """The answer sends us to a host that the provider does not have: the work of a sign-in page, often."""


def cause_of(error: BaseException) -> tuple[Cause, str]:
    """The cause behind an exception of the client, and a detail worth telling, or an empty text."""
    chain = list(_chain(error))
    for each in chain:
        if isinstance(each, ssl.SSLCertVerificationError):
            return "tls", each.verify_message.strip().rstrip(".")
        if isinstance(each, socket.gaierror):
            return "dns", ""
        if isinstance(each, ssl.SSLError):
            cut = isinstance(each, ssl.SSLEOFError | ssl.SSLZeroReturnError)
            return ("cut", "") if cut else ("tls", (each.reason or "").replace("_", " ").lower())
    for each in chain:
        if found := _of_system(each):
            return found, ""
    names = {name.__name__ for name in type(error).__mro__}
    if "ProxyError" in names:
        return "proxy", ""
    return ("time" if "TimeoutException" in names else "cut"), ""


def _of_system(error: BaseException) -> Cause | None:
    if isinstance(error, ConnectionRefusedError):
        return "refused"
    if isinstance(error, ConnectionError):
        return "cut"
    if isinstance(error, TimeoutError) or getattr(error, "errno", None) == errno.ETIMEDOUT:
        return "time"
    return "unreachable" if getattr(error, "errno", None) in _NO_WAY else None


def no_answer(cause: Cause, name: str, host: str, seconds: float = 0.0, detail: str = "") -> NoAnswer:
    """The error with a sentence that names provider and cause."""
    match cause:
        case "offline":
            words = "Started with --offline. Refresh is off."
        case "dns":
            words = f"{name} was not found: no address is known for {host}."
        case "refused":
            words = f"{name} refused the connection."
        case "unreachable":
            words = f"{name} cannot be reached: no network leads to {host}."
        case "time":
            words = f"{name} timed out after {seconds:g} s."
        case "tls":
            words = f"{name} could not prove who it is{f' ({detail})' if detail else ''}."
        case "cut":
            words = f"{name} cut off its answer."
        case "proxy":
            words = f"{name} was not asked: {detail or 'the proxy does not let us through'}."
        case "private":
            words = f"{name} was not asked: {host} leads to a private address."
    return NoAnswer(words, cause)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The exception, what caused it, and what stands in groups, each once."""
    seen: set[int] = set()
    waiting: list[BaseException] = [error]
    while waiting:
        each = waiting.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting += [found for found in (each.__cause__, each.__context__) if found]
        waiting += each.exceptions if isinstance(each, BaseExceptionGroup) else ()
