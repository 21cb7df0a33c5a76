"""Which file holds which id."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefings.documents.identity import Claimant, identities


def note(path: str, rank: int = 0) -> Claimant:
    return Claimant((rank, path), "", plain=True)


def briefing(path: str, declared: str = "", rank: int = 0) -> Claimant:
    return Claimant((rank, path), declared, plain=False)


def ids(*claimants: Claimant) -> dict[str, str]:
    return {key[1]: name for key, name in identities(claimants).ids.items()}


def test_a_document_has_the_id_it_declares_or_that_of_its_file() -> None:
    assert ids(briefing("b/One.md"), briefing("b/two.md", "second")) == {
        "b/One.md": "one",
        "b/two.md": "second",
    }


def test_of_two_equal_ids_the_lower_rank_then_the_smaller_path_wins() -> None:
    decided = identities([briefing("b.md", "x", 1), briefing("z.md", "X", 0), briefing("a.md", "x", 1)])
    assert decided.ids == {(0, "z.md"): "X"}
    assert decided.losers == {(1, "a.md"): (0, "z.md"), (1, "b.md"): (0, "z.md")}


def test_equal_file_names_of_notes_are_told_apart_by_the_shortest_distinct_path() -> None:
    named = ids(note("a/x/n.md"), note("b/x/n.md"), note("b/y/n.md"), note("alone.md"))
    assert named == {"a/x/n.md": "a/x/n", "b/x/n.md": "b/x/n", "b/y/n.md": "y/n", "alone.md": "alone"}


def test_a_note_gives_way_to_a_document() -> None:
    assert ids(note("notes/huawei.md"), briefing("entities/huawei.md")) == {
        "entities/huawei.md": "huawei",
        "notes/huawei.md": "notes/huawei",
    }


def test_notes_that_no_path_tells_apart_are_numbered() -> None:
    assert sorted(identities([note("a b.md"), note("a-b.md"), note("a  b.md")]).ids.values()) == [
        "a-b",
        "a-b-2",
        "a-b-3",
    ]


paths = st.lists(st.sampled_from(["a", "b", "c d", "甲", "!"]), min_size=1, max_size=3).map(
    lambda p: "/".join(p) + ".md"
)
claimants = st.builds(
    Claimant, st.tuples(st.integers(0, 1), paths), st.sampled_from(["", "a", "A", "b"]), st.booleans()
)


@given(st.lists(claimants, unique_by=lambda claimant: claimant.key), st.randoms())
def test_ids_are_distinct_and_do_not_hang_on_the_order_of_files(
    files: list[Claimant], random: object
) -> None:
    shuffled = list(files)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    decided = identities(files)
    assert identities(shuffled) == decided
    folded = [name.casefold() for name in decided.ids.values()]
    assert len(folded) == len(set(folded))
    assert decided.ids.keys() | decided.losers.keys() == {claimant.key for claimant in files}
    assert all(claimant.key in decided.ids for claimant in files if claimant.plain)
