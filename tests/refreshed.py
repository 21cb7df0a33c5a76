"""All providers of the catalogue on this machine: what they answered once, and what they would answer next.

    with World() as world:
        ...Settings(places, routes=world.routes)           # the app's, led here
        ...world.environment(home)                         # a user's whose configuration leads here

Bodies are the recorded answers (`sources/adapters/answers`), or have their shape with figures of ours.
Every answer has an ETag: whoever holds it gets a 304.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from cache.paths import places
from sources.adapters import MODULES, provider
from sources.catalogue.catalogue import load
from sources.catalogue.indicator import Indicator
from tests.loopback import SECONDS, Loopback, Reply, Seen
from tui.settings import settings

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
"""A Friday: the figures of October are out."""

MONTHS = ("2026-10", "2026-09")
RECORDED = Path(__file__).parent / "sources" / "adapters" / "answers"
ON = ("eastmoney", "pboc", "chinabond", "ecb", "worldbank", "fred", "github", "federal-register", "bis")
"""The providers that are asked unless the user turns on more."""


class World(Loopback):
    """Plays every provider that is on; what stands in `trouble` under one's name is played instead."""

    def __init__(self) -> None:
        super().__init__()
        self.trouble: dict[str, Reply] = {}
        self.bodies: list[str] = []
        """Who sent a body, and not only word that nothing changed."""
        self.open = threading.Event()
        """Nobody answers while this is clear."""
        self.open.set()

    @property
    def routes(self) -> dict[str, str]:
        """All hosts of all providers, led here."""
        return _routes(self.url())

    def environment(self, home: Path) -> dict[str, str]:
        """That of a user whose configuration leads all hosts here."""
        return routed_home(home, self.url())

    def fail(self, reply: Reply, *names: str) -> None:
        """Play this in place of the answers of these providers, or of all."""
        self.trouble |= dict.fromkeys(names or ON, reply)

    def _reply(self, request: Seen) -> Reply:
        self.open.wait(SECONDS)
        asked = _provider_of(request.path)
        if asked in self.trouble:
            return self.trouble[asked]
        body = _ANSWERS[asked](request) if asked else None
        if body is None:
            return super()._reply(request)
        tag = f'"{sha256(body).hexdigest()[:12]}"'
        if request.header("if-none-match") != tag:
            self.bodies.append(asked)
        return Reply(body, headers={"ETag": tag})


def routed_home(home: Path, place: str) -> dict[str, str]:
    """The environment of a user whose configuration leads the hosts of all providers to a place."""
    environment = {"HOME": str(home), "BRIEFING_HOME": str(home)}
    config = places(environment).config
    config.mkdir(mode=0o700, parents=True, exist_ok=True)
    routes = "".join(f'"{host}" = "{place}"\n' for host in _routes(place))
    (config / settings.FILE_NAME).write_text(f"[network.routes]\n{routes}", encoding="utf-8")
    return environment


def _routes(place: str) -> dict[str, str]:
    return {host: place for id_ in MODULES for host in provider(id_).hosts}


Answer = Callable[[Seen], bytes | None]


def _eastmoney(request: Seen) -> bytes:
    """The recorded money supply with two months more; of other reports the same two months."""
    whole = json.loads(_recorded("eastmoney/currency_supply.json"))
    report = dict(request.query)["reportName"]
    recorded = whole["result"]["data"] if report == "RPT_ECONOMY_CURRENCY_SUPPLY" else []
    made = [(recorded[0] if recorded else _columns(report)) | dated(month) for month in MONTHS]
    if recorded:
        made[0] |= {"BASIC_CURRENCY_SAME": 7.2, "CURRENCY_SAME": 4.4}
    whole["result"] |= {"data": [*made, *recorded], "pages": 1}
    return _json(whole)


def dated(month: str) -> dict[str, str]:
    """A month under all names that reports have for it."""
    days = dict.fromkeys(("REPORT_DATE", "SOLAR_DATE", "TRADE_DATE"), f"{month}-01 00:00:00")
    return {**days, "TIME": f"{month[:4]}年{month[5:]}月份"}


@cache
def _columns(report: str) -> dict[str, float]:
    columns = {}
    for entry in _catalogue():
        for source in (entry.source, entry.check):
            if source and source.provider == "eastmoney" and report.endswith(source.get("report") or "?"):
                scale = float(source.get("scale") or 1)
                columns[source.get("column") or ""] = _believable(entry) / scale
    return columns


def _pboc(request: Seen) -> bytes | None:
    """The recorded pages, and of the two kinds of notices lists that lead to the recorded one."""
    policy, statistics = "/zhengcehuobisi/125207/125213/", "/diaochatongjisi/116219/"
    file = {
        f"{statistics}116225/index.html": "report_index",
        f"{statistics}116319/index.html": "statistics_index",
        f"{statistics}116319/2026ntjsj/hbtjgl/index.html": "statistics_topic",
        "/diaochatongjisi/attachDir/2026/08/2026081416590597261.htm": "money_supply_table_2026",
        f"{policy}125431/125475/2026090108544487779/index.html": "omo_7d_2026-09-01",
        f"{policy}125440/3876551/2026082008544487779/index.html": "lpr_announcement_2026-08",
    }.get(request.path)
    if file:
        return _recorded(f"pboc/{file}.html")
    lpr = "2026年8月20日全国银行间同业拆借中心受权公布贷款市场报价利率（LPR）公告"
    titles = {
        f"{policy}125431/125475/": ("公开市场业务交易公告 [2026]第170号", "2026090108544487779"),
        f"{policy}125440/3876551/": (lpr, "2026082008544487779"),
    }
    folder = request.path.removesuffix("index.html")
    if folder not in titles:
        return None
    title, number = titles[folder]
    day = f"{number[:4]}-{number[4:6]}-{number[6:8]}"
    link = f'<a href="{folder}{number}/index.html">{title}</a><span>{day}</span>'
    return f"<!doctype html>\n<html><body>{link}</body></html>".encode()


def _chinabond(request: Seen) -> bytes:
    """The recorded points under the name of the curve and on the last of the days asked for."""
    asked = dict(request.query)
    (curve, *_) = json.loads(_recorded("chinabond/enterprise_aaa.json"))
    government = asked["ycDefIds"].startswith("2c9081e50a2f9606010a3068cae7")
    name = "中债国债收益率曲线" if government else curve["ycDefName"]
    day = asked["workTimes"].split(",")[-1]
    return _json([curve | {"ycDefName": name, "worktime": day}])


def _ecb(request: Seen) -> bytes:
    head = _recorded("ecb/exr_key.csv").decode().splitlines()[0]
    days = ("2026-11-18", "2026-11-19")
    rates = {"CNY": "7.9", "USD": "1.1"}
    rows = [
        f"EXR.D.{name}.EUR.SP00.A,D,{name},EUR,SP00,A,{day},{rate}" + "," * (head.count(",") - 7)
        for name, rate in rates.items()
        for day in days
    ]
    return "\n".join([head, *rows, ""]).encode()


def _world_bank(request: Seen) -> bytes:
    """Two recorded years under the countries and the indicator asked for."""
    *_, countries, _word, indicator = request.path.split("/")
    head, rows = json.loads(_recorded("worldbank/page1.json"))
    row = rows[0] | {"indicator": {"id": indicator}, "value": _level(indicator)}
    made = [
        row | {"countryiso3code": country, "date": year}
        for country in countries.split(";")
        for year in ("2025", "2024")
    ]
    return _json([head | {"pages": 1, "total": len(made)}, made])


@cache
def _level(indicator: str) -> float:
    of_it = (each for each in _catalogue() if each.source and each.source.get("indicator") == indicator)
    entry = next(of_it)
    return _believable(entry) / float((entry.source and entry.source.get("scale")) or 1)


def _fred_vintages(request: Seen) -> bytes:
    """With a key: what was published of September and October, and when."""
    known = [
        ("2026-10-02", "2026-09-01", "3.64"),
        ("2026-10-09", "2026-09-01", "3.65"),
        ("2026-11-03", "2026-10-01", "3.6"),
    ]
    entries = [dict(zip(("realtime_start", "date", "value"), each, strict=True)) for each in known]
    return _json({"count": len(entries), "offset": 0, "units": "lin", "observations": entries})


def _fred(request: Seen) -> bytes:
    name = dict(request.query)["id"]
    value = {"VIXCLS": 17.0, "DGS10": 4.1, "DEXCHUS": 7.18}.get(name, 3.6)
    monthly = "2026-10-01" if name == "FEDFUNDS" else "2026-10-30"
    return f"observation_date,{name}\n{monthly},{value}\n".encode()


def _github(request: Seen) -> bytes:
    name = request.path.removeprefix("/repos/")
    return _json(json.loads(_recorded("github/repo.json")) | {"full_name": name})


def _federal_register(request: Seen) -> bytes:
    asked = dict(request.query)
    whole = json.loads(_recorded("federal-register/semiconductor.json"))
    kind = {"RULE": "Rule", "NOTICE": "Notice"}[asked["conditions[type][]"]]
    made = [document | {"type": kind} for document in whole["results"]]
    return _json(whole | {"description": "Documents matching 'China'", "count": len(made), "results": made})


def _bis(request: Seen) -> bytes:
    key = request.path.rsplit("/", 1)[1].split(".")
    quarterly = key[0] == "Q"
    names = ["FREQ", *(f"D{number}" for number in range(1, len(key))), "TIME_PERIOD", "OBS_VALUE"]
    row = [*key, "2026-Q1" if quarterly else "2026-10", "190.5" if quarterly else "92.5"]
    return f"{','.join(names)}\n{','.join(row)}\n".encode()


_ANSWERS: Mapping[str, Answer] = {
    "eastmoney": _eastmoney,
    "pboc": _pboc,
    "chinabond": _chinabond,
    "ecb": _ecb,
    "worldbank": _world_bank,
    "fred": _fred,
    "fred with a key": _fred_vintages,
    "github": _github,
    "federal-register": _federal_register,
    "bis": _bis,
}
_PATHS = {
    "/api/data/v1/get": "eastmoney",
    "/diaochatongjisi/": "pboc",
    "/zhengcehuobisi/": "pboc",
    "/cbweb-mn/": "chinabond",
    "/service/data/": "ecb",
    "/v2/country/": "worldbank",
    "/graph/": "fred",
    "/fred/series/": "fred with a key",
    "/repos/": "github",
    "/api/v1/documents.json": "federal-register",
    "/api/v2/data/": "bis",
}


def _provider_of(path: str) -> str:
    return next((name for start, name in _PATHS.items() if path.startswith(start)), "")


@cache
def _recorded(name: str) -> bytes:
    return (RECORDED / name).read_bytes()


@cache
def _catalogue() -> tuple[Indicator, ...]:
    return tuple(load())


def _believable(entry: Indicator) -> float:
    low, high = entry.plausible or (1.0, 1.0)
    return (low + high) / 2


def _json(content: Any) -> bytes:  # noqa: ANN401  (what JSON holds)
    return json.dumps(content, ensure_ascii=False).encode()
