"""Every file that we keep damaged at once: it is said once, all is read, and the user's own files stay."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.locking import refuse
from tests.loopback import Loopback, Reply
from tests.refreshing import no_wait
from tests.tui.cli.json_schema import answered
from tests.tui.cli.test_refresh import HOSTS, MONEY, NEWER, NOW
from tests.tui.commanding import Result
from tests.tui.conftest import Open
from tui.cli import refreshing, run
from tui.cli.session import Session
from tui.refreshing.work import Work

OWN = {
    "zeta.md": "---\nkind: briefing\ntitle: Zeta\ndate: 2026-01-01\n---\n# Words\nSee [[huawei]].\n",
    "notes/2026-01-01-huawei.md": "Mine [[huawei]]\n",
    "resolutions.yaml": "- id: china-legal-shield#p1\n  outcome: void\n  date: 2026-09-01\n",
}
KEPT = ("store", "cache", "state")


def garbage(length: int) -> bytes:
    return bytes(number * number % 251 for number in range(length))


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "garbage": lambda data: garbage(len(data)),
    "cut": lambda data: data[: len(data) // 3],
    "empty": lambda data: b"",
    "zeroed": lambda data: bytes(len(data)),
    "a page of a portal": lambda data: b"<!DOCTYPE html><title>Log in</title>" * 99,
    "garbage in the middle": lambda data: data[:4096] + garbage(4096) + data[8192:],
    "garbage from the third page on": lambda data: data[:8192] + garbage(len(data) - 8192),
}

Cli = Callable[..., Result]


@pytest.fixture(scope="module")
def world() -> Iterator[Loopback]:
    with Loopback() as server:
        server.answer("GET", MONEY, Reply(NEWER, headers={"ETag": '"1"'}))
        yield server


@pytest.fixture
def place(tmp_path: Path, world: Loopback, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in OWN.items():
        path = tmp_path / "library" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "config").mkdir(mode=0o700)
    routes = [f'"{host}" = "{world.url()}"' for host in HOSTS]
    (tmp_path / "config/config.toml").write_text("\n".join(["[network.routes]", *routes]))
    monkeypatch.setenv("BRIEFING_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def cli(place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Runs a command on 14 October 2026."""

    def opened(session: Session) -> Work:
        return Work(session.settings, {}, clock=session.now, sleep=no_wait)

    monkeypatch.setattr(Session, "now", lambda _: NOW)
    monkeypatch.setattr(refreshing, "open_work", opened)

    def command(*argv: str) -> Result:
        return Result(run(argv), *capsys.readouterr())

    return command


def every_command(cli: Cli) -> list[Result]:
    return [
        cli("list"),
        cli("read", "zeta"),
        cli("series", "cn.m2_yoy", "--last", "1"),
        cli("claims"),
        cli("search", "huawei"),
    ]


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_whatever_happens_to_our_files_all_is_read_and_fetched_again(
    cli: Cli, place: Path, damage: Callable[[bytes], bytes]
) -> None:
    assert cli("refresh", "cn.m2_yoy").status == 0
    before = every_command(cli)
    own = {path: path.read_bytes() for path in (place / "library").rglob("*") if path.is_file()}
    files = [path for name in KEPT for path in (place / name).rglob("*") if path.is_file()]
    assert len(files) > 6
    for path in files:
        path.write_bytes(damage(path.read_bytes()))
    damaged = every_command(cli)
    assert [result.status for result in damaged] == [0] * len(damaged)
    assert damaged[0].out == before[0].out
    assert damaged[1].out == before[1].out
    assert "Traceback" not in "".join(result.err for result in damaged)
    told = [line for result in damaged for line in result.err.splitlines() if "damaged" in line]
    assert len(told) == len(set(told))
    assert cli("refresh", "cn.m2_yoy").status == 0
    assert (
        answered(cli("series", "cn.m2_yoy", "--last", "1", "--json").out)["data"][0]["observations"][0][
            "value"
        ]
        == 8.0
    )
    again = every_command(cli)
    assert [result.out for result in again[:3]] == [result.out for result in before[:3]]
    assert [line for result in again for line in result.err.splitlines() if "damaged" in line] == []
    assert {path: path.read_bytes() for path in (place / "library").rglob("*") if path.is_file()} == own


@pytest.mark.parametrize("name", KEPT)
def test_a_folder_that_is_gone_comes_back(cli: Cli, place: Path, name: str) -> None:
    before = every_command(cli)
    shutil.rmtree(place / name, ignore_errors=True)
    again = every_command(cli)
    assert [(result.status, result.err) for result in again] == [
        (result.status, result.err) for result in before
    ]


READ = (
    "cache/catalogue.json", "config/config.toml", "config/secrets.toml", "library/indicators/own.yaml",
    "library/resolutions.yaml", "library/forecasts.yaml", "library/searches.yaml", "library/zeta.md",
    "library/notes/2026-01-01-huawei.md", "state/drafts/huawei.txt", "state/reader.db", "store/texts.db",
)  # fmt: skip


@pytest.mark.parametrize("argv", [["claims"], ["note", "huawei"], ["sources"], ["predictions"], ["doctor"]])
def test_a_pipe_in_the_place_of_any_file_is_not_waited_for(place: Path, argv: list[str]) -> None:
    for name in READ:
        (place / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        (place / name).unlink(missing_ok=True)
        os.mkfifo(place / name)
    command = [sys.executable, "-c", "from tui.main import main; raise SystemExit(main())", *argv]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode in (0, 1, 4), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["library", "store", "state", "cache"])
def test_a_folder_that_keeps_us_out_ends_nothing_and_is_named_with_what_mends_it(
    cli: Cli, place: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    every_command(cli)
    with monkeypatch.context() as patch:
        refuse(patch, place / name)
        found = [cli("list"), cli("claims"), cli("predictions"), cli("doctor")]
    assert {result.status for result in found} <= {0, 1}
    said = "".join(result.out + result.err for result in found)
    assert "Permission denied" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("name", ["library", "store", "state", "cache"])
async def test_the_app_opens_where_a_folder_keeps_it_out(
    reading: Open, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading():
        pass
    refuse(monkeypatch, tmp_path / "home" / name)
    async with reading() as reader:
        assert "Bottom line" in await reader.screen()
        assert "P1" in await reader.press("p")
        assert "M2 growth" in await reader.press("2")
        await reader.press("l")
        await reader.settled()


async def test_what_is_damaged_while_the_app_runs_is_told_by_the_comparison_that_meets_it(
    reading: Open,
) -> None:
    async with reading() as reader:
        places = reader.app.desk.library.places
        for path in places.store.glob("texts.db*"):
            path.unlink()
        (places.store / "texts.db").write_bytes(garbage(9_000))
        places.library.mkdir(exist_ok=True)
        (places.library / "new.md").write_text("New words", encoding="utf-8")
        await reader.press("l")
        await reader.settled()
        reader.app.look_at_open_file()
        assert "texts: the file was damaged; it was set aside as" in await reader.row(22)
