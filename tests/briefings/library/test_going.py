"""Going by name: what some letters mean, in both scripts and by the sound of Chinese names."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.desk import Desk
from briefings.library.going import Lines
from briefings.search.initials import initials
from tests.homes import places_in

HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    from briefings.desk import Library, open_desk

    home = tmp_path_factory.mktemp("home")
    with closing(open_desk(Library(places_in(home)))) as desk:
        desk.use_names(desk.gather_names())
        yield desk


def ids(desk: Desk, typed: str, most: int = 8, recent: tuple[str, ...] = ()) -> list[str]:
    return [item.id for _, item in desk.named_like(typed, most, recent)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("huawei", "huawei"),
        ("HUA", "huawei"),
        ("华为", "huawei"),
        ("为", "huawei"),
        ("hw", "huawei"),
        ("zxgj", "smic"),
        ("zgrmyh", "pboc"),
        ("cxcc", "cxmt"),
        ("fwgzcf", "afsl"),
        ("decree 835", "decree-835"),
        ("c10", "china-legal-shield#c10"),
        ("hwi", "huawei"),
        ("china", "china-legal-shield"),
        ("court test", "china-legal-shield#p4"),
        ("制裁法", "afsl"),
        ("ｈｕａｗｅｉ", "huawei"),
    ],
)
def test_what_is_typed_finds_its_item_first(bundled: Desk, typed: str, first: str) -> None:
    assert ids(bundled, typed)[0] == first


@pytest.mark.parametrize("typed", ["", " ", "%", "_", "\\", "xyzzyx", "'; --", "\x00", "\U0010ffff"])
def test_letters_that_mean_nothing_find_nothing(bundled: Desk, typed: str) -> None:
    assert ids(bundled, typed) == []


def test_of_equal_ones_the_recent_comes_first(bundled: Desk) -> None:
    plain = ids(bundled, "h")
    assert plain[0] != "huawei"
    assert ids(bundled, "h", recent=("huawei",))[0] == "huawei"


def test_every_bundled_chinese_name_has_initials(bundled: Desk) -> None:
    rows = bundled.index.connection.execute("SELECT name FROM names WHERE rank = 2")
    names = [name for (name,) in rows if HAN.search(name)]
    assert len(names) > 40
    assert [name for name in names if not initials(name)] == []
    whole = [name for name in names if all(HAN.match(c) for c in name)]
    assert [name for name in whole if len(initials(name)[0]) != len(name)] == []


@given(st.text(max_size=12))
def test_initials_are_letters_one_for_each_character_at_most(name: str) -> None:
    for each in initials(name):
        assert len(each) <= len(name.casefold())
        assert set(each) <= set(string.ascii_lowercase + string.digits)
    if name.isascii():
        assert initials(name) == ()


@given(typed=st.text(max_size=6))
def test_no_text_breaks_going(bundled: Desk, typed: str) -> None:
    found = bundled.named_like(typed, 5)
    assert len(found) <= 5
    assert [fit for fit, _ in found] == sorted(fit for fit, _ in found)


def test_before_names_are_gathered_those_are_found_that_begin_so(bundled: Desk) -> None:
    with closing(Desk(bundled.library)) as fresh:
        assert fresh.lacks_names()
        assert ids(fresh, "hua")[0] == "huawei"
        assert ids(fresh, "uawei") == []
        fresh.use_names(fresh.gather_names())
        assert not fresh.lacks_names()
        assert ids(fresh, "uawei")[0] == "huawei"


@given(
    st.lists(st.text("ab 华", min_size=1, max_size=5), max_size=12), st.text("ab华", min_size=1, max_size=2)
)
def test_lines_find_what_looking_at_each_name_finds(names: list[str], word: str) -> None:
    lines = Lines("\n".join(names), "\n".join(map(str, range(len(names)))))
    assert list(lines.holding([word])) == [(n, str(at)) for at, n in enumerate(names) if word in n]
    apart = re.compile(".*".join(map(re.escape, word)))
    assert list(lines.apart(word)) == [(n, str(at)) for at, n in enumerate(names) if apart.search(n)]
