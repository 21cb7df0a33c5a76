"""`briefing check`: every fault with its file and line, in the library and out of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.locking import refuse_to_list
from tests.tui.cli.json_schema import answered
from tui.cli import run

Check = Callable[..., tuple[int, list[str], str]]

ENTITY = "---\nkind: entity\nid: {id}\ntitle: {id}\naliases: [{alias}]\n---\nText of {id}. {text}\n"
BROKEN = "---\nkind: entity\ntitle: [Bro\n---\n"


def entity(name: str, text: str = "", alias: str = "") -> str:
    return ENTITY.format(id=name, text=text, alias=alias or f"Also {name}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library of a home: two faults to look at twice, and none that is an error."""
    folder = tmp_path_factory.mktemp("home") / "library"
    folder.mkdir()
    (folder / "acme.md").write_text(entity("acme", "[[acmee]] and 41 %", "Anvil Inc"))
    (folder / "zulu.md").write_text(entity("zulu", "[[acme]]", "anvil inc"))
    return folder


@pytest.fixture
def check(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Check:
    """A function that checks, and gives status, lines of the user's own faults, and narration."""
    monkeypatch.setenv("BRIEFING_HOME", str(folder.parent))

    def command(*argv: str) -> tuple[int, list[str], str]:
        status = run(["check", *argv])
        out, err = capsys.readouterr()
        return status, [line for line in out.splitlines() if "/bundled/" not in line], err

    return command


def test_warnings_leave_the_status_at_0_unless_strict(check: Check, folder: Path) -> None:
    status, lines, err = check()
    shared = f'the name "anvil inc" is also one of {folder}/acme.md'
    assert status == 0
    assert lines == [
        f'{folder}/acme.md:7: warning: no item "acmee"; nearest: acme',
        f"{folder}/zulu.md:5: warning: {shared}; expected one of its own",
    ]
    assert err.count("\n") == 1
    assert check("--strict")[0] == 1


def test_one_file_of_the_library(check: Check, folder: Path) -> None:
    _, lines, err = check(str(folder / "acme.md"))
    assert lines == [f'{folder}/acme.md:7: warning: no item "acmee"; nearest: acme']
    assert err == "1 document: 0 errors, 1 warning\n"


def test_the_folder_of_the_library_leaves_the_bundled_documents_out(check: Check, folder: Path) -> None:
    assert check(str(folder))[2] == "2 documents: 0 errors, 2 warnings\n"


def test_a_file_outside_resolves_into_the_library_and_itself(
    check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "---\nkind: briefing\ntitle: D\n---\n# One\n[[acme]] [[#one]] [[draft#one]] [x](#two) [[acmee]]\n"
    Path("draft.md").write_text(text)
    status, lines, err = check("draft.md")
    assert (status, err) == (0, "1 document: 0 errors, 2 warnings\n")
    assert lines == [
        'draft.md:6: warning: no item "#two"',
        'draft.md:6: warning: no item "acmee"; nearest: acme',
    ]


def test_a_folder_outside_is_read_as_a_library_of_its_own(check: Check, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/one.md").write_text(entity("one", "[[two]] [[acme]]"))
    (tmp_path / "two.md").write_text(entity("two", "[[one]]"))
    (tmp_path / "three.md").write_text(entity("two"))
    (tmp_path / "bad.md").write_text(BROKEN)
    status, lines, err = check(str(tmp_path))
    assert status == 1
    assert [line.partition(": ")[0] for line in lines] == [f"{tmp_path}/bad.md:3", f"{tmp_path}/two.md:3"]
    assert f"held by {tmp_path}/three.md" in lines[1]
    assert err.endswith(": 2 errors, 0 warnings\n")


def test_a_folder_that_cannot_be_read_is_a_warning_wherever_it_stands(
    check: Check, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut = [folder / "shut", tmp_path / "outside"]
    for each in shut:
        each.mkdir(exist_ok=True)
    refuse_to_list(monkeypatch, *shut)
    for path, asked in [(shut[0], []), (shut[0], [str(shut[0])]), (shut[1], [str(shut[1])])]:
        status, lines, err = check(*asked)
        told = [line for line in lines if line.startswith(f"{path}:1: warning: this folder cannot be read")]
        assert (status, len(told)) == (0, 1)
        assert "warning" in err
    shut[0].rmdir()


def test_what_cannot_be_a_document_is_an_error(check: Check, tmp_path: Path) -> None:
    (tmp_path / "bytes.md").write_bytes(b"line\n\xff\xfe")
    status, lines, _ = check(str(tmp_path / "bytes.md"))
    assert status == 1
    assert lines[0].startswith(f"{tmp_path}/bytes.md:2: not UTF-8")


# ---------------------------------------------------------------------- indicators

ENTRY = "- id: {id}\n  title: T\n  unit: bn CNY\n  frequency: M\n  from: {origin}\n"
GOOD = ENTRY.format(id="my.steel", origin="{provider: fred, series: STEEL}")
WRONG = (
    GOOD
    + ENTRY.format(id="my.iron", origin="{provider: wordbank, indicator: X}")
    + ENTRY.format(id="my.coal", origin="{provider: fred, serie: COAL}").replace("bn CNY", "7 apples")
    + "- id: my.a\n  title: T\n  derived: yoy(my.b)\n- id: my.b\n  title: T\n  derived: yoy(my.a)\n"
)
FAULTS = [
    '10: `from`: no provider "wordbank"; did you mean worldbank?',
    '13: "7 apples" is no unit; expected as %, pp, bp, index, bn CNY',
    "15: `from`: fred does not know `serie`; did you mean `series`?",
    "15: `from`: fred needs `series`: the id of the series, as DEXCHUS",
    "16: my.a: computed from itself: my.a -> my.b -> my.a",
]


@pytest.fixture
def own(folder: Path) -> Iterator[Path]:
    """A file of the user's own indicators with faults of every sort."""
    own = folder / "indicators"
    own.mkdir()
    (own / "mine.yaml").write_text(WRONG)
    yield own / "mine.yaml"
    shutil.rmtree(own)


def test_all_faults_of_the_users_indicators_are_named_in_one_run(check: Check, own: Path) -> None:
    status, lines, err = check()
    assert status == 1
    assert [line for line in lines if "mine.yaml" in line] == [f"{own}:{fault}" for fault in FAULTS]
    assert ", 1 file of indicators: 5 errors" in err


@pytest.mark.parametrize("path", [".", "indicators", "indicators/mine.yaml"])
def test_indicators_are_checked_by_their_folder_and_file_too(
    check: Check, own: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(own.parents[1])
    status, lines, err = check(path)
    assert status == 1
    assert [line for line in lines if "mine.yaml" in line] == [f"{own}:{fault}" for fault in FAULTS]
    assert "1 file of indicators: 5 errors, " in err


def test_indicators_out_of_the_library_are_checked_with_those_in_it(
    check: Check, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("draft.yaml").write_text(GOOD + "- id: my.more\n  title: T\n  derived: yoy(my.steel)\n")
    status, lines, err = check("draft.yaml")
    assert (status, err) == (1, "1 file of indicators: 1 error, 0 warnings\n")
    assert lines == [f"draft.yaml:1: `my.steel` stands in {own}:1 already; give this one another id"]


def test_a_document_may_use_the_indicators_of_the_library_and_those_beside_it(
    check: Check, own: Path, tmp_path: Path
) -> None:
    (tmp_path / "indicators").mkdir()
    (tmp_path / "indicators" / "theirs.yaml").write_text(GOOD.replace("my.steel", "your.steel"))
    figures = "{{ last(my.steel) }} {{ last(your.steel) }} {{ last(your.steal) }} {{ mean(cn.m2_yoy }}"
    (tmp_path / "draft.md").write_text(f"---\nkind: briefing\ntitle: D\n---\n{figures}\n")
    status, lines, err = check(str(tmp_path))
    assert (status, err) == (1, "1 document, 1 file of indicators: 1 error, 1 warning\n")
    assert lines == [
        f"{tmp_path}/draft.md:5: figure, column 15: it ends here; expected ) or a comma",
        f'{tmp_path}/draft.md:5: warning: figure: no series "your.steal"; nearest: your.steel',
    ]


def test_faults_of_indicators_as_json(check: Check, own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(own), "--json"]) == 1
    data = answered(capsys.readouterr().out)["data"]
    assert (data["documents"], data["indicator_files"], data["errors"]) == (0, 1, 5)
    assert [f"{fault['line']}: {fault['message']}" for fault in data["faults"]] == FAULTS
    assert {fault["path"] for fault in data["faults"]} == {str(own)}


def test_faults_as_json(check: Check, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bad.md"
    path.write_text(BROKEN)
    status = run(["check", str(path), "--json"])
    data = answered(capsys.readouterr().out)["data"]
    assert status == 1
    assert (data["errors"], data["warnings"], data["path"]) == (1, 0, str(path))
    fault = data["faults"][0]
    assert (fault["path"], fault["line"], fault["severity"]) == (str(path), 3, "error")


def test_the_bundled_documents_have_no_errors_and_no_dangling_links(
    check: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check", "--json"])
    faults = answered(capsys.readouterr().out)["data"]["faults"]
    bundled = [fault for fault in faults if "/bundled/" in fault["path"]]
    assert [fault for fault in bundled if "has no expression" not in fault["message"]] == []
