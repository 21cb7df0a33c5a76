"""Tests of names that mistyped words may mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.likeness import SIMILARITY, Names, nearest

NAMES = [f"cn.series_{number}" for number in range(300)] + ["legal-shield", "Huawei", "华为技术有限公司"]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("huawie", "Huawei"),
        ("legl-shield", "legal-shield"),
        ("egal-shield", "legal-shield"),
        ("cn.seris_207", "cn.series_207"),
        ("华为技术公司", "华为技术有限公司"),
        ("quarks", None),
        ("", None),
    ],
)
def test_the_nearest_name_is_offered(word: str, name: str | None) -> None:
    assert nearest(word, NAMES) == name


@given(st.text("abcd", min_size=1, max_size=12), st.lists(st.text("abcd", max_size=12), max_size=24))
def test_the_quick_look_loses_no_candidate(word: str, names: list[str]) -> None:
    from difflib import SequenceMatcher

    best = max((SequenceMatcher(None, name, word).ratio() for name in names), default=0.0)
    found = nearest(word, names)
    if found is None:
        assert best < SIMILARITY
    else:
        assert SequenceMatcher(None, found, word).ratio() == best


def test_of_names_that_are_equally_like_the_first_by_alphabet_is_offered() -> None:
    assert nearest("smid", ["smix", "smib", "smia"]) == "smia"


def test_names_can_be_asked_again_and_again() -> None:
    names = Names(NAMES)
    assert [names.nearest("huawie"), names.nearest("quarks"), names.nearest("huawie")] == [
        "Huawei",
        None,
        "Huawei",
    ]
