"""A server that replays answers, and the desk of a user who refreshes from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.loopback import Loopback
from tests.refreshing import Desk, opened


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as server:
        yield server


@pytest.fixture
def desk(server: Loopback, tmp_path: Path) -> Iterator[Desk]:
    with opened(server, tmp_path) as desk:
        yield desk
