"""Bodies as they come in: unpacked piece by piece, never beyond a limit, and whole or not at all."""

from __future__ import annotations

import zlib

_PIECE = 65_536
_GZIP = 31


class TooLarge(Exception):  # noqa: N818 - named for what is the case
    """The body is longer than we take."""


class Broken(Exception):  # noqa: N818
    """The body ends before its time, or is not packed as it says."""


class Body:
    """Collects a body of at most `most` bytes, unpacked where it comes in `encoding` gzip.

    Raises ValueError for an encoding that we never ask for.
    """

    def __init__(self, encoding: str, most: int) -> None:
        encoding = encoding.strip().lower()
        if encoding not in ("", "identity", "gzip", "x-gzip"):
            raise ValueError(encoding)
        self._packed = "gzip" in encoding
        self._unpack = zlib.decompressobj(_GZIP)
        self._most = most
        self._parts: list[bytes] = []
        self._length = 0
        self.received = 0
        """Bytes that came over the line."""

    def add(self, chunk: bytes) -> None:
        """Take the next piece from the line. Raises `TooLarge` or `Broken`."""
        self.received += len(chunk)
        if not self._packed:
            self._keep(chunk)
            return
        try:
            self._inflate(chunk)
        except zlib.error:
            raise Broken from None

    def whole(self) -> bytes:
        """The body. Raises `Broken` where its packing says that something is missing."""
        if self._packed and self.received and not self._unpack.eof:
            raise Broken
        return b"".join(self._parts)

    def _inflate(self, chunk: bytes) -> None:
        while chunk:
            if self._unpack.eof:  # another packed member follows
                self._unpack = zlib.decompressobj(_GZIP)
            self._keep(self._unpack.decompress(chunk, _PIECE))
            chunk = self._unpack.unconsumed_tail or self._unpack.unused_data
            if self._unpack.eof and not chunk.strip(b"\0"):  # padding
                return

    def _keep(self, piece: bytes) -> None:
        self._length += len(piece)
        if self._length > self._most:
            raise TooLarge
        if piece:
            self._parts.append(piece)
