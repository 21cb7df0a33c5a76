"""What the checks say of expressions and series in documents, and what they leave alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.documents.model import Document
from briefings.documents.parser import parse
from briefings.review.figure_checks import figure_faults
from sources.catalogue.catalogue import load
from sources.limits import MESSAGE_CHARACTERS

CATALOGUE = load()
HEAD = "---\nkind: briefing\ntitle: T\n---\n"
PREDICTION = "```prediction\nid: p1\nsays: S\nwindow: ..2026\n{}\n```\n"


def document(text: str) -> Document:
    parsed = parse((HEAD + text).encode(), path="t.md")
    assert parsed.document is not None
    return parsed.document


def faults(text: str) -> list[str]:
    lines = (HEAD + text).split("\n")
    found = figure_faults(document(text), CATALOGUE, lambda path: lines)
    return [f"{fault.severity} {fault.line}: {fault.message}" for fault in found]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("One\n{{ last(cn.m2_yoi) }}\n", 'warning 6: figure: no series "cn.m2_yoi"; nearest: cn.m2_yoy'),
        ("See [[cn.m2_yoi]]\n", 'warning 5: no series "cn.m2_yoi"; nearest: cn.m2_yoy'),
        (
            PREDICTION.format("test: last(cn.m2_yoi) > 3"),
            'warning 9: test: no series "cn.m2_yoi"; nearest: cn.m2_yoy',
        ),
        (
            PREDICTION.format('resolves: "By cn.m2_yoi."'),
            'warning 9: no series "cn.m2_yoi"; nearest: cn.m2_yoy',
        ),
        (
            PREDICTION.format("about: [cn.m2_yoi]"),
            'warning 9: no series "cn.m2_yoi"; nearest: cn.m2_yoy',
        ),
        ("{{ mean(cn.m2_yoy, 2023 }}\n", "error 5: figure, column 21: it ends here; expected ) or a comma"),
        (
            PREDICTION.format("test: last(cn.m2_yoy) - 1 pp > 3"),
            "error 9: test: % against pp; expected one unit on both sides (column 1)",
        ),
        (
            PREDICTION.format("test: last(cn.m2_yoy)"),
            'error 9: test: "last(cn.m2_yoy)" compares nothing; expected as last(cn.m2_yoy) > 7',
        ),
        (
            "{{ last(cn.m2_yoy) > 3 }}\n",
            'error 5: figure: "last(cn.m2_yoy) > 3" is a comparison; expected a number or a series',
        ),
    ],
)
def test_what_has_no_answer_is_named_on_its_line(text: str, fault: str) -> None:
    assert faults(text) == [fault]


@pytest.mark.parametrize(
    "text",
    [
        "{{ mean(cn.m2_m1_gap, 2023) }} and {{ cn.m2_yoy }} and [[cn.m2_yoy]]\n",
        "[[readme.txt]] and [[v1.2]] and `{{ last(cn.m2_yoi) }}`\n",
        PREDICTION.format(
            'resolves: "See https://us.bank.example/cn.m2 and www.cn.gov.cn, us.gov or cn.m2_yoy."'
        ),
        PREDICTION.format("test: last(cn.rrr) > 3"),
    ],
)
def test_what_is_known_or_no_series_at_all_is_left_alone(text: str) -> None:
    assert faults(text) == []


@given(st.text(max_size=60))
def test_whatever_stands_in_braces_is_checked_without_an_end(text: str) -> None:
    for fault in figure_faults(document(f"a {{{{ {text} }}}} b\n"), CATALOGUE):
        assert fault.line >= 5
        assert fault.message


def test_no_fault_is_longer_than_a_message() -> None:
    long = "last(cn.m2_yoy)" + " + last(cn.m2_yoy)" * 50
    (fault,) = faults(f"{{{{ {long} > 3 }}}}\n")
    assert len(fault) <= len("error 5: ") + MESSAGE_CHARACTERS
