"""Fenced claims and predictions."""

from __future__ import annotations

import pytest

from briefings.documents.model import Statement
from briefings.documents.parser import Parsed, parse

CLAIM = """\
id: gap-2023
says: The gap averaged
  4.8 points
says_zh: 剪刀差
where: "table, row 1"
test: mean(cn.m2_m1_gap, 2023) ~ 4.8 +- 0.2
about: [cn.m2_m1_gap, pboc]
cause: decree-835
effect: "[[x]]"
note: See [[huawei]].
"""
PREDICTION = """\
id: stack-70
says: A stack holds over 70 %
by: AINews
made: 2026-04
window: ..2026-12-31
wording: will
chance: 0.7
resolves: how, from which source
outcome: {outcome: open, date: 2026-11, source: s}
"""
JUDGED = "judged: {verdict: in part, because: why, on: 2026-11-23, evidence: %s}\n"


def read(kind: str, yaml: str, head: str = "---\nkind: briefing\n---\n") -> Parsed:
    return parse(f"{head}```{kind}\n{yaml}```\n".encode(), path="x.md")


def statement(kind: str, yaml: str) -> Statement:
    parsed = read(kind, yaml)
    assert parsed.faults == ()
    assert parsed.document is not None
    (block,) = parsed.document.blocks
    assert (block.kind, block.line) == (kind, 4)
    assert block.statement is not None
    assert block.anchor == block.statement.id
    return block.statement


def test_a_tested_claim() -> None:
    claim = statement("claim", CLAIM)
    assert (claim.id, claim.says, claim.says_zh) == ("gap-2023", "The gap averaged 4.8 points", "剪刀差")
    assert (claim.where, claim.test) == ("table, row 1", "mean(cn.m2_m1_gap, 2023) ~ 4.8 +- 0.2")
    assert (claim.about, claim.cause) == (("cn.m2_m1_gap", "pboc"), "decree-835")
    assert [span.link.target for span in claim.note if span.link] == ["huawei"]


def test_a_judged_claim_cites_its_evidence() -> None:
    evidence = "[a-note, '[[b|B]]', {title: T, url: https://a.b, retrieved: 2026-11-23}]"
    claim = statement("claim", "id: a\nsays: b\n" + JUDGED % evidence)
    assert claim.judged == (("verdict", "in part"), ("because", "why"), ("on", "2026-11-23"))
    assert "".join(span.text for span in claim.evidence) == "a-note; B; T, retrieved 2026-11-23"
    assert [span.link.target for span in claim.evidence if span.link] == ["a-note", "b", "https://a.b"]


def test_a_prediction_says_by_whom_when_and_how_it_resolves() -> None:
    said = statement("prediction", PREDICTION)
    assert (said.by, said.made, said.window, said.wording) == ("AINews", "2026-04", "..2026-12-31", "will")
    assert (said.chance, said.resolves) == ("0.7", "how, from which source")
    assert said.outcome == (("outcome", "open"), ("date", "2026-11"), ("source", "s"))
    assert statement("prediction", "id: a\nsays: b\noutcome: void\n").outcome == (("outcome", "void"),)


@pytest.mark.parametrize(
    ("kind", "yaml", "expected"),
    [
        ("claim", "says: b\n", "x.md:5: id is missing; expected `id: ...`"),
        ("claim", "id: a\nsays:\n", "x.md:5: says is missing; expected `says: ...`"),
        ("claim", "id: a b\nsays: b\n", 'x.md:5: id "a b" is no id; expected letters'),
        ("claim", "id: a\nsays: b\nwhen: c\n", 'x.md:7: key "when" is unknown; expected where'),
        ("claim", "id: a\nsays: b\nby: c\n", 'x.md:7: key "by" is unknown; expected'),
        ("claim", "id: a\nsays: b\nsince: soon\n", 'x.md:7: since: date "soon" is no date'),
        (
            "claim",
            f"id: a\nsays: b\ntest: {'1+' * 600}1\n",
            "x.md:7: test: 1,201 characters; expected an expression",
        ),
        ("claim", "id: a\nsays: b\njudged: yes\n", "x.md:7: judged is a text; expected a mapping"),
        ("claim", "id: a\nsays: b\njudged: {verdict: supported}\n", "x.md:7: because is missing"),
        ("claim", "id: a\nsays: b\njudged: {verdict: supported}\n", "x.md:7: evidence is missing"),
        (
            "claim",
            "id: a\nsays: b\n" + JUDGED % "[]",
            "x.md:7: a judgement cites nothing; expected at least one",
        ),
        ("claim", "id: a\nsays: b\n" + JUDGED % "[[a]]", "x.md:7: evidence is a list in a list; expected"),
        (
            "claim",
            "id: a\nsays: b\n" + JUDGED % "[{url: ftp://a, title: b}]",
            'x.md:7: url "ftp://a" is no web address',
        ),
        ("claim", "id: a\nsays: b\n" + JUDGED % "[{url: https://a}]", "x.md:7: title is missing"),
        (
            "claim",
            "id: a\nsays: b\ntest: 1 < 2\n" + JUDGED % "[c]",
            "x.md:8: judged stands beside test; expected one",
        ),
        ("claim", "- a\n", "x.md:5: this claim says nothing; expected"),
        ("claim", "id: [\n", "x.md:"),
        ("prediction", "id: a\nsays: b\nmade: x\n", 'x.md:7: made: date "x" is no date; expected'),
        (
            "prediction",
            "id: a\nsays: b\nwindow: later\n",
            'x.md:7: window: date "later" is no date; expected',
        ),
        (
            "prediction",
            "id: a\nsays: b\nwindow: 2027..2026\n",
            'x.md:7: window "2027..2026" ends before it begins',
        ),
        (
            "prediction",
            "id: a\nsays: b\nchance: likely\n",
            'x.md:7: chance "likely" is no probability; expected',
        ),
        ("prediction", "id: a\nsays: b\nchance: 1.1\n", 'x.md:7: chance "1.1" is no probability; expected'),
        ("prediction", "id: a\nsays: b\nchance: nan\n", 'x.md:7: chance "nan" is no probability; expected'),
        ("prediction", "id: a\nsays: b\nchance: 0_1\n", 'x.md:7: chance "0_1" is no probability; expected'),
        ("prediction", "id: a\nsays: b\noutcome: maybe\n", 'x.md:7: outcome "maybe" is unknown; expected'),
        (
            "prediction",
            "id: a\nsays: b\noutcome: {outcome: True}\n",
            'x.md:7: outcome "True" is unknown; expected true',
        ),
    ],
)
def test_what_is_wrong_is_named(kind: str, yaml: str, expected: str) -> None:
    found = [str(fault) for fault in read(kind, yaml).faults]
    assert any(fault.startswith(expected) for fault in found), found


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("id: [a, b\n", 'no "," or "]" where one was expected, for the "[" of line 5'),
        ("says: b\n<<: {id: a}\n", '"<<" merges another mapping; write its entries out'),
    ],
)
def test_one_slip_is_one_fault(yaml: str, expected: str) -> None:
    assert [fault.message for fault in read("claim", yaml).faults] == [expected]


@pytest.mark.parametrize("word", ["supportd", "close", "data ends", "yes"])
def test_a_judgement_uses_the_words_for_judgements(word: str) -> None:
    yaml = "id: a\nsays: b\n" + (JUDGED % "[c]").replace("in part", word)
    (fault,) = read("claim", yaml).faults
    assert str(fault).startswith(f'x.md:7: verdict "{word}" is unknown; expected ')


def test_a_statement_that_cannot_be_read_stays_visible_as_text() -> None:
    parsed = read("claim", "says: something\n")
    assert parsed.document is not None
    assert [(block.kind, block.text) for block in parsed.document.blocks] == [("code", "says: something")]


@pytest.mark.parametrize(
    ("word", "meant"), [("clain", "claim"), ("Claim", "claim"), ("predicton", "prediction")]
)
def test_a_mistyped_statement_is_named_and_stays_visible(word: str, meant: str) -> None:
    parsed = read(word, "id: a\nsays: b\n")
    assert [(str(fault), fault.severity) for fault in parsed.faults] == [
        (f'x.md:4: block "{word}" is unknown; expected {meant}', "warning")
    ]
    assert parsed.document
    assert parsed.document.blocks[0].text == "id: a\nsays: b"


@pytest.mark.parametrize("word", ["", "python", "yaml", "c", "text", "mermaid", "diagram", "console"])
def test_other_code_is_no_mistyped_statement(word: str) -> None:
    assert read(word, "id: a\nsays: b\n").faults == ()


def test_an_id_that_two_statements_have_is_the_first_one_s() -> None:
    parsed = parse(
        b"---\nkind: note\n---\n```claim\nid: a\nsays: b\n```\n```prediction\nid: A\nsays: c\n```\n",
        path="x.md",
    )
    assert [str(fault) for fault in parsed.faults] == [
        'x.md:9: id "A" is held by line 5; expected one of its own'
    ]
    assert parsed.document is not None
    assert [block.anchor for block in parsed.document.blocks] == ["a", ""]


def test_any_text_may_have_a_twin_in_chinese() -> None:
    assert read("claim", "id: a\nsays: b\nwhere_zh: 表\nnote_zh: 注\n").faults == ()
