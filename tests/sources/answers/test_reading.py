from contextlib import suppress
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sources.answers.reading import day, day_of_epoch, decode, number, period
from sources.model import Frequency, Period, WrongAnswer


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("3,568,083.6", 3568083.6),
        ("7.5%", 7.5),
        ("７．５％", 7.5),
        ("\u22127.2", -7.2),
        ("－1", -1.0),
        ("+0.3", 0.3),
        (" 1.\u3000", 1.0),
        (".5", 0.5),
        ("1.5E-3", 0.0015),
        (5.330000000000001, 5.330000000000001),
        (3, 3.0),
    ],
)
def test_a_number_is_read_whatever_its_signs_and_widths(value: object, read: float) -> None:
    assert number(value) == read


@pytest.mark.parametrize("zero", [0, 0.0, "0", "0.00", "0%", "-0"])
def test_zero_is_a_number(zero: object) -> None:
    assert number(zero) == 0


NOTHING = (None, "", " ", ".", "..", "-", "--", "---", "—", "N/A", "na", "NaN", "\u3000", "\xa0", "&nbsp;")
NO_NUMBER: tuple[object, ...] = (
    float("nan"),
    float("-inf"),
    "inf",
    "1e999",
    10**400,
    True,
    False,
    [],
    [1],
    {},
)


@pytest.mark.parametrize("value", [*NOTHING, *NO_NUMBER], ids=repr)
def test_what_says_that_there_is_no_number_is_none(value: object) -> None:
    assert number(value) is None


@pytest.mark.parametrize(
    "text",
    ["7,5", "1,23,456", "1 234", "7.5¹", "1.2.3", "7.5 (est.)", "(1.2)", "½", "٣", "–5", "0x1F", "9" * 60],
)
def test_what_may_be_another_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected a number"):
        number(text)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_is_read_as_it_is(value: float) -> None:
    assert number(value) == value
    assert number(repr(value)) == value


@pytest.mark.parametrize(
    ("text", "frequency", "name"),
    [
        ("2026年08月份", "M", "2026-08"),
        ("2026年8月", "M", "2026-08"),
        ("２０２６年8月", "M", "2026-08"),
        ("2026年第1-3季度", "Q", "2026Q3"),
        ("2026年第1季度", "Q", "2026Q1"),
        ("2026年一季度", "Q", "2026Q1"),
        ("2026年前三季度", "Q", "2026Q3"),
        ("2026年上半年", "Q", "2026Q2"),
        ("2026.8", "M", "2026-08"),
        ("2026.08", "M", "2026-08"),
        ("2026.10", "M", "2026-10"),
        ("202604", "M", "2026-04"),
        (202604, "M", "2026-04"),
        ("2026-08-01 00:00:00", "M", "2026-08"),
        ("2026-09-01 00:00:00", "Q", "2026Q3"),
        ("2026-08-20T16:00:00+08:00", "D", "2026-08-20"),
        ("2026年12月05日", "step", "2026-12-05"),
        ("20260820", "D", "2026-08-20"),
        ("20 Aug 2026", "D", "2026-08-20"),
        ("30 October 2026", "D", "2026-10-30"),
        ("2026-Q2", "Q", "2026Q2"),
        ("2026-M08", "M", "2026-08"),
        ("2024", "A", "2024"),
        ("2024年", "A", "2024"),
    ],
)
def test_a_period_is_read_in_the_forms_of_providers(text: object, frequency: Frequency, name: str) -> None:
    assert period(text, frequency) == Period(Period.parse(name).first, frequency)


@pytest.mark.parametrize(
    ("text", "frequency"),
    [
        ("2025.1", "M"),  # January as a text, October as a number
        (2025.1, "M"),
        ("2024", "M"),  # coarser than asked
        ("2026-08", "D"),
        ("2026Q2", "M"),
        ("2026.2", "Q"),  # the second quarter at one source, February at another
        ("2026-13-01", "D"),
        ("2026-02-30", "D"),
        ("0026-02-03", "D"),
        ("20 Foo 2026", "D"),
        ("08/09/2026", "D"),
        ("2026年", "M"),
        ("", "A"),
        (None, "D"),
        (True, "A"),
    ],
)
def test_no_period_is_guessed(text: object, frequency: Frequency) -> None:
    with pytest.raises(ValueError, match=r"."):
        period(text, frequency)


def test_days_and_moments() -> None:
    assert day("2026/8/2") == date(2026, 8, 2)
    assert day_of_epoch(1577836800) == date(2020, 1, 1)
    assert day_of_epoch(1577836800 - 1) == date(2019, 12, 31)
    for value in (True, None, "1577836800", float("nan"), 1e300):
        with pytest.raises(ValueError, match="seconds"):
            day_of_epoch(value)


@given(st.integers() | st.floats())
@example(-9e10)
@example(10**12)
@example(10**5000)
def test_any_moment_is_a_day_or_refused(seconds: float) -> None:
    with suppress(ValueError):
        assert 1400 <= day_of_epoch(seconds).year <= 2500


CHINESE = "货币供应量 7.5%"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (CHINESE.encode(), ""),
        (CHINESE.encode(), "text/html; charset=gb2312"),  # declared wrongly
        (CHINESE.encode("utf-8-sig"), ""),
        (CHINESE.encode("utf-16"), ""),
        (CHINESE.encode("gb18030"), 'text/html; charset="GB2312"'),
        (CHINESE.encode("gb18030"), ""),
        (CHINESE.encode("gb18030"), "text/html; charset=utf-8"),
    ],
)
def test_text_by_mark_declaration_and_looks(body: bytes, content_type: str) -> None:
    assert decode(body, content_type) == CHINESE


def test_big5_is_read_where_it_is_declared() -> None:
    assert decode("貨幣供應量".encode("big5"), "text/plain; charset=Big5") == "貨幣供應量"


def test_a_page_declares_its_own_charset() -> None:
    page = f'<meta charset="gbk"><title>{CHINESE}</title>'
    assert CHINESE in decode(page.encode("gbk"))


@pytest.mark.parametrize(
    "body", [b"a\x00b", "7.5".encode("utf-16-le"), b"\xff\xff\xff", b"\x89PNG\r\n\x1a\n\xff"]
)
def test_bytes_that_are_no_text(body: bytes) -> None:
    with pytest.raises(WrongAnswer, match="expected text"):
        decode(body)


def test_no_charset_of_an_answer_runs_a_codec_of_ours() -> None:
    assert decode(b"+ADw-7", "text/plain; charset=utf-7") == "+ADw-7"
    assert decode(b"7.5", "text/plain; charset=zip") == "7.5"


@given(st.binary(max_size=60), st.text(max_size=20))
def test_any_bytes_are_text_or_refused(body: bytes, content_type: str) -> None:
    with suppress(WrongAnswer):
        assert "\x00" not in decode(body, content_type)
