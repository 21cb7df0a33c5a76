"""Keys of providers: where they are found, and that they show nowhere."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from sources.adapters import provider
from sources.limits import SECRETS_BYTES
from sources.model import SourceError
from sources.provider import Query
from sources.secrets import load, variable

KEY = "0123456789abcdef"


def write(folder: Path, text: str, mode: int = 0o600) -> Path:
    path = folder / "secrets.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


@pytest.fixture(autouse=True)
def keyring(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """A keyring of the test's own, empty at first."""
    held: dict[tuple[str, str], str] = {}
    module = ModuleType("keyring")
    module.get_password = lambda service, name: held.get((service, name))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", module)
    return held


def test_the_environment_comes_before_the_file_and_the_file_before_the_keyring(
    tmp_path: Path, keyring: dict[tuple[str, str], str]
) -> None:
    write(tmp_path, 'a = "file"\nb = "file"\nc = 3\nkeyring = ["a", "b", "c"]\n')
    keyring |= {("briefing", name): "ring" for name in "abcd"}
    found = load(("a", "b", "c", "d"), {"BRIEFING_A": "environment"}, tmp_path)
    assert dict(found) == {"a": "environment", "b": "file", "c": "ring"}
    assert found.origins == {"a": "BRIEFING_A", "b": "secrets.toml", "c": "keyring"}
    assert found.warnings == ()


def test_no_file_and_no_keyring_are_no_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    found = load(("fred",), {}, tmp_path)
    assert (dict(found), found.warnings) == ({}, ())


def test_the_keyring_is_not_even_loaded_where_nobody_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sources.secrets.import_module", lambda name: pytest.fail(f"{name} was loaded"))
    write(tmp_path, 'fred = "file"\nkeyring = ["fred", "github"]\n')
    assert dict(load(("fred", "yahoo"), {}, tmp_path)) == {"fred": "file"}


def test_a_keyring_that_is_named_and_gives_nothing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keyring: dict[tuple[str, str], str]
) -> None:
    path = write(tmp_path, 'keyring = ["fred"]\n')
    empty = load(("fred",), {}, tmp_path).warnings
    assert empty == (f"{path}: no key for fred in the keyring; run: keyring set briefing fred",)
    monkeypatch.setattr(sys.modules["keyring"], "get_password", lambda *_: keyring[KEY, ""])
    assert load(("fred",), {}, tmp_path).warnings == (
        f"{path}: no key for fred: the keyring cannot be asked (KeyError)",
    )
    monkeypatch.setitem(sys.modules, "keyring", None)
    missing = load(("fred",), {}, tmp_path).warnings
    assert missing == (f"{path}: no key for fred: the package `keyring` is not installed",)
    write(tmp_path, "keyring = true\n")
    (warning,) = load(("fred",), {}, tmp_path).warnings
    assert warning == f'{path}: `keyring` is no list of names; expected as keyring = ["fred"]'


def test_a_file_that_others_can_read_is_used_with_a_warning(tmp_path: Path) -> None:
    path = write(tmp_path, f'fred = "{KEY}"', 0o644)
    found = load(("fred",), {}, tmp_path)
    assert found["fred"] == KEY
    assert found.warnings == (f"{path} can be read by others; run: chmod 600 {path}",)


@pytest.mark.parametrize("text", [f"fred = {KEY}", f'fred = "{KEY}', f'a = 1\nfred "{KEY}"', "\x00"])
def test_a_broken_file_is_named_without_what_it_holds(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, text)
    found = load(("fred",), {}, tmp_path)
    assert dict(found) == {}
    assert found.warnings[0].startswith(f"{path}: ")
    assert KEY not in found.warnings[0]


@pytest.mark.parametrize("more", [0, 1])
def test_a_file_ends_at_its_limit(tmp_path: Path, more: int) -> None:
    text = 'fred = "k"\n'
    write(tmp_path, text + "#" * (SECRETS_BYTES - len(text) + more))
    found = load(("fred",), {}, tmp_path)
    assert dict(found) == ({} if more else {"fred": "k"})
    assert ["longer than 64000 bytes" in words for words in found.warnings] == [True] * more


def test_keys_are_in_no_repr(tmp_path: Path) -> None:
    found = load(("fred",), {"BRIEFING_FRED": KEY}, tmp_path)
    assert KEY not in repr(found) + repr(vars(found))
    assert repr(found) == "<secrets: fred>"


@pytest.mark.parametrize(
    ("id_", "fields"),
    [
        ("fred", (("series", "DGS10"),)),
        ("fred", (("series", "DGS10"), ("vintages", "2015-01-01"))),
        ("github", (("repo", "hpcaitech/ColossalAI"), ("count", "stars"))),
    ],
)
def test_keys_are_in_no_repr_and_no_error_of_what_is_asked(
    id_: str, fields: tuple[tuple[str, str], ...]
) -> None:
    asking = provider(id_)
    (asked,) = asking.requests([Query("us.x", "M", fields)], None, date(2026, 9, 17), {id_: KEY})
    sent = str(asked.request.secret_query + asked.request.secret_headers)
    assert KEY in sent
    shown = repr(asked) + str(asked.request) + f"{asked.then(asked.request)}"
    refusal = f'{{"error_message": "Bad Request. The value {KEY} for variable api_key is not registered."}}'
    with pytest.raises(SourceError) as error:
        asking.parse(refusal.encode(), asked)
    shown += str(error.value) + repr(error.value) + asking.explain(400, refusal.encode())
    assert KEY not in shown


def test_what_could_break_a_header_is_no_key(tmp_path: Path) -> None:
    assert dict(load(("fred",), {"BRIEFING_FRED": "a\r\nHost: b"}, tmp_path)) == {}
    assert variable("world-bank") == "BRIEFING_WORLD_BANK"
