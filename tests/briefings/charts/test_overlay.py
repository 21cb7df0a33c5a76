"""What may be added to a chart, and what a few letters mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefings.charts.overlay import Candidate, choices, liked
from sources.catalogue.catalogue import Catalogue, load

NAMES = [
    Candidate("cn.m1_yoy", "M1 growth", "M1同比"),
    Candidate("cn.m2_yoy", "M2 growth", "M2同比"),
    Candidate("us.vix", "VIX, month-end"),
    Candidate("hk.tech", "Hang Seng TECH", "恒生科技指数"),
]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    home: Path = tmp_path_factory.mktemp("catalogue")
    return load(home / "indicators", home)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("m2", "cn.m2_yoy"),
        ("vix", "us.vix"),
        ("恒生", "hk.tech"),
        ("seng tech", "hk.tech"),
        ("cn.m1", "cn.m1_yoy"),
        ("GROWTH M1", "cn.m1_yoy"),
        ("hst", "hk.tech"),
        ("M1 growht", "cn.m1_yoy"),
        ("", "cn.m1_yoy"),
    ],
)
def test_letters_mean_the_nearest_name(words: str, first: str) -> None:
    assert liked(words, NAMES)[0].name == first


def test_a_title_that_is_typed_whole_means_no_less_what_is_nearer_and_begins_so() -> None:
    offered = [Candidate("cn.m1_yoy", "M1 growth"), Candidate("cn.m1_level", "M1")]
    assert [choice.name for choice in liked("m1", offered)] == ["cn.m1_yoy", "cn.m1_level"]
    assert liked("cn.m1_level", offered)[0].name == "cn.m1_level"


def test_what_nothing_is_like_means_nothing() -> None:
    assert liked("zzzzqqq", NAMES) == []


def test_the_former_definition_is_offered_first_then_the_parts(catalogue: Catalogue) -> None:
    offered = [each.name for each in choices(catalogue, ["cn.m2_m1_gap"])]
    assert offered[:3] == ["cn.m2_m1_gap:old", "cn.m2_yoy", "cn.m1_yoy"]
    assert "cn.m2_m1_gap" not in offered
    assert len(offered) == len(catalogue)
    assert choices(catalogue, ["cn.m1_yoy"])[0].name == "cn.m1_yoy:old"
