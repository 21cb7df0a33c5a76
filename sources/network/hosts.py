"""Which hosts may be asked, and where they are: names looked up by us, so that we know whom we ask.

A name is looked up in a thread of its own that nobody waits for at exit: a dead resolver holds neither
a cancel nor the end of the program.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

LookUp = Callable[[str, int], Sequence[str]]
"""The addresses of a host, as texts, best first; blocks, and raises OSError where there are none."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

ADDRESSES = 4
"""How many addresses of one host are tried."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LOCAL_NAMES = (".localhost", ".local", ".internal", ".home.arpa")


def look_up(host: str, port: int) -> Sequence[str]:
    """The addresses that the system knows for a host. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_family, address in found]


async def addresses(host: str, port: int, find: LookUp = look_up) -> tuple[str, ...]:
    """The addresses of a host to try in turn, of both kinds where there are both. Raises OSError."""
    if literal(host):
        return (host,)
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Sequence[str]] = loop.create_future()

    def settle(found: Sequence[str] | Exception) -> None:
        if future.done():  # cancelled, or out of time
            return
        if isinstance(found, Exception):
            future.set_exception(found)
        else:
            future.set_result(found)

    def work() -> None:
        try:
            found: Sequence[str] | Exception = find(host, port)
        except Exception as error:  # whatever it is, it belongs to the one who waits
            found = error
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(partial(settle, found))

    threading.Thread(target=work, name="look-up", daemon=True).start()
    return _mixed(tuple(dict.fromkeys(await future)))


def literal(host: str) -> Address | None:
    """The address that a host name is, or None for a real name."""
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None


def is_public(address: str) -> bool:
    """Whether an address belongs to the public internet, whatever it is wrapped in."""
    found = literal(address)
    if found is None:
        return False
    inner = _inner(found)
    return inner.is_global and not inner.is_multicast


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, by its name or address alone."""
    found = literal(host)
    return _inner(found).is_loopback if found else host.lower() == "localhost"


def may_be_public(host: str) -> bool:
    """What a name alone tells, for use behind a proxy, which looks names up by itself."""
    if literal(host):
        return is_public(host)
    name = host.lower().rstrip(".")
    return "." in name and not name.endswith(_LOCAL_NAMES) and not name.rpartition(".")[2].isdigit()


def _inner(address: Address) -> Address:
    """The version 4 address that a version 6 one stands for, else itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _mixed(found: tuple[str, ...]) -> tuple[str, ...]:
    """At most `ADDRESSES` of them, the second one of the other kind: one kind may lead nowhere."""
    other = [each for each in found if (":" in each) != (":" in found[0])]
    same = [each for each in found if each not in other]
    return tuple([*same[:1], *other[:1], *same[1:], *other[1:]][:ADDRESSES])
