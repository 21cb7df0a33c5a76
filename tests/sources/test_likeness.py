"""Tests of names that mistyped words may mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.likeness import BEGUN, SIMILARITY, Names, nearest

NAMES = [f"cn.series_{number}" for number in range(300)] + ["legal-shield", "Huawei", "华为技术有限公司"]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("huawie", "Huawei"),
        ("legl-shield", "legal-shield"),
        ("egal-shield", "legal-shield"),
        ("cn.seris_207", "cn.series_207"),
        ("华为技术公司", "华为技术有限公司"),
        ("cn.series_20", "cn.series_20"),
        ("CN.Series_29", "cn.series_29"),
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
    if begun := [name for name in names if name.startswith(word) and len(word) >= BEGUN]:
        assert found == min(begun, key=lambda name: (len(name), name))
    elif found is None:
        assert best < SIMILARITY
    else:
        assert SequenceMatcher(None, found, word).ratio() == best


def test_of_names_that_are_equally_like_the_first_by_alphabet_is_offered() -> None:
    assert nearest("smid", ["smix", "smib", "smia"]) == "smia"


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("cn.m2", "cn.m2_yoy"),
        ("CN.M2", "cn.m2_yoy"),
        ("cn.m2_m", "cn.m2_m1_gap"),
        ("cn", "cny"),
        ("m2", None),
    ],
)
def test_a_name_that_is_only_begun_comes_before_one_that_is_more_alike(word: str, name: str | None) -> None:
    assert nearest(word, ["cn.pmi", "cn.m2_m1_gap", "cn.m2_yoy", "cny"]) == name


def test_names_can_be_asked_again_and_again() -> None:
    names = Names(NAMES)
    assert [names.nearest("huawie"), names.nearest("quarks"), names.nearest("huawie")] == [
        "Huawei",
        None,
        "Huawei",
    ]
