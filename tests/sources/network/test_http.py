"""The client against a server that misbehaves, over real sockets."""

from __future__ import annotations

import asyncio
import gzip
import logging
import threading
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from sources.limits import RETRY_AFTER_SECONDS
from sources.model import Request, SourceError, WrongAnswer
from sources.network.failures import Elsewhere, NoAnswer
from sources.network.hops import Hop
from sources.network.hosts import LookUp, is_public
from sources.network.http import Client
from sources.network.proxies import proxy_for
from sources.network.terms import BROWSER, Conditions, Limits, Network, agent
from sources.network.waiting import retry_after
from tests.loopback import Loopback, Reply, bomb, redirect

HERE = Network(agent("1.2", "https://example.org"), allowed=frozenset({"127.0.0.1"}))
SECRET = "s3cr3t-key"  # noqa: S105  (an invented one)
LIMITS = Limits("Provider", ("127.0.0.1",), total_seconds=5.0)


class Waits(list[float]):
    """Stands in for sleeping: notes how long, and goes on."""

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest_asyncio.fixture
async def client(waits: Waits) -> AsyncIterator[Client]:
    async with Client(HERE, sleep=waits, chance=lambda: 0.5) as client:
        yield client


def at(*addresses: str) -> LookUp:
    """A look-up that finds these, whatever the name."""
    return lambda host, port: addresses


async def failure(client: Client, request: Request, limits: Limits = LIMITS) -> SourceError:
    with pytest.raises(SourceError) as caught:
        await client.fetch(request, limits)
    return caught.value


# ---------------------------------------------------------------------- answers


async def test_an_answer_comes_whole_with_what_was_sent(client: Client, server: Loopback) -> None:
    server.answer("GET", "/data?a=1&b=x%2By", Reply(b"body", headers={"ETag": '"1"'}))
    request = Request(
        server.url("/data"), query=(("b", "x+y"), ("a", "1")), headers=(("Accept", "text/csv"),)
    )
    fetched = await client.fetch(request, LIMITS)
    assert (fetched.status, fetched.body, fetched.headers["etag"]) == (200, b"body", '"1"')
    assert server.seen[0].header("user-agent") == "briefing-desk/1.2 (+https://example.org)"
    assert server.seen[0].header("accept") == "text/csv"


async def test_a_provider_that_refuses_programs_is_asked_as_a_browser(
    client: Client, server: Loopback
) -> None:
    server.answer("POST", "/", Reply(b"ok"))
    limits = Limits("Provider", ("127.0.0.1",), identity="browser")
    await client.fetch(Request(server.url("/"), method="POST", body=b"q=1"), limits)
    assert server.seen[0].header("user-agent") == BROWSER
    assert server.seen[0].body == b"q=1"


async def test_what_is_held_costs_no_body(client: Client, server: Loopback) -> None:
    server.answer("GET", "/", Reply(b"body", headers={"ETag": '"1"'}))
    fetched = await client.fetch(Request(server.url("/")), LIMITS, Conditions(etag='"1"'))
    assert fetched.not_modified
    assert fetched.received == 0


async def test_what_has_a_date_only_is_asked_for_by_it(client: Client, server: Loopback) -> None:
    date = "Mon, 14 Sep 2026 12:00:00 GMT"
    server.answer("GET", "/", Reply(status=304))
    fetched = await client.fetch(Request(server.url("/")), LIMITS, Conditions(modified=date))
    assert fetched.not_modified
    assert server.seen[0].header("if-modified-since") == date
    assert "if-none-match" not in server.seen[0].headers


async def test_packed_bodies_are_unpacked(client: Client, server: Loopback) -> None:
    packed = gzip.compress(b"first ") + gzip.compress(b"second")
    server.answer("GET", "/", Reply(packed, headers={"Content-Encoding": "gzip"}))
    fetched = await client.fetch(Request(server.url("/")), LIMITS)
    assert fetched.body == b"first second"
    assert fetched.received == len(packed)


async def test_a_mirror_of_the_user_is_asked_in_place_of_a_host(server: Loopback) -> None:
    server.answer("GET", "/data", Reply(b"from the mirror"))
    network = Network(routes={"data.example.org": server.url()})
    async with Client(network) as client:
        limits = Limits("Provider", ("data.example.org",))
        fetched = await client.fetch(Request("https://data.example.org/data"), limits)
    assert fetched.body == b"from the mirror"


# ---------------------------------------------------------------------- limits


@pytest.mark.parametrize("fault", ["hang", "drip", "header drip"])
async def test_the_total_time_holds(client: Client, server: Loopback, fault: str) -> None:
    server.answer("GET", "/", Reply(b"", fault=fault))  # type: ignore[arg-type]
    error = await failure(client, Request(server.url("/")), Limits("Provider", total_seconds=0.2))
    assert str(error) == "Provider timed out after 0.2 s."
    assert len(server.seen) <= 1  # none where the machine is busy, never a second one


async def test_a_body_that_is_too_large_is_not_taken(client: Client, server: Loopback) -> None:
    limits = Limits("Provider", most_bytes=1_000_000)
    for reply in (Reply(b"x" * 1_000_001), bomb(30), Reply(b"x", headers={"Content-Length": "2000000"})):
        server.answer("GET", "/", reply)
        error = await failure(client, Request(server.url("/")), limits)
        assert isinstance(error, WrongAnswer)
        assert str(error) == "Provider sent more than 1 MB; nothing was kept."


@pytest.mark.parametrize("fault", ["cut", "reset", "garbage"])
async def test_half_an_answer_is_none(client: Client, server: Loopback, waits: Waits, fault: str) -> None:
    server.answer("GET", "/", Reply(b"x" * 1000, fault=fault))  # type: ignore[arg-type]
    assert str(await failure(client, Request(server.url("/")))) == "Provider cut off its answer."
    assert len(server.seen) == 3


async def test_a_packed_body_that_ends_early_is_none(client: Client, server: Loopback) -> None:
    packed = gzip.compress(b"x" * 1000)[:-4]
    server.answer("GET", "/", Reply(packed, headers={"Content-Encoding": "gzip"}))
    assert str(await failure(client, Request(server.url("/")))) == "Provider cut off its answer."


async def test_cancelling_ends_a_request_at_once(client: Client, server: Loopback) -> None:
    server.answer("GET", "/", Reply(fault="hang"))
    task = asyncio.create_task(client.fetch(Request(server.url("/")), LIMITS))
    await asyncio.to_thread(server.received.wait, 5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 1)


def test_a_dead_resolver_does_not_hold_the_end(server: Loopback) -> None:
    release = threading.Event()

    def find(host: str, port: int) -> list[str]:
        release.wait(10)
        return []

    async def ask() -> SourceError:
        async with Client(HERE, find=find) as client:
            limits = Limits("Provider", connect_seconds=0.1)
            return await failure(client, Request("https://data.example.org/"), limits)

    before = time.monotonic()
    assert str(asyncio.run(ask())) == "Provider timed out after 0.1 s."
    assert time.monotonic() - before < 5  # the look-up itself would take ten
    release.set()


# ---------------------------------------------------------------------- again


async def test_trouble_that_passes_is_asked_away(client: Client, server: Loopback, waits: Waits) -> None:
    server.answer("GET", "/", Reply(status=503), Reply(b"half", fault="cut"), Reply(b"good"))
    fetched = await client.fetch(Request(server.url("/")), LIMITS)
    assert fetched.body == b"good"
    assert waits == [0.5, 1.0]


@pytest.mark.parametrize("status", [400, 401, 403, 404])
async def test_a_no_is_not_asked_again(client: Client, server: Loopback, status: int) -> None:
    server.answer("GET", "/", Reply(b"because", status))
    fetched = await client.fetch(Request(server.url("/")), LIMITS)
    assert (fetched.status, fetched.body, len(server.seen)) == (status, b"because", 1)


async def test_a_rest_that_is_asked_for_is_kept(client: Client, server: Loopback, waits: Waits) -> None:
    server.answer("GET", "/", Reply(status=429, headers={"Retry-After": "2"}), Reply(b"good"))
    assert (await client.fetch(Request(server.url("/")), LIMITS)).body == b"good"
    assert waits == [2.0]


async def test_a_rest_longer_than_the_time_left_is_told_at_once(
    client: Client, server: Loopback, waits: Waits
) -> None:
    server.answer("GET", "/", Reply(status=429, headers={"Retry-After": "99999999"}))
    fetched = await client.fetch(Request(server.url("/")), LIMITS)
    assert (fetched.status, fetched.retry_after) == (429, RETRY_AFTER_SECONDS)
    assert (waits, len(server.seen)) == ([], 1)


@given(st.text(max_size=40) | st.integers().map(str) | st.floats().map(str))
def test_any_retry_after_gives_a_rest_within_the_limit_or_none(value: str) -> None:
    rest = retry_after(value, "", datetime(2026, 9, 14, tzinfo=UTC))
    assert rest is None or 0 <= rest <= RETRY_AFTER_SECONDS


def test_retry_after_as_a_date_counts_from_the_date_of_the_answer() -> None:
    date, value = "Mon, 14 Sep 2026 12:00:00 GMT", "Mon, 14 Sep 2026 12:02:00 GMT"
    assert retry_after(value, date, datetime(2020, 1, 1, tzinfo=UTC)) == 120
    assert retry_after("soon", date, datetime(2020, 1, 1, tzinfo=UTC)) is None


# ---------------------------------------------------------------------- redirects and hosts


async def test_redirects_on_the_same_host_are_followed(client: Client, server: Loopback) -> None:
    server.answer("GET", "/old", redirect("/new?x=1", 301))
    server.answer("GET", "/new?x=1", Reply(b"moved"))
    fetched = await client.fetch(Request(server.url("/old")), LIMITS)
    assert (fetched.body, fetched.url) == (b"moved", server.url("/new?x=1"))


async def test_redirects_without_end_are_given_up(client: Client, server: Loopback) -> None:
    server.answer("GET", "/", redirect("/"))
    assert str(await failure(client, Request(server.url("/")))) == "Provider redirects without end."
    assert len(server.seen) == 6


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("http://portal.example.org/sign-in", "Provider sends us to portal.example.org without encryption."),
        ("https://portal.example.org/sign-in", "Provider sends us to a foreign host, portal.example.org."),
        ("http://10.0.0.1/", "Provider sends us to 10.0.0.1 without encryption."),
        ("file:///etc/passwd", "Provider sends us to an address that is none."),
        ("https://host:port/", "Provider sends us to an address that is none."),
    ],
)
async def test_redirects_elsewhere_are_not_followed(
    client: Client, server: Loopback, target: str, words: str
) -> None:
    server.answer("GET", "/", redirect(target))
    error = await failure(client, Request(server.url("/")))
    assert isinstance(error, Elsewhere)
    assert str(error) == words


async def test_a_name_that_leads_to_a_private_address_is_not_asked() -> None:
    for address in ("127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:192.168.0.1", "fd00::1"):
        async with Client(Network(), find=at(address)) as client:
            error = await failure(client, Request("https://data.example.org/"), Limits("Provider"))
        assert isinstance(error, NoAnswer)
        assert error.cause == "private"


def test_public_addresses_are_public() -> None:
    assert is_public("93.184.216.34")
    assert is_public("2606:4700::1111")
    assert not is_public("64:ff9b::10.0.0.1")
    assert not is_public("224.0.0.1")
    assert not is_public("data.example.org")


async def test_without_allowance_this_machine_is_not_asked(server: Loopback) -> None:
    async with Client(Network()) as client:
        await failure(client, Request(server.url("/")), Limits("Provider"))
    assert not server.seen


# ---------------------------------------------------------------------- secrets


def with_secrets(url: str) -> Request:
    return Request(
        url, query=(("q", "1"),), secret_query=(("api_key", SECRET),), secret_headers=(("X-Key", SECRET),)
    )


async def test_a_secret_is_sent_and_shown_nowhere(
    client: Client, server: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.answer("GET", f"/?q=1&api_key={SECRET}", Reply(b"ok"))
    fetched = await client.fetch(with_secrets(server.url("/")), LIMITS)
    assert server.seen[0].header("x-key") == SECRET
    assert fetched.url == server.url("/?q=1")
    assert SECRET not in repr(fetched) + caplog.text
    assert [record for record in caplog.records if record.name.startswith("http")] == []


async def test_a_secret_is_in_no_error(client: Client, server: Loopback) -> None:
    server.answer("GET", f"/?q=1&api_key={SECRET}", Reply(b"xx", fault="cut"))
    error = await failure(client, with_secrets(server.url("/")))
    assert error.__cause__ is None
    assert error.__context__ is None
    assert SECRET not in str(error) + repr(error)


def test_a_secret_does_not_follow_a_redirect_to_another_host() -> None:
    first = Hop.first(with_secrets("https://a.example.org/data"))
    other = first.redirected(302, f"https://b.example.org/data?q=1&api_key={SECRET}&again={SECRET}")
    assert other.url == "https://b.example.org/data?q=1"
    assert SECRET not in other.sent_to("b.example.org") + repr(other.secret_headers)
    same = first.redirected(302, f"/new?api_key={SECRET}")
    assert same.url == "https://a.example.org/new"
    assert same.secret_headers == first.secret_headers
    assert SECRET not in repr(first) + repr(same)


# ---------------------------------------------------------------------- the way there


async def test_offline_opens_no_socket() -> None:
    def find(host: str, port: int) -> list[str]:
        raise AssertionError("asked for an address")

    async with Client(Network(offline=True), find=find) as client:
        error = await failure(client, Request("https://data.example.org/"))
    assert str(error) == "Started with --offline. Refresh is off."


async def test_no_name_and_no_one_there_are_told_apart(client: Client) -> None:
    def find(host: str, port: int) -> list[str]:
        raise OSError("no such host")

    async with Client(HERE, find=find) as lost:
        error = await failure(lost, Request("https://data.example.org/"), Limits("Provider"))
    assert str(error) == "Provider was not found: no address is known for data.example.org."
    with Loopback() as gone:
        url = gone.url("/")
    assert str(await failure(client, Request(url))) == "Provider refused the connection."


async def test_another_address_is_tried_where_the_first_leads_nowhere(server: Loopback) -> None:
    server.answer("GET", "/", Reply(b"here"))
    network = Network(allowed=frozenset({"localhost"}))
    async with Client(network, find=at("127.0.0.2", "127.0.0.1")) as client:
        fetched = await client.fetch(Request(f"http://localhost:{server.port}/"), Limits("Provider"))
    assert fetched.body == b"here"
    assert server.seen[0].header("host") == f"localhost:{server.port}"


async def test_encryption_is_not_given_up(server: Loopback) -> None:
    server.answer_all(Reply(b"plain"))
    url = server.url("/").replace("http://", "https://")
    async with Client(HERE) as client:
        error = await failure(client, Request(url), Limits("Provider", tries=1))
    assert isinstance(error, NoAnswer)
    assert error.cause in ("tls", "cut")
    assert all(request.method not in ("GET", "POST") for request in server.seen)


@pytest.mark.parametrize("value", ["socks9://x:1", "http://", "http://[", "http://host:port"])
async def test_a_bad_proxy_is_named_without_its_value(value: str) -> None:
    network = Network(environment={"HTTPS_PROXY": value})
    async with Client(network) as client:
        error = await failure(client, Request("https://data.example.org/"), Limits("Provider"))
    assert str(error) == (
        "Provider was not asked: the variable HTTPS_PROXY names no proxy that we can use; "
        "expected http://host:port."
    )


async def test_a_proxy_is_asked_for_the_way_and_a_refusal_is_told(server: Loopback) -> None:
    server.answer_all(Reply(b"", 407))
    network = Network(environment={"https_proxy": f"http://user:{SECRET}@127.0.0.1:{server.port}"})
    async with Client(network) as client:
        error = await failure(client, Request("https://data.example.org/"), Limits("Provider", tries=1))
    assert str(error) == "Provider was not asked: the proxy does not let us through."
    assert server.seen[0].method == "CONNECT"


def test_the_password_of_a_proxy_is_in_no_repr() -> None:
    proxy = proxy_for("https", "example.org", {"https_proxy": f"http://user:{SECRET}@proxy:3128"})
    assert proxy
    assert SECRET in proxy.url()
    assert SECRET not in f"{proxy!r} {proxy}"


async def test_behind_a_proxy_private_names_are_not_asked(server: Loopback) -> None:
    network = Network(environment={"https_proxy": server.url()})
    async with Client(network) as client:
        for host in ("printer", "nas.local", "10.0.0.1", "2130706433"):
            assert isinstance(await failure(client, Request(f"https://{host}/"), Limits("P")), NoAnswer)
    assert not server.seen


def test_no_proxy_excepts_hosts_domains_and_networks() -> None:
    environment = {"https_proxy": "proxy:3128", "no_proxy": "example.org, 10.0.0.0/8,other.net:443"}
    for host in ("example.org", "data.example.org", "10.2.3.4", "other.net"):
        assert proxy_for("https", host, environment) is None
    for host in ("example.com", "badexample.org", "11.2.3.4"):
        found = proxy_for("https", host, environment)
        assert found
        assert (found.host, found.port, found.variable) == ("proxy", 3128, "https_proxy")


async def test_a_bad_certificate_file_is_named() -> None:
    network = Network(environment={"SSL_CERT_FILE": "missing.pem"})
    async with Client(network, find=at("93.184.216.34")) as client:
        error = await failure(client, Request("https://data.example.org/"), Limits("Provider"))
    assert "SSL_CERT_FILE names no usable certificates" in str(error)
