"""One answer of a provider as it is kept, in a frame that shows any damage."""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterable
from typing import NamedTuple

HEADERS = ("etag", "last-modified", "content-type", "date", "retry-after")
"""The headers that matter, in lower case; no other is kept."""

_VERSION = 1
_FRAME = struct.Struct(">BQ32s")
_HEAD = struct.Struct(">I")


class Damaged(ValueError):  # noqa: N818 - named for what is the case
    """Bytes that are no whole record."""


class Record(NamedTuple):
    """An answer. `key` names the request and `url` shows it, both without secrets; `headers` have
    lower-case names; `fetched` is when the body came, `checked` when it was last confirmed (moments:
    microseconds since 1970 in UTC); `digest` is the SHA-256 of the body."""

    key: str
    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched: int
    checked: int
    digest: str

    @classmethod
    def of(
        cls, key: str, url: str, status: int, headers: Iterable[tuple[str, str]], body: bytes, fetched: int
    ) -> Record:
        """The record of an answer that came at the moment `fetched`."""
        digest = hashlib.sha256(body).hexdigest()
        return cls(key, url, status, chosen(headers), body, fetched, fetched, digest)

    def header(self, name: str) -> str | None:
        """The value of a header, by its name in lower case."""
        return dict(self.headers).get(name)

    def confirmed(self, checked: int, headers: Iterable[tuple[str, str]] = ()) -> Record:
        """The record after an answer without a body said that it still holds, with headers of its own."""
        return self._replace(checked=checked, headers=chosen((*self.headers, *headers)))


def chosen(headers: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The headers that matter, in their own order; of several with one name the last one counts."""
    last = {name.lower(): value for name, value in headers}
    return tuple((name, last[name]) for name in HEADERS if name in last)


def encode(record: Record) -> bytes:
    """A version byte, the length and SHA-256 of the rest; the rest is a head in JSON, and the body."""
    head = json.dumps(record._asdict() | {"body": None}).encode()
    rest = _HEAD.pack(len(head)) + head + record.body
    return _FRAME.pack(_VERSION, len(rest), hashlib.sha256(rest).digest()) + rest


def decode(data: bytes) -> Record:
    """What `encode` was given. Raises `Damaged`."""
    try:
        version, length, digest = _FRAME.unpack_from(data)
        rest = memoryview(data)[_FRAME.size :]
        if version != _VERSION or length != len(rest) or hashlib.sha256(rest).digest() != digest:
            raise Damaged("it is cut or changed")
        (size,) = _HEAD.unpack_from(rest)
        head = json.loads(bytes(rest[_HEAD.size : _HEAD.size + size]))
        return _typed(head, bytes(rest[_HEAD.size + size :]))
    except Damaged:
        raise
    except (struct.error, ValueError, TypeError, KeyError, RecursionError) as error:
        raise Damaged("it cannot be read") from error


def _typed(head: dict[str, object], body: bytes) -> Record:
    """A record of the right types, whoever wrote the head: a sum proves that it is whole, not ours."""
    return Record(
        key=_text(head["key"]),
        url=_text(head["url"]),
        status=_number(head["status"]),
        headers=chosen((_text(name), _text(value)) for name, value in _list(head["headers"])),
        body=body,
        fetched=_number(head["fetched"]),
        checked=_number(head["checked"]),
        digest=_text(head["digest"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Damaged("its head is not ours")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise Damaged("its head is not ours")
    return value


def _list(value: object) -> list[list[object]]:
    if not isinstance(value, list):
        raise Damaged("its head is not ours")
    return value
