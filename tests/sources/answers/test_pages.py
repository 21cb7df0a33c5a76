import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.answers import pages
from sources.answers.pages import Link, Page, read_page
from sources.model import WrongAnswer


def test_text_links_and_title() -> None:
    page = read_page(
        b"<title>Money</title><script>document.write('<a href=evil>no</a>')</script>"
        b"<style>p {}</style><p>M2 grew <b>7</b>.<span>5</span>%</p><div>by &lt;b&gt;</div>"
        b'<a href="/a">July <i>report</i></a><span>2026-08-14</span><a href="/b">June</a>'
    )
    assert page.title == "Money"
    assert page.text.splitlines() == ["M2 grew 7.5%", "by <b>", "July report2026-08-14June"]
    assert page.links == [Link("/a", "July report", "2026-08-14"), Link("/b", "June", "")]


def test_tables_with_spans_missing_ends_and_tables_inside() -> None:
    page = read_page(
        b"<table><tr><th rowspan=2>Item<th colspan=2>2026<th>2027"
        b"<tr><td>1<td>2<td>3"
        b"<tr><td>a<td><table><tr><td>inner</td></tr></table>b<td>c</tr></table>"
    )
    inner, outer = page.tables
    assert inner == [["inner"]]
    assert outer == [["Item", "2026", "", "2027"], ["", "1", "2", "3"], ["a", "b", "c"]]


@pytest.mark.parametrize("body", [b"", b"plain", b"\x00<p>", b"<table><tr>" + b"<td>" * 500])
def test_what_is_no_page(body: bytes) -> None:
    with pytest.raises(WrongAnswer):
        read_page(body)


TABLES = ["<table>", "</table>", "<tr>", "</tr>", "<td colspan=3>", "<td rowspan=9999999>", "<td rowspan=-1>"]
OTHERS = [
    "<a href='x'>",
    "</a>",
    "<title>",
    "</title>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<![",
    "<?",
    "</",
]
TAGS = st.sampled_from([*TABLES, *OTHERS])


@given(st.lists(TAGS | st.text(max_size=4), max_size=40).map("".join))
def test_any_markup_is_a_page_or_refused(text: str) -> None:
    try:
        page = read_page(text.encode("utf-8", "replace"))
    except WrongAnswer:
        return
    assert isinstance(page, Page)
    assert all(row for table in page.tables for row in table)


@pytest.mark.parametrize("unit", ["<a ", "<a b='", "<!--", "<script>", "</", "<?", "<td>"])
def test_tags_that_never_end_are_no_endless_work(unit: str) -> None:
    assert read_page((unit * 300_000).encode()[:300_000]).links == []


def test_comments_and_scripts_say_nothing() -> None:
    body = b"<p>7.5%</p><!-- <p>8%</p> --><SCRIPT type=x>if (a < b) '<p>9%</p>'</SCRIPT><p>x < y</p>"
    assert read_page(body).text.splitlines() == ["7.5%", "x < y"]


@pytest.mark.parametrize("more", [0, 1])
def test_a_table_ends_at_its_last_row(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    monkeypatch.setattr(pages, "ANSWER_ROWS", 4)
    body = b"<table>" + b"<tr><td>1</td></tr>" * (4 + more) + b"</table>"
    if not more:
        assert len(read_page(body).tables[0]) == 4
    else:
        with pytest.raises(WrongAnswer, match="expected at most 4 rows, found more"):
            read_page(body)
