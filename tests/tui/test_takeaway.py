"""Names of files that are offered for charts and tables: they stay in the folder, and are seen there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.pages.page import Address, Page
from tui.screens.takeaway import default_file


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("cn.m2_yoy", "cn.m2_yoy.csv"),
        ("growth:cn.m2_yoy", "growth-cn.m2_yoy.csv"),
        ("../../.ssh/authorized_keys", "ssh-authorized_keys.csv"),
        ("/etc/passwd", "etc-passwd.csv"),
        ("--output", "output.csv"),
        ("~root", "root.csv"),
        ("..", "figures.csv"),
    ],
)
def test_a_file_is_named_after_what_is_in_it(name: str, file: str) -> None:
    assert default_file(Page(Address("table", name=name), path=(), reading=(), plotted=(name,))) == file


@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=3))
def test_no_name_leads_to_another_folder(names: list[str]) -> None:
    file = default_file(Page(Address("table"), path=(), reading=(), plotted=tuple(names)))
    assert Path(file).name == file
    assert re.match(r"[\w]", file)
