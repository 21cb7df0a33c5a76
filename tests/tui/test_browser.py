"""Addresses: what of them is shown, which are opened, and what the browser gets."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.limits import MESSAGE_CHARACTERS
from sources.text import clean_line
from tests.tui.conftest import Open
from tui import browser


@pytest.mark.parametrize(
    ("address", "shown", "doubtful"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d", False),
        ("HTTP://example.org/", "HTTP://example.org/", False),
        ("mailto:desk@example.org", "mailto:desk@example.org", False),
        ("https://exаmple.org/", "xn--exmple-4nf.org (https://exаmple.org/)", True),
        (
            "https://bank.example@evil.example/",
            "host evil.example, not bank.example: https://bank.example@evil.example/",
            True,
        ),
        (
            "https://b.org:443@exаmple.org/",
            "host xn--exmple-4nf.org, not b.org: xn--exmple-4nf.org (https://b.org:443@exаmple.org/)",
            True,
        ),
        ("https://example.org/\u202egpj.exe", "https://example.org/\ufffdgpj.exe", False),
    ],
)
def test_an_address_is_shown_as_it_will_be_opened(address: str, shown: str, doubtful: bool) -> None:
    assert browser.described(address) == (shown, doubtful)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd", "javascript:alert(1)", "JavaScript:alert(1)", "java\nscript:alert(1)",
        "data:text/html,x", "ftp://example.org/", "vscode://x", "ms-msdt:x", "x-apple.systempreferences:",
        "//example.org/", "example.org", "-version", "--help", "https://", "https:///x", "http://[",
        "https://host:port/", "", " ", "tel:1", "ssh://h", "file://host/etc/passwd", "javascript://x.org/%0Aalert(1)",
        "https://evil.example\\.bank.example/", "https://evil.example\\@bank.org/", "https://a b.example/",
    ],
)  # fmt: skip
def test_nothing_else_is_opened(address: str) -> None:
    assert browser.described(address) == ("", True)


@given(
    st.text(max_size=400)
    | st.text(alphabet="htps:/@.-[]#?%ехаmple\x1b\n\\", max_size=40).map("https://".__add__)
)
def test_any_address_is_shown_on_one_short_clean_line_or_refused(address: str) -> None:
    shown, _ = browser.described(address)
    assert shown == clean_line(shown)
    assert len(shown) <= MESSAGE_CHARACTERS
    assert not shown or address.strip().lower().startswith(("http", "mailto"))


@pytest.fixture
def witness(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A browser of the user that writes down what it was given, and much into its terminal."""
    script, told = tmp_path / "my browser", tmp_path / "told"
    script.write_text(
        f"#!{sys.executable}\nimport os, sys\n"
        "print('GARBAGE', flush=True); print('GARBAGE', file=sys.stderr)\n"
        f"open({str(told)!r}, 'w').write(repr((sys.argv[1:], 'TERM' in os.environ, sys.stdin.read())))\n"
    )
    script.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"'{script}' %s")
    return told


def test_the_browser_gets_one_argument_and_no_terminal(
    witness: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    address = "https://example.org/$(touch x);`id`?a='b'&c=\"d\" %s ;rm"
    assert browser.open_address(address)
    assert witness.read_text() == repr(([address], False, ""))
    assert capfd.readouterr() == ("", "")


def test_no_module_of_the_folder_is_run(
    witness: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "webbrowser.py").write_text("raise SystemExit(0)")
    monkeypatch.chdir(tmp_path)
    assert browser.open_address("https://example.org/")
    assert witness.exists()


def test_a_machine_without_a_browser_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    if sys.platform.startswith("linux"):
        assert not browser.open_address("https://example.org/")


async def test_where_there_is_no_browser_the_reader_is_told(
    reading: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.browser.open_address", lambda address: False)
    note = "---\nkind: briefing\ntitle: Zeta\ndate: 2027-01-01\n---\n# Words\n[it](https://example.org/x)\n"
    async with reading({"zeta.md": note}) as reader:
        await reader.press("tab", "enter", "enter")
        assert "No browser was found to open it." in await reader.settled()


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "x-app:run"])
async def test_a_link_that_is_no_web_address_does_nothing(
    reading: Open, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    opened: list[str] = []

    def hand_over(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setattr("tui.browser.open_address", hand_over)
    note = f"---\nkind: briefing\ntitle: Zeta\ndate: 2027-01-01\n---\n# Words\n[it]({address}) here\n"
    async with reading({"zeta.md": note}) as reader:
        screen = await reader.press("tab", "enter", "enter")
        assert f"opens {address}" not in screen
        await reader.settled()
    assert opened == []
