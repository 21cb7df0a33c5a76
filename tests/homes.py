"""Homes of readers, each in a folder of its own."""

from __future__ import annotations

from pathlib import Path

from cache.paths import Places, places


def places_in(home: Path) -> Places:
    """Where the files of a home are; whatever the environment says."""
    return places({"BRIEFING_HOME": str(home), "HOME": str(home)})
