"""Settings: what the user wrote holds, and what is wrong in it is named and costs only itself."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.limits import FAULTS_PER_FILE, MESSAGE_CHARACTERS, SETTINGS_BYTES
from tui.settings.settings import THEMES, Options, Settings, load, refusal
from tui.settings.toml_lines import key_lines


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """An own `BRIEFING_HOME`."""
    (tmp_path / "config").mkdir()
    return tmp_path


def loaded(house: Path, text: str | bytes, options: Options | None = None, **environment: str) -> Settings:
    file = house / "config" / "config.toml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return load({"BRIEFING_HOME": str(house), "HOME": str(house), **environment}, options)


def told(settings: Settings) -> list[str]:
    """The faults as `line: message`, without the path."""
    path = settings.places.config / "config.toml"
    return [str(fault).removeprefix(f"{path}:") for fault in settings.faults]


def test_without_a_file_the_defaults_hold(house: Path) -> None:
    settings = load({"BRIEFING_HOME": str(house), "HOME": str(house)})
    assert settings == Settings(settings.places)
    assert settings.places.config == house / "config"


def test_the_file_is_heeded(house: Path) -> None:
    (house / "vault").mkdir()
    (house / "config" / "near").mkdir()
    settings = loaded(
        house,
        """
        libraries = ["~/vault", "near"]
        theme = "light"
        ascii = true
        ambiguous = "wide"
        charts = "blocks"
        [keys]
        doc.find = "ctrl+f, ?"
        "app.help" = ["f1", "!"]
        """,
    )
    assert told(settings) == []
    assert settings.libraries == (house / "vault", house / "config" / "near")
    assert (settings.theme, settings.ascii, settings.ambiguous) == ("light", True, "wide")
    assert settings.charts == "blocks"
    assert settings.keys == {"doc.find": "ctrl+f,question_mark", "app.help": "f1,exclamation_mark"}


def test_what_is_asked_of_sources_is_up_to_the_user(house: Path) -> None:
    settings = loaded(
        house,
        """
        offline = true
        refresh = "on-start"
        providers = ["yahoo"]
        [network]
        hosts = ["data.bank.intern"]
        [network.routes]
        "api.example.org" = "https://mirror.bank.intern"
        """,
    )
    assert told(settings) == []
    assert (settings.offline, settings.refresh, settings.providers) == (True, "on-start", ("yahoo",))
    assert settings.hosts == ("data.bank.intern",)
    assert settings.routes == {"api.example.org": "https://mirror.bank.intern"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("editor = true", ("vi", "-n")),
        ("editor = \"code --wait 'a b'\"", ("code", "--wait", "a b")),
        ("editor = false", ()),
        ("", ()),
    ],
)
def test_the_editor_is_a_command_in_words(house: Path, text: str, words: tuple[str, ...]) -> None:
    for name in ("vi", "code"):
        (house / name).touch(mode=0o755)
    settings = loaded(house, text, EDITOR="vi -n", PATH=str(house))
    assert settings.editor == words
    assert told(settings) == []


def test_a_route_that_leads_nowhere_is_named(house: Path) -> None:
    settings = loaded(house, '[network.routes]\n"a.example" = "mirror"\n"b.example" = 5\n')
    assert settings.routes == {}
    assert told(settings) == [
        '2: a.example is "mirror"; expected an address with https://',
        "3: b.example is a number; expected an address with https://",
    ]


def test_the_command_line_goes_before_the_file(house: Path) -> None:
    (house / "vault").mkdir()
    text = 'libraries = ["~/vault"]\ntheme = "light"\n'
    settings = loaded(house, text, Options(libraries=("/other",), theme="contrast"))
    assert (settings.libraries, settings.theme) == ((Path("/other"),), "contrast")


@pytest.mark.parametrize(("value", "holds"), [("1", True), ("0", True), ("", False)])
def test_no_color_counts_unless_empty(house: Path, value: str, holds: bool) -> None:
    assert loaded(house, "", NO_COLOR=value).no_color is holds


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('theme = "dark"\nascii = "yes"', '2: ascii is "yes"; expected true or false'),
        ("editor = 3", '1: editor is a number; expected true, false or a command such as "vim"'),
        ("editor = true", "1: editor: no command in $VISUAL or $EDITOR; notes are written in the app"),
        ('editor = "vim \'"', '1: editor: "vim \'" is no command; notes are written in the app'),
        ('editor = "vmi -n"', '1: editor: no program "vmi" is found; notes are written in the app'),
        ("ambiguous = 2", '1: ambiguous is a number; expected "narrow" or "wide"'),
        ("\nlibraries = [1]", "2: libraries is a list; expected a list of folders"),
        ('libraries = ["missing"]', '1: "missing" is not a folder'),
        ('\n\nthem = "light"', '3: no setting "them"; nearest: "theme"'),
        ("keys = 3", '1: keys is a number; expected a table such as [keys] with doc.find = "ctrl+f"'),
        ('[keys]\n\ngo.bak = "x"', '3: no command "go.bak"; nearest: "go.back"'),
        ('[ keys ] # mine\n"go.up" = "ctrl+m"', '2: key "ctrl+m" cannot be used: terminals send it as enter'),
        ('\n"\\u0061scii" = 7', "2: ascii is a number; expected true or false"),
        ('\n[keys]\n"go\\u002eup" = 7', '3: a number is no key; expected text such as "ctrl+f"'),
        ('\nkeys = { "go.up" = 7 }', '2: a number is no key; expected text such as "ctrl+f"'),
        ("[keys]\ngo.up = 7", '2: a number is no key; expected text such as "ctrl+f"'),
        (
            'theme = "dark"\ntheme = "light"',
            "2: not TOML: Cannot overwrite a value; expected each name once; the defaults hold",
        ),
        (
            "theme = light",
            "1: not TOML: Invalid value; expected text in quotes, true, false or a list; the defaults hold",
        ),
        (
            'theme = "lihgt"',
            '1: theme is "lihgt"; expected "dark" or "light" or "contrast" or "terminal"; nearest: "light"',
        ),
        ('\ufefftheme = "a"', '1: theme is "a"; expected "dark" or "light" or "contrast" or "terminal"'),
        ("# a\r\n\rascii = 1", "3: ascii is a number; expected true or false"),
        ("network = 3", "1: network is a number; expected a table [network] with hosts and routes"),
        ('[network]\n\nhost = ["a"]', '3: no setting "network.host"; nearest: "hosts"'),
        (
            '[network]\nhosts = ["a.b", "http://a"]',
            '2: "http://a" is no host; expected a name such as "data.bank.intern"',
        ),
        (
            '[network.routes]\n"https://a.b" = "https://c"',
            '2: "https://a.b" is no host; expected a name such as "api.example.org"',
        ),
        ('\nproviders = ["yahooo"]', '2: providers: no source "yahooo"; nearest: "yahoo"'),
        ('[keys]\ndoc.find = "qqq"', '2: no key "qqq"; expected text such as "ctrl+f"'),
        ('[keys]\ndoc.find = "s"', '2: key "s" is that of go.search; give that one another key first'),
        ("#" * (SETTINGS_BYTES + 1), "1: longer than 256,000 bytes; the defaults hold"),
        (b'\n# \xff\ntheme = "light"', "2: not UTF-8 text; the defaults hold"),
    ],
)
def test_a_fault_names_line_and_what_was_expected(house: Path, text: str | bytes, fault: str) -> None:
    settings = loaded(house, text)
    assert told(settings) == [fault]
    assert settings.theme == "dark"


def test_of_very_many_faults_the_first_are_told(house: Path) -> None:
    settings = loaded(house, "".join(f"k{number} = 1\n" for number in range(20_000)))
    assert len(settings.faults) == FAULTS_PER_FILE + 1
    assert settings.faults[-1].line == FAULTS_PER_FILE + 1
    assert settings.faults[-1].message == "more is wrong from here on; mend what is named first"


def test_hosts_are_taken_as_addresses_have_them(house: Path) -> None:
    text = (
        '[network]\nhosts = ["Data.Bank.intern", "::1", "10.0.0.7"]\n[network.routes]\n"API.x" = "https://c"'
    )
    settings = loaded(house, text)
    assert settings.hosts == ("data.bank.intern", "::1", "10.0.0.7")
    assert (settings.routes, told(settings)) == ({"api.x": "https://c"}, [])


def test_one_wrong_value_costs_only_itself(house: Path) -> None:
    settings = loaded(house, 'theme = 7\nascii = true\n[keys]\ngo.up = "Z"\ngo.bak = "x"')
    assert (settings.theme, settings.ascii, settings.keys) == (THEMES[0], True, {"go.up": "Z"})
    assert len(settings.faults) == 2


def test_a_folder_in_the_place_of_the_file_is_a_fault(house: Path) -> None:
    (house / "config" / "config.toml").mkdir()
    settings = load({"BRIEFING_HOME": str(house), "HOME": str(house)})
    assert [fault.line for fault in settings.faults] == [1]


def test_a_fault_cannot_act_on_the_terminal(house: Path) -> None:
    (fault,) = loaded(house, 'theme = "\\u001b[2J\\u202e"').faults
    assert fault.message.isprintable()


def test_no_fault_is_longer_than_a_message(house: Path) -> None:
    (fault,) = loaded(house, f'theme = "{"x" * 5_000}"').faults
    assert len(fault.message) <= MESSAGE_CHARACTERS


@given(text=st.text(alphabet="[]{}=\"'.,#\\ \nkeysthmliba019-:Tn\x00é", max_size=60) | st.text(max_size=30))
def test_no_text_is_an_exception(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    house = tmp_path_factory.getbasetemp() / "fuzzed"
    (house / "config").mkdir(parents=True, exist_ok=True)
    settings = loaded(house, text.encode("utf-8", "surrogatepass"))
    assert all(1 <= fault.line <= text.count("\n") + text.count("\r") + 2 for fault in settings.faults)


@pytest.mark.parametrize("value", ["[" * 3000 + "]" * 3000, "0x" + "f" * 9000, "9" * 9000, "2026-99-99"])
def test_absurd_values_are_faults_too(house: Path, value: str) -> None:
    settings = loaded(house, f"theme = {value}")
    assert len(settings.faults) == 1
    assert settings.theme == THEMES[0]


def test_a_number_that_python_does_not_read_is_told_with_its_line(house: Path) -> None:
    (fault,) = loaded(house, f'theme = "dark"\nb = {"9" * 9000}\n').faults
    assert (fault.line, fault.message) == (2, "not TOML: a number of too many digits; the defaults hold")


def test_the_file_is_never_written(house: Path) -> None:
    loaded(house, "theme = = broken")
    assert (house / "config" / "config.toml").read_text() == "theme = = broken"
    assert [path.name for path in house.rglob("*")] == ["config", "config.toml"]


def test_lines_of_keys_survive_quotes_blanks_and_comments() -> None:
    text = "# a = 1\na . 'b' = 1\n[ keys . x ]\n\n\"go.up\" = 2 # c = 3\n"
    assert key_lines(text) == {"a.b": 2, "keys.x": 3, "keys.x.go.up": 5}


def test_lines_end_where_those_of_toml_do() -> None:
    assert key_lines('a = "\u2028\x85"\r\nb = 1') == {"a": 1, "b": 2}


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1), min_size=1, unique=True))
def test_every_name_is_found_on_its_line_however_it_is_quoted(names: list[str]) -> None:
    written = ['"{}"'.format("".join(f"\\U{ord(letter):08x}" for letter in name)) for name in names]
    text = "\n".join(f"{name} = {number}" for number, name in enumerate(written))
    assert key_lines(text) == {name: number for number, name in enumerate(tomllib.loads(text), 1)}


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (Options(), ""),
        (Options(theme="light", libraries=("/",)), ""),
        (Options(theme="lihgt"), '--theme: no theme "lihgt"; nearest: "light"'),
        (Options(libraries=("/no/such/folder",)), '--library: "/no/such/folder" is not a folder'),
    ],
)
def test_options_that_cannot_be_followed_are_refused(options: Options, reason: str) -> None:
    assert refusal(options, {"HOME": "/"}) == reason
