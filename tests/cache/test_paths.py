"""Files live where the environment says, and only their owner reads them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from cache.paths import (
    NoHome,
    Places,
    UnsafeFolder,
    is_no_file,
    is_there,
    make_private,
    mending,
    places,
    read_whole,
    warn_if_readable,
    write_private,
)
from tests.locking import refuse


@pytest.fixture(params=[0o000, 0o022, 0o777], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def private(path: Path, *, with_mode: int = 0o700) -> Path:
    path.mkdir()
    path.chmod(with_mode)
    return path


def test_the_home_has_the_places_of_the_xdg_specification() -> None:
    home = Path("/home/ann")
    assert places({"HOME": "/home/ann"}) == Places(
        library=home / ".local/share/briefing/library",
        store=home / ".local/share/briefing/store",
        state=home / ".local/state/briefing",
        cache=home / ".cache/briefing",
        config=home / ".config/briefing",
    )


def test_xdg_variables_count_when_absolute() -> None:
    found = places(
        {"HOME": "/home/ann", "XDG_DATA_HOME": "/data", "XDG_CACHE_HOME": "cache", "XDG_STATE_HOME": ""}
    )
    assert found.store == Path("/data/briefing/store")
    assert found.cache == Path("/home/ann/.cache/briefing")
    assert found.state == Path("/home/ann/.local/state/briefing")


def test_one_folder_can_hold_everything() -> None:
    found = places({"BRIEFING_HOME": "/portable", "XDG_DATA_HOME": "/data"})
    assert (found.library, found.config) == (Path("/portable/library"), Path("/portable/config"))
    assert places({"BRIEFING_HOME": "~/b", "HOME": "/home/ann"}).cache == Path("/home/ann/b/cache")
    assert places({"BRIEFING_HOME": "b"}).state == Path.cwd() / "b/state"


@pytest.mark.parametrize("home", [{}, {"HOME": ""}, {"HOME": "ann"}, {"BRIEFING_HOME": "~", "HOME": ""}])
def test_without_a_home_the_error_says_what_to_set(home: dict[str, str]) -> None:
    with pytest.raises(NoHome, match="BRIEFING_HOME"):
        places(home)


def test_new_folders_are_private_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    make_private(tmp_path / "a/b/c")
    make_private(tmp_path / "a/b/c")
    assert {mode(tmp_path / each) for each in ("a", "a/b", "a/b/c")} == {0o700}


def test_a_folder_that_others_only_read_is_left_as_it_is(tmp_path: Path) -> None:
    folder = private(tmp_path / "open", with_mode=0o755)
    make_private(folder)
    assert mode(folder) == 0o755


@pytest.mark.parametrize("loose", [0o777, 0o770, 0o702])
def test_a_folder_that_others_write_is_refused(tmp_path: Path, loose: int) -> None:
    folder = private(tmp_path / "it's loose", with_mode=loose)
    (tmp_path / "link").symlink_to(folder)
    with pytest.raises(UnsafeFolder, match="written by others") as refused:
        make_private(tmp_path / "link")
    assert os.system(refused.value.command) == 0  # noqa: S605 - the command is what we promise
    make_private(tmp_path / "link")


def test_a_file_in_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("mine")
    with pytest.raises(UnsafeFolder, match="is a file") as refused:
        make_private(tmp_path / "store")
    assert refused.value.command.startswith("mv ")
    assert (tmp_path / "store").read_text() == "mine"
    with pytest.raises(OSError, match="store"):
        make_private(tmp_path / "store/below")


def test_a_folder_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(UnsafeFolder, match="another user"):
        make_private(tmp_path)


def test_a_link_to_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "unmounted")
    with pytest.raises(UnsafeFolder, match="not there"):
        make_private(tmp_path / "link")
    assert not (tmp_path / "unmounted").exists()


def test_a_file_is_written_whole_and_private(tmp_path: Path, umask: int) -> None:
    path = tmp_path / "state.json"
    write_private(path, b"old")
    write_private(path, b"new")
    assert path.read_bytes() == b"new"
    assert mode(path) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_is_replaced_and_what_it_leads_to_is_left(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("theirs")
    (tmp_path / "file").symlink_to(tmp_path / "other")
    write_private(tmp_path / "file", b"ours")
    assert (tmp_path / "other").read_text() == "theirs"
    assert (tmp_path / "file").read_bytes() == b"ours"


def fail(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "state.json"
    write_private(path, b"old")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write_private(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_in_the_way_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "state.json").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_private(tmp_path / "state.json", b"new")
    assert list(tmp_path.iterdir()) == [tmp_path / "state.json"]


def test_what_a_killed_process_left_is_swept(tmp_path: Path) -> None:
    for name in (".briefing-old.tmp", ".briefing-new.tmp", "mine.tmp"):
        (tmp_path / name).touch()
    for name in (".briefing-old.tmp", "mine.tmp"):
        os.utime(tmp_path / name, (0, 0))
    write_private(tmp_path / "a", b"")
    assert {path.name for path in tmp_path.iterdir()} == {".briefing-new.tmp", "mine.tmp", "a"}


def test_secrets_that_others_read_get_a_warning_with_its_cure(tmp_path: Path) -> None:
    path = tmp_path / "my secrets.toml"
    assert warn_if_readable(path) is None
    path.touch(0o640)
    path.chmod(0o640)
    warning = warn_if_readable(path)
    assert warning is not None
    assert os.system(warning.partition("run: ")[2]) == 0  # noqa: S605 - the command is what we promise
    assert mode(path) == 0o600
    assert warn_if_readable(path) is None


def test_a_file_is_read_whole_or_its_beginning(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"abcdef")
    (tmp_path / "link").symlink_to("file")
    assert read_whole(tmp_path / "file") == read_whole(tmp_path / "link") == b"abcdef"
    assert read_whole(tmp_path / "file", 4) == b"abcd"


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, words in (
        (tmp_path / "pipe", "this is no file"),
        (tmp_path, "this is no file"),
        (Path("/dev/zero"), "this is no file"),
        (tmp_path / "none", "No such file"),
    ):
        with pytest.raises(OSError, match=words):
            read_whole(path)


def test_what_stands_in_a_folder_that_keeps_us_out_may_be_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_there(tmp_path)
    assert not is_there(tmp_path / "none")
    (tmp_path / "file").touch()
    assert not is_there(tmp_path / "file" / "below")
    assert mending(tmp_path / "file") == f"chmod u+rwx {tmp_path}"
    assert mending(tmp_path) == f"mv {tmp_path} {tmp_path}.old"
    refuse(monkeypatch, tmp_path)
    assert is_there(tmp_path / "none")
    assert not is_no_file(tmp_path / "file")
    assert mending(tmp_path / "file") == f"chmod u+rwx {tmp_path}"
