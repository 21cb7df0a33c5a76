"""A vault of plain notes as irregular as real ones are; the same one each time.

Journals, people, meetings, sources and literature of several programs: equal file names, foreign front
matter, aliases in two scripts, embeds, headings, blocks and places of templates as targets, links that
lead nowhere, and files beside the notes that are no text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

NOTES = 5_000
"""Notes of the vault that is measured."""

_SURNAMES = ("Li", "Wang", "Zhang", "Chen", "Okafor", "Schmidt", "Rossi", "Haddad", "Novak", "Tanaka")
_NAMES = ("Wei", "Min", "Yu", "Jia", "Ada", "Karl", "Lena", "Omar", "Petra", "Ken")
_HAN = "李王张陈欧施罗哈诺田"
_HAN_NAMES = "伟敏宇佳达卡莱奥彼健"
_SUBJECTS = (
    "Decree 835", "Huawei", "Rare earths", "Export controls", "M2 growth", "制裁 清单", "昇腾 芯片",
    "Blocking rules", "Yuan clearing", "Unreliable entities", "C# tooling", "Q&A (draft)",
)  # fmt: skip
_SENTENCES = (
    "The bank asked which list holds, and by when.",
    "公布之日起施行，未说明过渡期。",
    "Export licences were refused twice this quarter.",
    "Liquidity eased; the gap between M2 and M1 stayed wide.",
    "反制措施的适用范围仍不清楚。",
    "==To verify== with counsel before the filing. %%ask again%%",
)
_HEADINGS = ("Summary", "Key dates", "Open questions", "要点", "A / B: what changed?")

Note = tuple[str, str]
"""(relative path, text)."""


def vault(count: int = NOTES) -> Iterator[Note]:
    """So many notes, and some files beside them."""
    random = Random(6)  # noqa: S311  (the same notes each time)
    for number in range(count):
        kind = _KINDS[number % len(_KINDS)]
        yield kind(number, random)
    yield "Map.canvas", '{"nodes": [], "edges": []}'
    yield "Board.base", "views: []\n"
    yield "attachments/chart.png", ""
    yield ".obsidian/workspace.json", "{}"
    yield "Templates/Daily.md", "---\ndate: {{date}}\ntags: {{tags}}\n---\n# {{title}}\n\n[[{{yesterday}}]]\n"


def _person(number: int, random: Random) -> Note:
    name, han = _person_name(number)
    head = f"---\naliases:\n  - {han}\ntype: person\nup: '[[Index]]'\n---\n"
    return f"People/{name}.md", f"{head}# {name}\n\n> [!info]- Contact\n> {han}\n\n{_text(number, random)}"


def _meeting(number: int, random: Random) -> Note:
    subject = _SUBJECTS[number % len(_SUBJECTS)].replace("/", "-")
    head = "---\r\ntags: [meeting, work/china]\r\ncssclasses:\r\n  - wide\r\ndate: 2025-13-40\r\n---\r\n"
    return f"Meetings/{2020 + number % 6}/{subject} {number}.md", head + _text(number, random)


def _journal(number: int, random: Random) -> Note:
    day = f"{2012 + number // 336 % 14}_{1 + number // 28 % 12:02}_{1 + number % 28:02}"
    lines = f"- TODO {_link(number, random)}\n  id:: {number:08d}-aaaa\n\t- {{{{query (todo TODO)}}}}\n"
    return f"logseq/{number // 4704}/journals/{day}.md", f"{lines}- {random.choice(_SENTENCES)}\n"


def _page(number: int, random: Random) -> Note:
    text = f"alias:: kid {number}\ntags:: a, b\n\n- {_link(number, random)}\n- {_link(number, random)}\n"
    return f"logseq/pages/ns___page {number}.md", text


def _zettel(number: int, random: Random) -> Note:
    head = f"---\ntitle: Zettel {number}\nid: {_stamp(number)}\nkeywords: [a, 制裁]\n...\n\n"
    return f"Zettel/{_stamp(number)} {random.choice(_SUBJECTS)}.md", head + _text(number, random)


def _index(number: int, random: Random) -> Note:
    return (
        f"Projects/{number}/Index.md",
        f"# Index\n\n{_text(number, random)}\n[[../{max(5, number - 10)}/Index]]\n",
    )


def _source(number: int, random: Random) -> Note:
    head = f"---\ntitle: Source: part {number}\nyear: 2024\nyear: 2024\n---\n"
    return f"Sources/来源 {number}.md", f"{head}Cites [@doe{number}].[^1]\n\n[^1]: {_link(number, random)}\n"


def _drawing(number: int, random: Random) -> Note:
    noise = "".join(random.choices("ABCDEFGHJKLMNPQRSTUVWXYZabcdef0123456789", k=400))
    words = f"# Text Elements\n{random.choice(_SENTENCES)} ^e{number}\n"
    text = f"{words}%%\n```compressed-json\n{noise}\n```\n%%\n"
    return f"Drawings/Drawing {number}.excalidraw.md", f"---\nexcalidraw-plugin: parsed\n---\n{text}"


def _clipping(number: int, random: Random) -> Note:
    rows = "".join(f"| {_link(number, random, bar=chr(92))} | {cell} |\n" for cell in range(3))
    return f"Clippings/{number}.md", f"| name | n |\n|---|---|\n{rows}\n{_text(number, random)}"


def _readme(number: int, random: Random) -> Note:
    return f"Projects/{number}/README.md", _text(number, random)


_KINDS: tuple[Callable[[int, Random], Note], ...] = (
    _person, _meeting, _journal, _page, _zettel, _index, _source, _drawing, _clipping, _readme,
)  # fmt: skip


def _text(number: int, random: Random) -> str:
    parts: list[str] = []
    for heading in random.sample(_HEADINGS, 3):
        sentences = " ".join(random.choice(_SENTENCES) for _ in range(3))
        said = f"{sentences} See {_link(number, random)}. #work/{number % 9}"
        parts.append(f"## {heading}\n\n{said} ^b{len(parts)}")
    embed = random.choice(("![[chart.png|300]]", "![[Map.canvas]]", f"!{_link(number, random)}"))
    return "\n\n".join([*parts, embed]) + "\n"


def _link(number: int, random: Random, bar: str = "") -> str:
    other = random.randrange(0, max(10, number), 10)
    name, han = _person_name(other)
    return random.choice((
        f"[[{name}{bar}|{name.split()[0]}]]",
        f"[[{han}]]",
        f"[[{name}#Key dates]]",
        f"[[{name}#^b0]]",
        f"[[People/{name}.md]]",
        f"[{name}](People/{name.replace(' ', '%20')}.md)",
        f"[[{_stamp(other + 4)}]]",
        f"[[ns/page {other + 3}]]",
        f"[[Projects/{other + 5}/Index]]",
        "[[Index]]",
        "[[#Summary]]",
        f"[[Never written {number}]]",
    ))  # fmt: skip


def _person_name(number: int) -> tuple[str, str]:
    """Each tenth note is a person's; both names of one are its own."""
    tens = number // 10
    first, last = tens % 10, tens // 10 % 10
    again = f" {tens // 100 + 1}" if tens >= 100 else ""
    return f"{_SURNAMES[last]} {_NAMES[first]}{again}", f"{_HAN[last]}{_HAN_NAMES[first]}{again}"


def _stamp(number: int) -> str:
    return f"2026{number:010d}"
