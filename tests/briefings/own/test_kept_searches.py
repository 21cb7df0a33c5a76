"""Searches kept in the user's folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefings.own.kept_searches import FILE, drop, keep, read
from briefings.own.lists import on_one_line


def names(folder: Path) -> list[tuple[str, str]]:
    return [(kept.name, kept.query) for kept in read(folder).entries]


def test_searches_are_added_at_the_end_and_dropped_where_they_stand(tmp_path: Path) -> None:
    keep(tmp_path, "one", "huawei verdict:contradicted")
    keep(tmp_path, "二", '"制裁" -note')
    keep(tmp_path, "three", "x")
    assert names(tmp_path) == [("one", "huawei verdict:contradicted"), ("二", '"制裁" -note'), ("three", "x")]
    text = (tmp_path / FILE).read_text("utf-8")
    assert '- name: "二"\n  query: "\\"制裁\\" -note"\n' in text
    assert drop(tmp_path, "二") is not None
    assert drop(tmp_path, "二") is None
    assert names(tmp_path) == [("one", "huawei verdict:contradicted"), ("three", "x")]
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_comments_of_the_user_stay(tmp_path: Path) -> None:
    keep(tmp_path, "one", "a")
    path = tmp_path / FILE
    path.write_text(path.read_text("utf-8") + "\n# mine\n- name: two\n  query: b\n", "utf-8")
    keep(tmp_path, "three", "c")
    drop(tmp_path, "two")
    assert "# mine" in path.read_text("utf-8")
    assert names(tmp_path) == [("one", "a"), ("three", "c")]


def test_a_name_is_kept_once(tmp_path: Path) -> None:
    keep(tmp_path, "One", "a")
    with pytest.raises(ValueError, match='kept as "one" already'):
        keep(tmp_path, "one", "b")


def test_a_damaged_file_is_named_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("- name: [x\n", "utf-8")
    assert read(tmp_path).faults
    with pytest.raises(ValueError, match="mend it first"):
        keep(tmp_path, "a", "b")
    assert (tmp_path / FILE).read_text("utf-8") == "- name: [x\n"


TEXTS = st.text(min_size=1, max_size=30).filter(lambda text: on_one_line(text) != "")


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4, unique_by=lambda pair: on_one_line(pair[0]).casefold()))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_kept_reads_back(tmp_path: Path, pairs: list[tuple[str, str]]) -> None:
    (tmp_path / FILE).unlink(missing_ok=True)
    kept = []
    for name, query in pairs:
        try:
            entry = keep(tmp_path, name, query)
        except ValueError:
            continue
        kept.append((entry.name, entry.query))
    assert names(tmp_path) == kept


def test_comments_before_the_next_search_stay_with_it(tmp_path: Path) -> None:
    keep(tmp_path, "one", "a")
    path = tmp_path / FILE
    path.write_text(path.read_text("utf-8") + "\n# 关于二\n\n- name: two\n  query: b\n", "utf-8")
    drop(tmp_path, "one")
    assert path.read_text("utf-8").endswith("\n# 关于二\n\n- name: two\n  query: b\n")
    assert names(tmp_path) == [("two", "b")]
