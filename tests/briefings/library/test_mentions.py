"""Names in texts that their authors did not link: which are found, and where they become links."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.desk import Library, open_desk
from briefings.documents.model import Block, Link, Mark, Span, Statement
from briefings.library import mentions
from briefings.library.mentions import Linked, Mentions, gathered
from tests.homes import places_in
from tui.layout.blocks import flow

KNOWN = Mentions(
    [
        ("Huawei", "huawei"), ("华为", "huawei"), ("华为技术有限公司", "huawei"), ("Huawei Cloud", "cloud"),
        ("Honor", "honor"), ("荣耀", "honor"), ("PBOC", "pboc"), ("人民银行", "pboc"), ("US", "us"),
        ("Go", "go"), ("法", "law"), ("Decree 835", "decree-835"),
        ("Mercury", "planet"), ("Mercury", "metal"), ("835", "number"), ("M2增速", "m2"),
    ]
)  # fmt: skip


def found(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(text[each.start : each.end], each.owners) for each in KNOWN.find(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Huawei's chips, made by Huawei.", ["Huawei", "Huawei"]),
        ("Huawei Cloud is no part of Huawei", ["Huawei Cloud", "Huawei"]),
        ("MyHuawei Huaweis x_Huawei Huawei_x", []),
        ("an honor; the Honor; HONOR", ["Honor", "HONOR"]),
        ("tell us, US and Us", ["US"]),
        ("去年华为技术有限公司和华为发布", ["华为技术有限公司", "华为"]),
        ("华为Huawei云", ["华为", "Huawei"]),
        ("Ｈｕａｗｅｉ in wide signs", ["Ｈｕａｗｅｉ"]),
        ("Go on; 法 alone is no name, nor 835", []),
        ("under Decree 835, not Decree 8351", ["Decree 835"]),
        ("中国人民银行公布M2增速", ["人民银行", "M2增速"]),
        ("", []),
    ],
)
def test_names_stand_between_word_ends_or_in_running_chinese(text: str, names: list[str]) -> None:
    assert [name for name, _ in found(text)] == names


def test_a_name_of_two_items_names_both() -> None:
    assert found("Mercury") == [("Mercury", ("planet", "metal"))]


def test_so_many_items_are_looked_for_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def owners() -> set[str]:
        return {owner for each in gathered(desk.index).find(text) for owner in each.owners}

    with closing(open_desk(Library(places_in(tmp_path)))) as desk:
        text = ". ".join(listed.title for listed in desk.index.documents("entity", "instrument"))
        assert len(owners()) > 20
        monkeypatch.setattr(mentions, "NAMED_ITEMS", 2)
        assert len(owners()) == 2


ANY = st.text(alphabet="Huawei Cloud华为技术有限公司法US_.' MercuryПравоΣσςİß", max_size=60)


@given(ANY)
def test_mentions_never_overlap_and_lie_in_the_text(text: str) -> None:
    ends = 0
    for mention in KNOWN.find(text):
        assert ends <= mention.start < mention.end <= len(text)
        assert KNOWN.owners(text[mention.start : mention.end]) == mention.owners
        ends = mention.end


def linked(*blocks: Block, besides: tuple[str, ...] = (), known: frozenset[str] | None = None) -> list[Block]:
    names = Linked(blocks, KNOWN, lambda name: known is None or name in known, besides)
    return list(names)


def links(block: Block) -> list[tuple[str, Link | None]]:
    return [(span.text, span.link) for span in block.spans if span.marks & Mark.NAMED]


def paragraph(*spans: Span) -> Block:
    return Block("paragraph", spans=spans)


def test_the_first_mention_in_a_paragraph_is_a_link_and_the_words_stay() -> None:
    block = paragraph(Span("Huawei and 荣耀, then Huawei again", Mark.EMPHASIS))
    made = linked(block)[0]
    assert links(made) == [("Huawei", Link("item", "huawei")), ("荣耀", Link("item", "honor"))]
    assert made.text == block.text
    assert [span.marks for span in made.spans if not span.link] == [Mark.EMPHASIS] * 2


def test_what_the_author_linked_gets_no_further_link() -> None:
    spans = (Span("Huawei 荣耀 "), Span("", link=Link("item", "华为#what")), Span(" Huawei"))
    assert links(linked(paragraph(*spans))[0]) == [("荣耀", Link("item", "honor"))]


@pytest.mark.parametrize(
    "block",
    [
        Block("heading", spans=(Span("Huawei"),), level=2),
        Block("code", spans=(Span("Huawei"),)),
        paragraph(Span("Huawei", Mark.CODE)),
        paragraph(Span("Huawei", Mark.STRUCK)),
        paragraph(Span("Huawei", link=Link("url", "https://example.org"))),
        paragraph(Span("Hua"), Span("wei", Mark.STRONG)),
        Block("table", rows=(((Span("Huawei"),),),)),
    ],
)
def test_headings_code_links_and_heads_stay_as_they_are(block: Block) -> None:
    assert linked(block) == [block]


def test_cells_and_notes_of_claims_have_links() -> None:
    table = Block("table", rows=(((Span("who"),),), ((Span("Huawei"),),), ((Span("Huawei"),),)))
    claim = Block("claim", statement=Statement("c1", "Huawei says", note=(Span("We judge Huawei"),)))
    table, claim = linked(table, claim)
    assert [cell[0].link for row in table.rows for cell in row] == [None, Link("item", "huawei"), None]
    assert claim.statement
    assert claim.statement.note[-1] == Span("Huawei", Mark.NAMED, Link("item", "huawei"))


def test_a_page_does_not_link_to_itself_nor_to_what_is_not_known_yet() -> None:
    block = paragraph(Span("Huawei and Honor"))
    assert links(linked(block, besides=("huawei",))[0]) == [("Honor", Link("item", "honor"))]
    assert links(linked(block, known=frozenset({"honor"}))[0]) == [("Honor", Link("item", "honor"))]


def test_a_name_of_several_is_a_choice_unless_only_one_is_known_that_day() -> None:
    block = paragraph(Span("Mercury"))
    assert links(linked(block)[0]) == [("Mercury", Link("name", "Mercury"))]
    assert links(linked(block, known=frozenset({"metal"}))[0]) == [("Mercury", Link("item", "metal"))]


@given(st.lists(st.tuples(ANY, st.sampled_from([0, Mark.CODE, Mark.STRONG]))))
def test_no_word_is_drawn_otherwise(parts: list[tuple[str, int]]) -> None:
    block = paragraph(*(Span(text, marks) for text, marks in parts))
    assert flow(linked(block)[0]) == flow(block)


def test_the_longest_of_many_names_that_begin_alike_is_found() -> None:
    many = Mentions([(f"China Bank {number}", str(number)) for number in range(3_000)])
    (found,) = many.find("China Bank 17 and China Bank")
    assert found.owners == ("17",)
