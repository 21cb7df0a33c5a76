"""Who passed figures on, short enough for a line that cites them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.figures.carriers import carried, short

TWO = (
    "2024-01..2026-08: one/lens@07d17d0e0ee5:data/a.json (cites a page per month); "
    "2021-01..2023-12 YoY: two/open.data@ad6cd6578544:data.py"
)


@pytest.mark.parametrize(
    ("carrier", "names"),
    [
        ("", ()),
        ("Eastmoney", ("Eastmoney",)),
        ("one/data-file@ee2c50187759:data/exports.csv", ("one/data-file",)),
        (TWO, ("one/lens", "two/open.data")),
        ("a copy of its tables (whose it is not recorded); August from a", ("a copy of its tables",)),
        ("wheel currency 0.18 (source repo one/currency): a.zip", ("wheel currency 0.18",)),
        ("; only an aside", ("; only an aside",)),
    ],
)
def test_a_carrier_is_named_without_its_commit_its_file_and_its_asides(
    carrier: str, names: tuple[str, ...]
) -> None:
    assert short(carrier) == names


@given(st.text(max_size=300))
def test_no_name_of_a_carrier_is_long_unless_a_repository_is(carrier: str) -> None:
    for name in short(carrier):
        assert "/" in name or len(name) <= 60


def test_each_agency_is_named_once_before_its_carriers() -> None:
    pairs = [("PBOC", "a/b@1234567:x"), ("NBS", ""), ("PBOC", TWO), ("PBOC", "a/b@1234567:y"), ("", "lost")]
    assert carried(pairs) == ("PBOC by a/b, one/lens and 1 more", "NBS")
