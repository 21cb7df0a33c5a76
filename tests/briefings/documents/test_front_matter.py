"""What a document says of itself before its text."""

from __future__ import annotations

import pytest

from briefings.documents.model import Briefed, Document
from briefings.documents.parser import parse, peek


def read(front: str, text: str = "text\n", path: str = "a/My File.md") -> Document:
    parsed = parse(f"---\n{front}\n---\n{text}".encode(), path=path)
    assert parsed.document is not None, parsed.faults
    assert parsed.faults == ()
    return parsed.document


def faults(front: str) -> list[str]:
    return [str(fault) for fault in parse(f"---\n{front}\n---\ntext\n".encode(), path="x.md").faults]


def test_front_matter_describes_a_briefing() -> None:
    document = read(
        "id: china\nformer_ids: [old, older]\nkind: briefing\ntitle: 'China: shield'\ntitle_zh: 中国\n"
        "date: 2026-11-23\nupdated: 2026-12\ntopics: [legal-shield, risks]\n"
        "summary: >-\n  one\n  two\nsummary_zh: 三\ntags: [a, b c]\naliases: C\n"
        "sources:\n- A book\n- {title: T, publisher: P, url: https://a.b, retrieved: 2026-04}\n"
        "briefs: {publisher: P, title: T, url: https://c.d, published: 2026-04, retrieved: 2026-11-01}"
    )
    assert (document.id, document.kind) == ("china", "briefing")
    assert (document.title, document.title_zh) == ("China: shield", "中国")
    assert (document.date, document.updated) == ("2026-11-23", "2026-12")
    assert document.topics == ("legal-shield", "risks")
    assert (document.summary, document.summary_zh, document.tags) == ("one two", "三", ("a", "b c"))
    assert (document.former_ids, document.aliases) == (("old", "older"), ("C",))
    assert document.sources == ("A book", "T, P, https://a.b, retrieved 2026-04")
    assert document.briefs == Briefed("T", "P", "https://c.d", "2026-04", "2026-11-01")


def test_front_matter_describes_an_entity() -> None:
    document = read(
        "kind: entity\nname: Huawei\naliases: [华为, HW]\ntype: company\n"
        "identifiers: {wikidata: Q160120, lei: 1}"
    )
    assert (document.facts.name, document.facts.type) == ("Huawei", "company")
    assert document.facts.identifiers == (("wikidata", "Q160120"), ("lei", "1"))
    assert document.aliases == ("华为", "HW")


@pytest.mark.parametrize("kind", ["instrument", "event"])
def test_instruments_and_events(kind: str) -> None:
    facts = read(
        f"kind: {kind}\nnumber: No. 835\nissuer: state-council\nreplaces: [a, b]\n"
        "dates: {signed: 2026-04-07, in_force: 2026-04}\nofficial: {title: O, url: https://o.p}"
    ).facts
    assert (facts.number, facts.issuer, facts.replaces) == ("No. 835", "state-council", ("a", "b"))
    assert facts.dates == (("signed", "2026-04-07"), ("in_force", "2026-04"))
    assert (facts.official_title, facts.official_url) == ("O", "https://o.p")


def test_what_is_left_out_comes_from_the_text_and_the_file_name() -> None:
    assert (read("kind: note").id, read("kind: note").title) == ("my-file", "My File")
    assert read("kind: note", "intro\n\n## Not this\n\n# The *title*\n").title == "The title"


def test_strings_stay_what_they_are() -> None:
    document = read("kind: event\nid: '010'\ntitle: NO\nnumber: 12:30\ndate: 2026-04")
    assert (document.id, document.title, document.facts.number, document.date) == (
        "010",
        "NO",
        "12:30",
        "2026-04",
    )


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("kind: breifing", 'x.md:2: kind "breifing" is unknown; expected briefing'),
        ("kind: [a]", "x.md:2: kind is a list; expected text"),
        ("kind: note\nid: a b", 'x.md:3: id "a b" is no id; expected letters'),
        ("kind: note\ntitel: x", 'x.md:3: key "titel" is unknown; expected title'),
        ("kind: note\nxyzzyq: x", 'x.md:3: key "xyzzyq" is unknown; expected aliases, '),
        ("kind: note\ntitle: [a, b]", "x.md:3: title is a list; expected text"),
        ("kind: note\ndate: 23.11.2026", 'x.md:3: date "23.11.2026" is no date; expected YYYY'),
        ("kind: note\ntopics:\n- risks\n- risk", 'x.md:5: topics: topic "risk" is unknown; expected risks'),
        ("kind: note\ntopics: {a: b}", "x.md:3: topics is a mapping; expected a list"),
        ("kind: note\naliases: [[a]]", "x.md:3: aliases holds a list; expected text"),
        ("kind: note\nbriefs: {}", 'x.md:3: key "briefs" is unknown'),
        ("kind: briefing\nbriefs: text", "x.md:3: briefs is a text; expected a mapping"),
        ("kind: briefing\nbriefs: {urll: x}", 'x.md:3: key "urll" is unknown; expected url'),
        ("kind: briefing\nbriefs: {published: May}", 'x.md:3: published: date "May" is no date; expected'),
        ("kind: event\ndates: {inforce: 2026}", 'x.md:3: dates key "inforce" is unknown; expected in_force'),
        ("kind: event\ndates:\n  in_force: soon", 'x.md:4: in_force: date "soon" is no date'),
        ("kind: note\nsources: [[a]]", "x.md:3: sources holds a list; expected text or {title"),
        ("kind: note\ntitle: a\ntitle: b", 'x.md:4: "title" stands here again, first on line 3; keep one'),
        ("kind: note\ntitle: {{ x }}", "x.md:3: a list or mapping stands where a key was expected"),
        ("title: [a", "x.md:2: "),
        ("title: a\n\tb: c", "x.md:3: "),
    ],
)
def test_what_is_wrong_is_named_with_line_and_what_was_expected(front: str, expected: str) -> None:
    found = faults(front)
    assert any(fault.startswith(expected) for fault in found), found


def test_all_faults_of_a_file_are_named_in_one_run() -> None:
    found = faults("kind: briefing\nid: a b\ndate: x\ntopics: [y]\nxyz: 1\nbriefs: {retrieved: z}")
    assert [fault.split(":")[1] for fault in found] == ["3", "4", "5", "6", "7"]


def test_faults_that_lose_nothing_hide_no_others() -> None:
    found = faults("kind: event\ntitle: a\ntitle: b\ndates: {in_force: soon}\nnumber: &a 1\ndate: x")
    assert [fault.partition(";")[0] for fault in found] == [
        'x.md:4: "title" stands here again, first on line 3',
        'x.md:5: in_force: date "soon" is no date',
        'x.md:6: "&a" is an anchor',
        'x.md:7: date "x" is no date',
    ]


def test_the_keys_of_a_mistyped_kind_are_those_of_the_one_it_is_like() -> None:
    assert faults("kind: breifing\nbriefs: {title: a}") == [
        'x.md:2: kind "breifing" is unknown; expected briefing'
    ]
    assert faults("kind: qqqq\nbriefs: {title: a}\nname: b") == [
        'x.md:2: kind "qqqq" is unknown; expected briefing, entity, event, instrument, note'
    ]


def test_unknown_keys_are_warnings_and_all_else_is_read() -> None:
    parsed = parse(b"---\nkind: note\ntitel: x\ntitle: y\n---\n", path="x.md")
    assert [fault.severity for fault in parsed.faults] == ["warning"]
    assert parsed.document is not None
    assert parsed.document.title == "y"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("kind: entity\nname: Acme 顶点", "Acme 顶点"),
        ("kind: entity\nname: Acme\ntitle: Acme works", "Acme works"),
        ("kind: entity", "What it is"),
    ],
)
def test_an_entity_is_called_by_its_name_where_it_has_no_title(head: str, title: str) -> None:
    document = parse(f"---\n{head}\n---\n# What it is\n".encode(), path="acme.md").document
    assert document is not None
    assert document.title == title


def test_any_text_may_have_a_twin_in_chinese() -> None:
    assert faults("kind: entity\nname: a\nname_zh: 甲\ntype_zh: 乙") == []


def test_a_broken_quote_hides_no_fault_of_the_text() -> None:
    text = '---\nid: x\nkind: briefing\ntitle: "China\n---\n# A {#a}\n\n# B {#a}\n'
    parsed = parse(text.encode(), path="x.md")
    assert parsed.document is None
    assert [str(fault) for fault in parsed.faults] == [
        "x.md:4: the quotation mark that was opened here is never closed",
        'x.md:8: id "a" is used twice; expected one of its own',
    ]


def test_front_matter_without_an_end_is_named() -> None:
    (fault,) = parse(b"---\nid: x\nkind: note\ntext\n", path="x.md").faults
    assert str(fault) == "x.md:1: front matter has no end; expected a line --- after it"


def test_front_matter_that_is_too_long_is_named() -> None:
    parsed = parse(b"---\nkind: note\nsummary: " + b"x" * 100_000 + b"\n---\n", path="x.md")
    assert parsed.document is None
    assert [str(fault) for fault in parsed.faults] == [
        "x.md:2: more than 64,000 bytes of YAML; split it or shorten it"
    ]


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a [x,x]\nb: [*a,*a]",
        "<<: {a: b}",
        "a: " + "[" * 5000,
        "a: !!python/object:os.system x",
        "? {a: b}\n: c",
        "%YAML 1.1",
        "a: " + "{b: " * 40 + "}" * 40,
        "- " * 3000,
        '"' * 999,
        "a: |\n" * 2000,
    ],
)
def test_hostile_yaml_is_named_and_harmless(bomb: str) -> None:
    parsed = parse(f"---\nkind: note\n{bomb}\n---\ntext\n".encode(), path="x.md")
    assert parsed.faults
    assert all(fault.line >= 1 and len(str(fault)) < 400 for fault in parsed.faults)


def test_no_more_faults_than_the_limit_and_the_last_says_so() -> None:
    found = faults("kind: note\n" + "\n".join(f"key{n}: x" for n in range(500)))
    assert len(found) == 100
    assert found[-1].endswith("more faults follow; mend those above first")


class TestPlainNotes:
    @pytest.mark.parametrize(
        ("front", "tags"),
        [
            ("tags: [a, b]", ("a", "b")),
            ("tags: a, b", ("a", "b")),
            ("tags:\n- '#a'\n- b/c", ("a", "b/c")),
            ("tags:", ()),
        ],
    )
    def test_tags_may_be_a_list_or_one_text(self, front: str, tags: tuple[str, ...]) -> None:
        assert read(front).tags == tags

    def test_foreign_front_matter_is_no_fault(self) -> None:
        document = read(
            "cssclass: wide\nid: other\npublish: true\ndate: {a: b}\naliases: [A, B]\ntitle: T", "# H\n"
        )
        assert (document.id, document.kind, document.title, document.aliases) == (
            "my-file",
            "note",
            "T",
            ("A", "B"),
        )

    @pytest.mark.parametrize(
        "text",
        [
            "# {{title}}\n\n{{date}} {{ }}\n",
            "---\ntitle: {{title}}\ndate: {{date}}\n---\n{{title}}\n",
            "---\n\nA rule, then text.\n\n---\n\nmore\n",
            "```claim\nno: yaml [\n```\n",
            "# A\n# A\n\n{#a.b} {topic=x}\n\nx {since=never}\n",
            "---\nkind:\n---\n{{ x }}\n",
            "",
            "---",
            "no final newline",
        ],
    )
    def test_load_with_no_complaint(self, text: str) -> None:
        parsed = parse(text.encode(), path="x.md")
        assert parsed.faults == ()
        assert parsed.document is not None
        assert parsed.document.kind == "note"

    def test_braces_and_fenced_claims_are_plain_text(self) -> None:
        document = read("tags: a", "{{title}} {{ last(cn.m2) }}\n\n```claim\nid: a\nsays: b\n```\n")
        assert [(block.kind, block.text) for block in document.blocks] == [
            ("paragraph", "{{title}} {{ last(cn.m2) }}"),
            ("code", "id: a\nsays: b"),
        ]
        assert not any(span.link for span in document.blocks[0].spans)

    def test_text_between_rules_stays_text(self) -> None:
        document = parse(b"---\n\nA rule, then text.\n\n---\n", path="x.md").document
        assert document is not None
        assert [(block.kind, block.text) for block in document.blocks] == [
            ("rule", ""),
            ("paragraph", "A rule, then text."),
            ("rule", ""),
        ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\nid: a\nkind: note\n---\n", ("note", "a")),
        ("---\nkind: note\n---\n", ("note", "")),
        ("---\nid: a\n---\n", ("", "")),
        ("---\nid: a b#c\nkind: note\n---\n", ("note", "")),
        ("---\nid: [a]\nkind: note\n---\n", ("note", "")),
        ("---\nkind: [note]\n---\n", ("", "")),
        ("\ufeff---\r\nid: 华为\r\nkind: entity\r\n---\r\n", ("entity", "华为")),
        ("text", ("", "")),
        ("", ("", "")),
    ],
)
def test_kind_and_id_can_be_looked_up_alone(text: str, expected: tuple[str, str]) -> None:
    assert peek(text.encode()) == expected
