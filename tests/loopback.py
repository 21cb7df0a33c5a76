"""A server on 127.0.0.1 that replays answers by method, path and sorted query, with faults where asked.

    with Loopback() as server:
        server.answer("GET", "/data?b=2&a=1", Reply(b"one"), Reply(status=503))   # the last one repeats
        ...server.url("/data")...
        assert server.seen[0].header("user-agent")

What has no answer is 404. Whatever it plays, it ends at once when the block does.
"""

from __future__ import annotations

import gzip
import socket
import struct
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, Self
from urllib.parse import parse_qsl, urlencode, urlsplit

Fault = Literal["", "hang", "drip", "header drip", "cut", "reset", "garbage"]
"""Nothing is sent; the body comes byte by byte without end; the head does; half of the body comes, then
the end, or a reset; what comes is no HTTP."""

SECONDS = 10.0
"""No request is served longer, whatever it plays."""
_DRIP_SECONDS = 0.02
_REASONS = {200: "OK", 302: "Found", 304: "Not Modified", 404: "Not Found", 429: "Too Many Requests"}

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Reply:
    """What is sent. With an `etag` in the headers, whoever holds that one gets a 304. `delay` in seconds."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    fault: Fault = ""
    delay: float = 0.0

    def head(self, status: int, length: int) -> bytes:
        lines = [f"HTTP/1.1 {status} {_REASONS.get(status, 'Status')}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if "Content-Length" not in self.headers and status != 304:
            lines.append(f"Content-Length: {length}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


@dataclass(frozen=True)
class Seen:
    """A request that came; header names are in lower case."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: bytes

    def header(self, name: str) -> str:
        return self.headers.get(name, "")


def redirect(target: str, status: int = 302) -> Reply:
    return Reply(status=status, headers={"Location": target})


def sign_in_page() -> Reply:
    """What a captive portal sends in place of anything."""
    body = b"<!DOCTYPE html><html><title>Welcome to the hotel</title><form>Sign in</form></html>"
    return Reply(body, headers={"Content-Type": "text/html"})


def bomb(megabytes: int) -> Reply:
    """A small body that unpacks to a large one."""
    packed = gzip.compress(bytes(1_000_000) * megabytes)
    return Reply(packed, headers={"Content-Encoding": "gzip"})


class Loopback:
    """The server; each connection has a thread of its own and serves one request."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listener.getsockname()[1]
        self.seen: list[Seen] = []
        self.most_at_once = 0
        self._at_once = 0
        self._answers: dict[Key, list[Reply]] = {}
        self._usual: Reply | None = None
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self.received = threading.Event()
        """Set as soon as a request has come."""

    def __enter__(self) -> Self:
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def url(self, path: str = "") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def answer(self, method: str, target: str, *replies: Reply) -> None:
        """Replies to a path with its query, one after the other; the last one stays."""
        with self._lock:
            self._answers[_key(method, target)] = list(replies)

    def answer_all(self, reply: Reply) -> None:
        """The reply to everything that has none of its own."""
        self._usual = reply

    def _listen(self) -> None:
        while not self._stopped.is_set():
            try:
                connection, _address = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(SECONDS)
        with connection, suppress(OSError):
            request = _read(connection)
            if request is None:
                return
            with self._lock:
                self.seen.append(request)
                self._at_once += 1
                self.most_at_once = max(self.most_at_once, self._at_once)
            self.received.set()
            try:
                self._play(connection, request, self._reply(request))
            finally:
                with self._lock:
                    self._at_once -= 1

    def _reply(self, request: Seen) -> Reply:
        key = (request.method, request.path, urlencode(request.query))
        with self._lock:
            replies = self._answers.get(key)
            if not replies:
                return self._usual or Reply(b"no such answer", 404)
            return replies.pop(0) if len(replies) > 1 else replies[0]

    def _play(self, connection: socket.socket, request: Seen, reply: Reply) -> None:
        etag = reply.headers.get("ETag")
        if etag and etag == request.header("if-none-match"):
            connection.sendall(reply.head(304, 0))
            return
        if reply.delay and self._stopped.wait(min(reply.delay, SECONDS)):
            return
        head = reply.head(reply.status, len(reply.body))
        match reply.fault:
            case "":
                connection.sendall(head + reply.body)
            case "hang":
                self._stopped.wait(SECONDS)
            case "drip":
                connection.sendall(reply.head(reply.status, 1_000_000))
                self._drip(connection, b"x")
            case "header drip":
                connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                self._drip(connection, b"x")
            case "cut":
                connection.sendall(head + reply.body[: len(reply.body) // 2])
            case "reset":
                connection.sendall(head + reply.body[: len(reply.body) // 2])
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            case "garbage":
                connection.sendall(b"SSH-2.0-OpenSSH_9.9\r\n")

    def _drip(self, connection: socket.socket, byte: bytes) -> None:
        for _ in range(int(SECONDS / _DRIP_SECONDS)):
            if self._stopped.wait(_DRIP_SECONDS):
                return
            connection.sendall(byte)


def _read(connection: socket.socket) -> Seen | None:
    with connection.makefile("rb") as file:
        line = file.readline().decode("latin-1").split()
        if len(line) != 3:
            return None
        headers: dict[str, str] = {}
        while header := file.readline().decode("latin-1").strip():
            name, _, value = header.partition(":")
            headers[name.lower()] = value.strip()
        body = file.read(int(headers.get("content-length", "0")))
    method, path, query = _key(line[0], line[1])
    return Seen(method, path, tuple(parse_qsl(query, keep_blank_values=True)), headers, body)


def _key(method: str, target: str) -> Key:
    parts = urlsplit(target)
    return method, parts.path, urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
