import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from sources.adapters.github import PROVIDER
from sources.model import Frequency, Period, Refused, WrongAnswer
from sources.provider import Asked, Query

ANSWERS = Path(__file__).parent / "answers" / "github"
HISTORY = (ANSWERS / "stargazers_history.json").read_bytes()
NEWEST = 1788048000  # Sunday 2026-08-30
WEEK = 7 * 86_400
TOKEN = "made-up"  # noqa: S105


def ask(
    count: str,
    frequency: Frequency = "W",
    today: date = date(2026, 9, 5),
    since: Period | None = None,
    token: str = "",
) -> Asked:
    query = Query("x", frequency, (("repo", "hpcaitech/ColossalAI"), ("count", count)))
    (asked,) = PROVIDER.requests([query], since, today, {"github": token})
    return asked


def page(first: int, weeks: int = 30) -> bytes:
    return json.dumps(
        [{"week": first - place * WEEK, "total": 7, "days": [1] * 7} for place in range(weeks)]
    ).encode()


def test_new_stars_of_weeks_that_are_over() -> None:
    points = PROVIDER.parse(HISTORY, ask("new_stars")).points["x"]
    assert [(str(point.period), point.value) for point in points] == [("2026-08-16", 35), ("2026-08-23", 23)]
    after = PROVIDER.parse(HISTORY, ask("new_stars", today=date(2026, 9, 6))).points["x"]
    assert (str(after[-1].period), after[-1].value) == ("2026-08-30", 19)


def test_new_stars_by_day() -> None:
    points = PROVIDER.parse(HISTORY, ask("new_stars", "D", today=date(2026, 9, 1))).points["x"]
    assert len(points) == 16
    assert (str(points[-1].period), points[-1].value) == ("2026-08-31", 1)


def test_counts_are_those_of_the_day_of_asking() -> None:
    answer = PROVIDER.parse((ANSWERS / "repo.json").read_bytes(), ask("stars", "D"))
    (point,) = answer.points["x"]
    stars = json.loads((ANSWERS / "repo.json").read_bytes())["stargazers_count"]
    assert (point.period, point.value) == (Period(date(2026, 9, 5), "D"), stars)
    assert answer.notes == ("hpcaitech/ColossalAI is called PyGithub/PyGithub now",)


def test_pages_follow_until_what_is_held() -> None:
    asked = ask("new_stars")
    following = PROVIDER.parse(page(NEWEST), asked).following
    assert following is not None
    assert following.query == (("page", "2"),)
    assert PROVIDER.parse(HISTORY, asked).following is None
    held = Period(date(2026, 8, 16), "W")
    assert PROVIDER.parse(page(NEWEST), ask("new_stars", since=held)).following is None


def test_a_page_that_comes_again_is_refused() -> None:
    asked = ask("new_stars")
    following = PROVIDER.parse(page(NEWEST), asked).following
    assert following is not None
    with pytest.raises(WrongAnswer, match="page 2"):
        PROVIDER.parse(page(NEWEST), asked.then(following))
    assert PROVIDER.parse(page(NEWEST - 30 * WEEK), asked.then(following)).points["x"]


def test_without_a_token_old_pages_are_left_alone() -> None:
    def pages(token: str) -> int:
        asked, first = ask("new_stars", token=token), NEWEST
        for number in range(1, 20):
            following = PROVIDER.parse(page(first), asked).following
            if following is None:
                return number
            asked, first = asked.then(following), first - 30 * WEEK
        return 20

    assert (pages(""), pages(TOKEN)) == (8, 20)
    assert ask("new_stars", token=TOKEN).request.secret_headers == (("Authorization", f"Bearer {TOKEN}"),)


@pytest.mark.parametrize(
    "change",
    [
        {"total": 20},
        {"days": [19]},
        {"days": {}},
        {"days": [20, -1, 0, 0, 0, 0, 0]},
        {"week": NEWEST + 86_400},
        {"week": NEWEST + 3600},
        {"week": NEWEST - WEEK},
        {"week": 10**25},
        {"week": -(10**10) * 9},
    ],
)
def test_drift_of_the_history_is_refused(change: dict[str, Any]) -> None:
    weeks = json.loads(HISTORY)
    weeks[0] |= change
    with pytest.raises(WrongAnswer):
        PROVIDER.parse(json.dumps(weeks).encode(), ask("new_stars"))


def test_other_drift_is_refused() -> None:
    repo = (ANSWERS / "repo.json").read_bytes()
    cases = [
        (ask("stars", "D"), repo.replace(b"stargazers_count", b"stars")),
        (ask("stars", "D"), HISTORY),
        (ask("new_stars"), repo),
        (ask("new_stars", "M"), HISTORY),
        (ask("new_stars"), b""),
        (ask("new_stars"), b"<html><title>Unicorn!</title>"),
    ]
    for asked, body in cases:
        with pytest.raises(WrongAnswer):
            PROVIDER.parse(body, asked)


@pytest.mark.parametrize(
    ("status", "name", "words"),
    [
        (403, "err_403_rate_limit_anonymous.json", "the free requests of this hour are used up"),
        (404, "err_404_not_found.json", "there is no public repository of that name"),
        (401, "err_401_restricted.json", "it shows this to its members only"),
        (401, "err_401_bad_credentials.json", "it does not take the token that is set"),
    ],
)
def test_refusals_speak_plainly_and_name_no_address(status: int, name: str, words: str) -> None:
    body = (ANSWERS / name).read_bytes()
    assert PROVIDER.explain(status, body) == words
    with pytest.raises(Refused, match=words):
        PROVIDER.parse(body, ask("new_stars"))


def test_the_secondary_limit_is_told_from_the_hourly_one() -> None:
    body = b'{"message": "You have exceeded a secondary rate limit. Please wait a few minutes."}'
    assert "pause" in PROVIDER.explain(403, body)
    assert PROVIDER.explain(503, b"<html>") == ""


@pytest.mark.parametrize("repo", ["owner", "owner/", "../x/y", "owner/..", "a/b/c", "a b/c"])
def test_entries_name_a_repository(repo: str) -> None:
    assert PROVIDER.faults({"repo": repo, "count": "stars"})
    assert not PROVIDER.faults({"repo": "PaddlePaddle/Paddle.js", "count": "new_stars"})


def test_weeks_begin_on_sundays() -> None:
    assert date(1970, 1, 1) + timedelta(seconds=NEWEST) == date(2026, 8, 30)
