"""Blocks of documents as lines of styled cells."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.documents.model import Block, BlockKind, Link, Mark, Span, Statement
from tui.layout import roles
from tui.layout.blocks import flow, gap, layout, targets
from tui.layout.context import Context, Judgement
from tui.layout.lines import Line

HUAWEI = Link("item", "huawei")
SMCI = Link("item", "smci")
GAP = Link("figure", "mean(cn.gap, 2023)")
FIGURES = Context(
    known=lambda link: link.target != "smci",
    figure=lambda _: "7.78 pp 2023 ✗",
    name=lambda link: "M2-M1 gap" if link.target == "cn.gap" else None,
    mark=lambda link, told: "✗j" if link.target == "#c10" else "",
    verdict=lambda _: "✗ contradicted   measured 7.78 pp",
)

TEXTS = st.text("ab 12.%中文，（👩\u200d\u0301\u00a0\t\n", max_size=40)
LINKS = st.sampled_from([None, HUAWEI, GAP, SMCI, Link("url", "https://a.example")])
SPANS = st.lists(st.builds(Span, TEXTS, st.integers(0, 1023), LINKS), max_size=4).map(tuple)
CLAIM = Statement(
    "c10",
    "The gap between M2 and M1 growth averaged 4.8 points in 2023",
    says_zh="2023年差额平均为4.8个百分点",
    where="indicator table, row 1",
    test="mean(cn.gap, 2023) ~ 4.8 +- 0.2",
    about=("cn.gap", "pboc"),
    cause="d835",
    note=(Span("See "), Span("M1", 0, Link("item", "m1")), Span(".")),
    evidence=(Span("tables", 0, Link("url", "https://b.example")),),
)
STATEMENTS = st.builds(
    Statement, st.sampled_from(["c10", "gap-2023-" * 6]), TEXTS, where=TEXTS, test=TEXTS, note=SPANS
)


@st.composite
def any_block(draw: st.DrawFn) -> Block:
    kinds: list[BlockKind] = [
        "heading", "paragraph", "item", "code", "table", "rule", "claim", "prediction",
    ]  # fmt: skip
    kind = draw(st.sampled_from(kinds))
    return Block(
        kind,
        spans=draw(SPANS),
        level=draw(st.integers(0, 12)),
        marker=draw(st.sampled_from(["", "-", "3.", "1000."])),
        quote=draw(st.integers(0, 3)),
        rows=draw(st.lists(st.lists(SPANS, max_size=4).map(tuple), max_size=3).map(tuple)),
        headed=draw(st.booleans()),
        note=draw(st.sampled_from(["", "w", "entity, company"])),
        statement=draw(STATEMENTS) if kind in ("claim", "prediction") else None,
    )


def words(text: str, marks: int = 0, link: Link | None = None) -> tuple[Span, ...]:
    return (Span(text, marks, link),)


def drawn(block: Block, width: int = 72, context: Context | None = None) -> list[str]:
    return [line.text for line in layout(block, width, context or Context())]


def roles_of(line: Line) -> list[tuple[str, str]]:
    return [(run.text, run.role) for run in line.runs]


@settings(max_examples=300)
@given(any_block(), st.integers(1, 300), st.booleans(), st.integers(0, 3))
def test_any_block_fits_any_width_and_its_runs_know_their_place(
    block: Block, width: int, ascii_only: bool, shift: int
) -> None:
    context = Context(figure=FIGURES.figure, known=FIGURES.known, mark=FIGURES.mark, ascii=ascii_only)
    lines = layout(block, width, context, shift)
    text, links = flow(block, context), targets(block)
    assert lines
    for line in lines:
        assert width < 2 or line.width <= width
        assert "\n" not in line.text
        for run in line.runs:
            assert run.target < len(links)
            assert run.start < 0 or run.text == text[run.start : run.start + len(run.text)]


@given(any_block(), st.integers(2, 100))
def test_every_word_of_a_block_is_drawn(block: Block, width: int) -> None:
    if block.kind == "table":
        return
    shown = "".join(run.text for line in layout(block, width) for run in line.runs if run.start >= 0)
    assert "".join(shown.split()) == "".join(flow(block).split())


def test_a_heading_carries_its_note_at_the_right_end_where_there_is_room() -> None:
    block = Block("heading", spans=words("Bottom line"), level=1, note="w")
    (line,) = layout(block, 20)
    assert line.text == "Bottom line        w"
    assert [run.role for run in line.runs if run.text.strip()] == [roles.TITLE, roles.KEY]
    assert drawn(block, 13) == ["Bottom line"]


def test_items_hang_under_their_text() -> None:
    item = Block("item", spans=words("one two three"), level=2, marker="-")
    assert drawn(item, 12) == ["  - one two", "    three"]
    assert drawn(Block("item", spans=words("more"), level=2), 12) == ["    more"]
    assert drawn(Block("item", spans=words("one two"), level=1, marker="10."), 9) == ["10. one", "    two"]


def test_a_quotation_is_marked_once() -> None:
    block = Block("paragraph", spans=words("one two"), quote=1)
    assert drawn(block, 5) == ["› one", "  two"]
    assert drawn(block, 5, Context(ascii=True)) == ["> one", "  two"]


def test_code_keeps_its_blanks_and_goes_on_below_a_mark() -> None:
    block = Block("code", spans=words("if x:\n\treturn  中文代码\n\nend\n"))
    assert drawn(block, 15) == ["if x:", "    return  中", "⋯ 文代码", "", "end"]


def test_a_rule_runs_across() -> None:
    assert drawn(Block("rule"), 5) == ["╌╌╌╌╌"]
    assert drawn(Block("rule"), 5, Context(ascii=True)) == ["-----"]


def test_marks_have_roles_and_a_link_wins() -> None:
    spans = (Span("a", Mark.STRONG), Span("b", Mark.CODE), Span("c", Mark.BAD), Span("d", Mark.BAD, HUAWEI))
    (line,) = layout(Block("paragraph", spans=spans), 72)
    assert roles_of(line) == [("a", roles.STRONG), ("b", roles.CODE), ("c", roles.BAD), ("d", roles.LINK)]


@pytest.mark.parametrize(
    ("mark", "runs"),
    [
        ("✓", [("✓", roles.GOOD), (" ", roles.INK)]),
        ("✗j", [("✗", roles.BAD), ("j", roles.QUIET), (" ", roles.INK)]),
        ("~✗ ", [("~✗", roles.BAD), ("  ", roles.INK)]),
        ("▢", [("▢", roles.QUIET), (" ", roles.INK)]),
    ],
)
def test_a_glyph_looks_the_same_in_a_list_as_after_a_link(mark: str, runs: list[tuple[str, str]]) -> None:
    block = Block("paragraph", spans=(Span(f"{mark} ", Mark.SIGN), Span("C10")))
    (line,) = layout(block, 72)
    assert roles_of(line) == [*runs, ("C10", roles.INK)]
    assert flow(block) == line.text


def test_a_dangling_link_shows_that_it_leads_nowhere() -> None:
    block = Block("paragraph", spans=(Span("see "), Span("SMCI", 0, SMCI)))
    (line,) = layout(block, 72, FIGURES)
    assert line.text == "see [?] SMCI"
    assert line.runs[-1].role == roles.DANGLING
    assert flow(block, FIGURES) == "see SMCI"


def test_the_way_to_a_section_is_ascii_where_all_is() -> None:
    block = Block("paragraph", spans=(Span("plan › aims", 0, Link("item", "plan#aims")),))
    assert drawn(block) == ["plan › aims"]
    assert drawn(block, 72, Context(ascii=True)) == ["plan > aims"]


def test_a_figure_shows_its_value_and_stays_whole() -> None:
    block = Block("paragraph", spans=(Span("It was "), Span("", 0, GAP)))
    assert drawn(block, 13, FIGURES) == ["It was", "7.78 pp", "2023 ✗"]
    (line,) = layout(block, 72, FIGURES)
    assert roles_of(line)[1:] == [("7.78 pp", roles.FIGURE), (" 2023 ", roles.QUIET), ("✗", roles.BAD)]
    assert drawn(block) == ["It was mean(cn.gap, 2023)"]


def test_a_link_to_a_claim_carries_its_verdict() -> None:
    block = Block("paragraph", spans=(Span("C10", 0, Link("item", "#c10")), Span(", so")))
    (line,) = layout(block, 72, FIGURES)
    assert line.text == "C10 ✗j, so"
    assert ("✗", roles.BAD) in roles_of(line)
    assert ("j", roles.QUIET) in roles_of(line)


def test_a_figure_that_a_claim_is_about_carries_its_verdict_and_the_link_to_it_does_not() -> None:
    judged = FIGURES._replace(
        figure=lambda _: "7.78 pp 2023",
        judged=lambda expression: Judgement("✗", {"#c10"}) if expression == GAP.target else Judgement(),
        mark=lambda link, told: "" if link.target in told else "✓",
    )
    claims = (Span("C10", 0, Link("item", "#c10")), Span(", "), Span("C11", 0, Link("item", "#c11")))
    block = Block("paragraph", spans=(Span("", 0, GAP), Span(" "), *claims))
    (line,) = layout(block, 72, judged)
    assert line.text == "7.78 pp 2023 ✗ C10, C11 ✓"
    assert ("✗", roles.BAD) in roles_of(line)
    assert flow(block, judged) == "7.78 pp 2023 C10, C11"
    (line,) = layout(Block("paragraph", spans=claims), 72, judged)
    assert line.text == "C10 ✓, C11 ✓"


def test_a_link_over_several_spans_or_lines_is_one_target() -> None:
    spans = (Span("the ", 0, HUAWEI), Span("maker", Mark.STRONG, HUAWEI), Span(" or "), Span("x", 0, SMCI))
    block = Block("paragraph", spans=spans)
    assert targets(block) == (HUAWEI, SMCI)
    assert [run.target for line in layout(block, 5) for run in line.runs if run.target >= 0] == [0, 0, 1]


def test_a_claim_is_a_card() -> None:
    assert drawn(Block("claim", statement=CLAIM), 72, FIGURES) == [
        "C10 ✗j  The gap between M2 and M1 growth averaged 4.8 points in 2023",
        "        2023年差额平均为4.8个百分点",
        "        ✗ contradicted   measured 7.78 pp",
        "        indicator table, row 1",
        "        test  mean(cn.gap, 2023) ~ 4.8 +- 0.2",
        "        evidence  tables",
        "        note  See M1.",
        "        about  M2-M1 gap, pboc",
        "        cause  d835",
    ]


def test_the_links_of_a_card_begin_with_its_own() -> None:
    block = Block("claim", statement=CLAIM)
    assert [link.target for link in targets(block)] == [
        "#c10", "https://b.example", "m1", "cn.gap", "pboc", "d835",
    ]  # fmt: skip
    shown = [run.target for line in layout(block, 72) for run in line.runs if run.target >= 0]
    assert shown == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("window", "said"),
    [
        ("..2026-12-31", "made 2026-04, closes 2026-12-31"),
        ("2026-05..2026-12", "made 2026-04, opens 2026-05, closes 2026-12"),
        ("2027..", "made 2026-04, opens 2027, no deadline"),
        ("", "made 2026-04, no deadline"),
    ],
)
def test_a_prediction_says_when_it_can_be_decided(window: str, said: str) -> None:
    statement = Statement("p1", "It holds", made="2026-04", window=window)
    assert drawn(Block("prediction", statement=statement)) == [
        "P1  It holds",
        f"    {said}",
        "    no resolver",
    ]


def test_a_judgement_says_why() -> None:
    judged = (("verdict", "in part"), ("because", "two of three"), ("on", "2026-09-01"))
    lines = drawn(Block("claim", statement=Statement("c2", "It does", judged=judged)))
    assert lines[1] == "    judged in part on 2026-09-01: two of three"


PARAGRAPH = Block("paragraph", spans=words("a"))
ITEM = Block("item", spans=words("a"), level=1, marker="-")
LABELS = Block("table", rows=((words("a"), words("b")),), headed=False)


@pytest.mark.parametrize(
    ("previous", "block", "rows"),
    [
        (None, PARAGRAPH, 0),
        (PARAGRAPH, PARAGRAPH, 1),
        (ITEM, ITEM, 0),
        (ITEM, PARAGRAPH, 1),
        (ITEM, Block("item", spans=words("more"), level=1), 1),
        (LABELS, LABELS, 0),
        (PARAGRAPH, LABELS, 1),
        (Block("heading", spans=words("a")), PARAGRAPH, 0),
        (PARAGRAPH, Block("heading", spans=words("a")), 1),
        (PARAGRAPH, Block("paragraph"), 0),
    ],
)
def test_blank_rows_part_blocks_but_not_what_belongs_together(
    previous: Block | None, block: Block, rows: int
) -> None:
    assert gap(previous, block) == rows
