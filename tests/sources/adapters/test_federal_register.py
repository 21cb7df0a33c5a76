import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sources.adapters.federal_register import PROVIDER
from sources.model import Frequency, Period, Refused, WrongAnswer
from sources.provider import Asked, Query

ANSWERS = Path(__file__).parent / "answers" / "federal-register"
BODY = (ANSWERS / "semiconductor.json").read_bytes()
HELD = Period(date(2025, 9, 1), "M")
UNTIL = "conditions[publication_date][lte]"


def ask(frequency: Frequency = "M", since: Period | None = HELD, **fields: str) -> Asked:
    entry = {"agency": "industry-and-security-bureau", "term": "semiconductor", "types": "RULE"} | fields
    query = Query("x", frequency, tuple(entry.items()))
    (asked,) = PROVIDER.requests([query], since, date(2026, 3, 10), {})
    return asked


def listing(count: int, *days: str, until: int = 0) -> bytes:
    """A list in the form of the recorded one, of documents published on these days."""
    content = json.loads(BODY)
    document = content["results"][0]
    content["results"] = [
        document | {"document_number": f"{until}-{number}", "publication_date": day}
        for number, day in enumerate(days)
    ]
    return json.dumps(content | {"count": count}).encode()


def counts(body: bytes, asked: Asked) -> dict[str, float]:
    return {str(point.period): point.value for point in PROVIDER.parse(body, asked).points["x"]}


def test_months_wholly_in_the_list_are_counted_and_empty_ones_are_zero() -> None:
    assert counts(BODY, ask()) == {"2025-10": 0, "2025-11": 0, "2025-12": 0, "2026-01": 1, "2026-02": 0}


def test_the_rest_is_asked_for_by_date_and_the_months_join() -> None:
    asked = ask()
    first = listing(5, "2026-03-02", "2026-01-15", "2025-12-20", "2025-12-01")
    following = PROVIDER.parse(first, asked).following
    assert following is not None
    assert dict(following.query)[UNTIL] == "2025-12-31"
    rest = listing(3, "2025-12-20", "2025-12-01", "2025-09-16", until=1)
    found = counts(first, asked) | counts(rest, asked.then(following))
    assert found == {
        "2025-08": 0,
        "2025-09": 1,
        "2025-10": 0,
        "2025-11": 0,
        "2025-12": 2,
        "2026-01": 1,
        "2026-02": 0,
    }
    assert PROVIDER.parse(rest, asked.then(following)).following is None


def test_a_window_that_does_not_shrink_is_refused() -> None:
    asked = ask()
    body = listing(9, "2026-01-15", "2026-01-02")
    following = PROVIDER.parse(body, asked).following
    assert following is not None
    with pytest.raises(WrongAnswer, match="all documents of 2026-01"):
        PROVIDER.parse(body, asked.then(following))


def test_the_first_page_served_again_is_refused() -> None:
    asked = ask()
    first = listing(5, "2026-01-15", "2025-12-20")
    following = PROVIDER.parse(first, asked).following
    assert following is not None
    with pytest.raises(WrongAnswer, match="publication_date"):
        PROVIDER.parse(first, asked.then(following))


def test_a_document_given_twice_counts_once() -> None:
    content = json.loads(BODY)
    content["results"] = content["results"][:1] * 2
    assert counts(json.dumps(content | {"count": 2}).encode(), ask())["2026-01"] == 1


def test_nothing_found_is_zero_only_where_something_was_found_before() -> None:
    body = (ANSWERS / "zero_results.json").read_bytes()
    assert set(counts(body, ask(term="zzzz")).values()) == {0}
    with pytest.raises(Refused, match="nothing matches"):
        PROVIDER.parse(body, ask(term="zzzz", since=None))


def test_requests_name_agency_term_and_types() -> None:
    asked = ask(types="RULE NOTICE", since=None, start="2020-01-01")
    assert asked.parameter("conditions[agencies][]") == "industry-and-security-bureau"
    assert [value for name, value in asked.request.query if name == "conditions[type][]"] == [
        "RULE",
        "NOTICE",
    ]
    assert asked.parameter("conditions[publication_date][gte]") == "2020-01-01"
    assert ask().parameter("conditions[publication_date][gte]") == "2025-08-01"


@pytest.mark.parametrize("asked", [ask(agency="x"), ask(term="China"), ask(types="NOTICE"), ask("D")])
def test_conditions_that_were_not_heeded_are_refused(asked: Asked) -> None:
    with pytest.raises(WrongAnswer):
        PROVIDER.parse(BODY, asked)


def test_drift_is_refused() -> None:
    def document(**change: object) -> dict[str, Any]:
        content = json.loads(BODY)
        content["results"][0] |= change
        return dict(content)

    plain = json.loads(BODY)
    contents = (
        plain | {"count": "180"},
        plain | {"results": {}},
        plain | {"results": []},
        {key: value for key, value in plain.items() if key != "results"},
        plain | {"results": plain["results"][::-1]},
        document(publication_date="soon"),
        document(publication_date="2025-07-31"),
        document(agencies="Commerce"),
        document(type="Notice"),
        document(document_number=None),
    )
    for content in contents:
        with pytest.raises(WrongAnswer):
            PROVIDER.parse(json.dumps(content).encode(), ask())
    for body in (b"", b"<html><title>Federal Register :: Request Access</title>", b"[]"):
        with pytest.raises(WrongAnswer):
            PROVIDER.parse(body, ask())


def test_refusals_speak_plainly() -> None:
    conditions = (ANSWERS / "err_400_conditions.json").read_bytes()
    field = (ANSWERS / "err_400_field.json").read_bytes()
    assert PROVIDER.explain(400, conditions) == "publication_date is not a valid date"
    assert PROVIDER.explain(400, field) == "Field does not exist: nope"
    with pytest.raises(Refused, match="not a valid date"):
        PROVIDER.parse(conditions, ask())
