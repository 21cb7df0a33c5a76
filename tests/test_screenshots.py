"""The pictures in docs/: the app draws them, and whoever opens one loads and runs nothing."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from cache.paths import places
from scripts.screenshot import SHOTS, pictures

ROOT = Path(__file__).parents[1]
WORDS = {"overview": "Bottom line", "monetary-stability": "M2 minus M1 growth", "entity": "Huawei"}


def words_of(picture: str) -> str:
    return re.sub(r"\s+", " ", " ".join(ElementTree.fromstring(picture).itertext()))  # noqa: S314


def draw(home: Path) -> dict[str, str]:
    return asyncio.run(pictures(places({"BRIEFING_HOME": str(home)})))


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pictures as the app draws them now."""
    return draw(tmp_path_factory.mktemp("drawn"))


def test_the_app_draws_the_same_pictures_each_time(drawn: dict[str, str], tmp_path: Path) -> None:
    assert drawn == draw(tmp_path)
    assert set(drawn) == set(WORDS) == set(SHOTS)
    for name, picture in drawn.items():
        assert WORDS[name] in words_of(picture)
        assert "not judged yet" not in words_of(picture)
        assert str(tmp_path) not in picture


@pytest.mark.parametrize("name", SHOTS)
def test_the_documentation_shows_what_the_app_shows(drawn: dict[str, str], name: str) -> None:
    kept = (ROOT / "docs" / f"{name}.svg").read_text(encoding="utf-8")
    assert words_of(kept) == words_of(drawn[name]), "make screenshots draws them again"


def test_every_picture_of_the_documentation_is_one_of_these() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\(docs/([a-z-]+)\.svg\)", text)) == set(SHOTS)
    for name in SHOTS:
        picture = (ROOT / "docs" / f"{name}.svg").read_text(encoding="utf-8")
        assert WORDS[name] in words_of(picture)
        assert not re.search(r"<script|<image|@import|url\(http|href=|<!--", picture)
