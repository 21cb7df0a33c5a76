"""The commands of the app: the one table that keys, footer, palette, help and `briefing keys` are made of.

A command holds in one or more contexts. `everywhere` is the app itself: its keys work in every other
context too, except that a text field (`find`) keeps printable keys, backspace and the arrows for
itself. Within a context, what holds everywhere included, no key stands for two commands.
"""

from typing import Literal, NamedTuple

Context = Literal["everywhere", "document", "list", "find", "search", "chart", "hints", "going", "asked"]
CONTEXTS: tuple[Context, ...] = (
    "everywhere", "document", "list", "find", "search", "chart", "hints", "going", "asked",
)  # fmt: skip

PANES: tuple[Context, ...] = ("document", "list")
"""Where something is read or chosen, rather than typed."""


class Command(NamedTuple):
    """Something the user can ask for.

    `keys` are names of the framework's, parted by commas. `title` is the word of the footer and the
    palette, `help` the sentence of the help screen. `footer` is the order in the footer, from 1; 0 is not
    shown. `action` is what the screens implement, in the framework's notation; `do('outcomes.resolve')` is
    the function of that name in `tui/actions/outcomes.py`.
    """

    id: str
    keys: str
    title: str
    help: str
    group: str
    where: tuple[Context, ...]
    action: str
    footer: int = 0

    @property
    def key_names(self) -> tuple[str, ...]:
        """The keys one by one."""
        return tuple(self.keys.split(","))


EVERYWHERE: tuple[Context, ...] = ("everywhere",)
DOCUMENT: tuple[Context, ...] = ("document",)
LIST: tuple[Context, ...] = ("list",)
FIND: tuple[Context, ...] = ("find",)
SEARCH: tuple[Context, ...] = ("search",)
CHART: tuple[Context, ...] = ("chart",)
HINTS: tuple[Context, ...] = ("hints",)
GOING: tuple[Context, ...] = ("going",)
ASKED: tuple[Context, ...] = ("asked",)

_TABS = ("Overview", "Legal shield", "Monetary stability", "Key players", "Market dynamics", "Risks")

COMMANDS: tuple[Command, ...] = (
    *(
        Command(f"tab.{n}", f"{n}", title, f"Go to the tab {title}.", "Tabs", EVERYWHERE, f"tab({n})")
        for n, title in enumerate(_TABS)
    ),
    Command("move.down", "j,down", "line down", "Move one line down.",
            "Move", PANES, "do('scrolling.by_line', 1)"),
    Command("move.up", "k,up", "line up", "Move one line up.",
            "Move", PANES, "do('scrolling.by_line', -1)"),
    Command("move.top", "g,home", "top", "Go to the top.", "Move", PANES, "do('scrolling.to_end', -1)"),
    Command("move.bottom", "G,end", "bottom", "Go to the end.", "Move", PANES, "do('scrolling.to_end', 1)"),
    Command("move.half_down", "ctrl+d,J", "half page down", "Move half a page down.",
            "Move", PANES, "do('scrolling.by_pages', 0.5)"),
    Command("move.half_up", "ctrl+u,K", "half page up", "Move half a page up.",
            "Move", PANES, "do('scrolling.by_pages', -0.5)"),
    Command("move.page_down", "pagedown,space", "page down", "Move one page down.",
            "Move", PANES, "do('scrolling.by_pages', 1)"),
    Command("move.page_up", "pageup", "page up", "Move one page up.",
            "Move", PANES, "do('scrolling.by_pages', -1)"),
    Command("move.right", "shift+right,right_parenthesis", "sideways right",
            "Scroll a wide table to the right.", "Move", DOCUMENT, "sideways(1)"),
    Command("move.left", "shift+left,left_parenthesis", "sideways left",
            "Scroll a wide table to the left.", "Move", DOCUMENT, "sideways(-1)"),
    Command("pane.left", "less_than_sign", "left pane", "Go to the left one of two panes.",
            "Move", EVERYWHERE, "pane(-1)"),
    Command("pane.right", "greater_than_sign", "right pane", "Go to the right one of two panes.",
            "Move", EVERYWHERE, "pane(1)"),
    Command("link.follow", "enter", "follow", "Open the chosen link.",
            "Links", DOCUMENT, "follow", footer=10),
    Command("list.open", "enter", "open", "Open the chosen line of a list.",
            "Links", LIST, "follow", footer=10),
    Command("link.next", "tab,right", "next link", "Choose the next link.",
            "Links", DOCUMENT, "link(1)", footer=20),
    Command("link.previous", "shift+tab,left", "previous link", "Choose the link before.",
            "Links", DOCUMENT, "link(-1)"),
    Command("hint.show", "f", "hints", "Show letters on all that can be opened; typing them opens it.",
            "Links", PANES, "hints('open')", footer=22),
    Command("hint.beside", "F", "hints beside", "Show letters; what they stand for is opened beside.",
            "Links", PANES, "hints('beside')"),
    Command("hint.turn", "tab", "open, beside, cite, source", "Change what the letters of hints do.",
            "Links", HINTS, "turn_hints", footer=10),
    Command("link.beside", "O", "open beside", "Open the chosen link beside, and stay here.",
            "Links", PANES, "open_beside", footer=24),
    Command("go.provenance", "i", "source", "Show where a figure comes from, and what it rests on.",
            "Links", PANES, "provenance", footer=92),
    Command("go.vintages", "v", "vintages", "Show what was published of a figure when.",
            "Links", PANES, "vintages", footer=94),
    Command("link.source", "o", "open source", "Show the web address of the source; enter then opens it.",
            "Links", PANES, "do('opening.web_address')", footer=96),
    Command("link.copy", "y", "copy", "Copy what is selected, else the chosen web link, else a line to cite.",
            "Links", PANES, "copy", footer=140),
    Command("text.mentions", "E", "names", "Show names in texts as links where none was made, or no longer.",
            "Links", PANES, "do('preferences.turn_mentions')", footer=157),
    Command("doc.find", "slash", "find", "Find words on this page.",
            "Find", PANES, "do('finding.ask')", footer=70),
    Command("doc.find_next", "n", "next hit", "Go to the next place with the words looked for.",
            "Find", PANES, "do('finding.go_on', 1)", footer=5),
    Command("doc.find_previous", "N", "previous hit", "Go to the place before it.",
            "Find", PANES, "do('finding.go_on', -1)"),
    Command("find.accept", "enter", "go to hit", "Stay where the words were found.",
            "Find", FIND, "accept_find", footer=10),
    Command("go.search", "s", "search", "Search everything, or change the words searched for.",
            "Find", PANES, "search", footer=26),
    Command("search.keep", "Q,f2", "keep",
            "Keep this search under a name, or drop it: the library lists them.",
            "Find", PANES, "do('kept_searches.keep')", footer=23),
    Command("search.open", "enter", "open", "Open the chosen hit.", "Find", SEARCH, "open_hit", footer=10),
    Command("search.complete", "tab", "complete", "Complete a key or value of the query.",
            "Find", SEARCH, "complete_query", footer=20),
    Command("doc.outline", "t", "outline", "List the sections of this page.",
            "Find", DOCUMENT, "outline", footer=100),
    Command("chart.switch", "d", "chart", "Chart or table of an indicator; charts of a topic, or a claim's.",
            "Charts", PANES, "chart", footer=160),
    Command("chart.add", "plus", "overlay", "Add a series to the chart; on a figure, take it to be compared.",
            "Charts", PANES, "add", footer=45),
    Command("table.filter", "ampersand", "filter",
            "Show some rows of a table (> 5, 2023.., words), some claims, or documents of the library.",
            "Charts", PANES, "do('listing.ask_filter')", footer=65),
    Command("page.export", "e", "export", "Write a chart as .png or .svg, or figures as .csv, into a file.",
            "Charts", PANES, "do('exporting.ask')", footer=165),
    Command("chart.back", "left", "crosshair back", "Move the crosshair to the figure before.",
            "Charts", CHART, "step(-1)"),
    Command("chart.on", "right", "crosshair on", "Move the crosshair to the next figure.",
            "Charts", CHART, "step(1)"),
    Command("chart.page_back", "pageup", "crosshair far back", "Move the crosshair back by a tenth.",
            "Charts", CHART, "page(-1)"),
    Command("chart.page_on", "pagedown", "crosshair far on", "Move the crosshair on by a tenth.",
            "Charts", CHART, "page(1)"),
    Command("chart.first", "home", "first figure", "Move the crosshair to the first figure shown.",
            "Charts", CHART, "edge(-1)"),
    Command("chart.newest", "end", "newest figure", "Move the crosshair to the newest figure shown.",
            "Charts", CHART, "edge(1)"),
    Command("chart.wider", "minus", "wider", "Show twice as many days.", "Charts", CHART, "zoom(-1)"),
    Command("chart.closer", "equals_sign", "closer", "Show half as many days.", "Charts", CHART, "zoom(1)"),
    Command("chart.shorter", "left_square_bracket", "shorter span", "Show one year, or five, or ten.",
            "Charts", CHART, "preset(-1)"),
    Command("chart.longer", "right_square_bracket", "longer span", "Show five years, or ten, or all.",
            "Charts", CHART, "preset(1)"),
    Command("chart.view", "percent_sign", "view", "Show figures plain, from 100, or against a year before.",
            "Charts", CHART, "view"),
    Command("chart.log", "backslash", "logarithmic", "Show a logarithmic scale, where all is above zero.",
            "Charts", CHART, "log"),
    Command("refresh.this", "r", "refresh this", "Ask the sources for the figures of this page.",
            "Refresh", PANES, "do('refreshing.ask_page')", footer=110),
    Command("refresh.all", "R", "refresh all", "Ask the sources for all that is due.",
            "Refresh", PANES, "do('refreshing.ask_all')", footer=120),
    Command("go.bar", "colon", "go", "Go to a page or an item by its name, or do something by its name.",
            "Go", PANES, "do('going.ask')", footer=28),
    Command("bar.go", "enter", "go", "Go to the chosen one.", "Go", GOING, "bar_go", footer=10),
    Command("bar.complete", "tab", "complete", "Type what the chosen one is called.",
            "Go", GOING, "bar_complete", footer=20),
    Command("bar.move", "down", "choose", "Choose another one, with the arrows.",
            "Go", GOING, "bar_move", footer=25),
    Command("answer.give", "enter", "answer", "Do what the answer says.",
            "Go", ASKED, "answer", footer=10),
    Command("answer.other", "down,tab", "another", "Choose another one that the letters may mean.",
            "Go", ASKED, "other(1)", footer=20),
    Command("go.sources", "S", "sources", "List the sources, and how asking them goes.",
            "Go", PANES, "do('opening.sources')"),
    Command("go.as_of", "at", "as of", "Show everything as it was known on a day, or today again.",
            "Go", PANES, "do('past.ask')", footer=180),
    Command("go.library", "l", "library", "List all documents, and what is wrong in their files.",
            "Go", EVERYWHERE, "do('opening.library')", footer=130),
    Command("go.claims", "c", "claims", "List the claims, with what holds and what does not.",
            "Go", PANES, "do('opening.claims')", footer=80),
    Command("go.predictions", "p", "predictions", "List the predictions, and what became of them.",
            "Go", PANES, "do('opening.predictions')", footer=90),
    Command("prediction.resolve", "x", "resolve",
            "Record what became of the chosen prediction, or how likely you call it.",
            "Go", PANES, "do('outcomes.resolve')", footer=170),
    Command("prediction.undo", "U", "undo", "Say what was done last; pressed then, take it back.",
            "Go", PANES, "undo"),
    Command("go.neighbours", "B", "said where",
            "List who says what about this item; there, ask for the way to another one.",
            "Go", PANES, "do('connecting.neighbours')", footer=35),
    Command("note.write", "a", "note", "Write a note on the chosen link's item, else on this page's.",
            "Go", PANES, "do('notes.write')", footer=150),
    Command("list.group", "comma", "group", "Group claims by verdict, topic, document; order a table.",
            "Go", PANES, "do('listing.group')", footer=60),
    Command("list.sort", "semicolon", "sort", "Sort claims in their groups, rows of a table, or briefings.",
            "Go", PANES, "do('listing.sort')", footer=61),
    Command("list.all", "A", "all or this", "Show a topic or a list of all briefings, or of this one.",
            "Go", PANES, "do('listing.switch_all')", footer=155),
    Command("go.back", "backspace,H", "back", "Go back to where you came from.",
            "Go", EVERYWHERE, "go_back", footer=40),
    Command("go.forward", "L", "forward", "Go forward again after going back.",
            "Go", EVERYWHERE, "go_forward"),
    Command("go.history", "h", "history", "List the marks, and the pages that were visited.",
            "Go", PANES, "history"),
    Command("go.unread", "full_stop", "next unread", "Go to the next section here that was not read yet.",
            "Go", PANES, "do('sections.go_next')", footer=156),
    Command("read.turn", "M", "all read", "Call all sections here read; where they are, unread.",
            "Go", PANES, "do('sections.turn_read')"),
    Command("mark.set", "m", "mark", "Mark this place by the letter that is typed next.",
            "Go", PANES, "do('marks.await_letter', 'mark')"),
    Command("mark.go", "apostrophe", "go to mark", "Go to the mark of the letter that is typed next.",
            "Go", PANES, "do('marks.await_letter', 'go')"),
    Command("go.up", "u", "up", "Go to what this is a part of: its text, or the library.",
            "Go", EVERYWHERE, "go_up", footer=50),
    Command("app.close", "escape", "close", "Close what lies on top: the sections, the words found, help.",
            "Program", EVERYWHERE, "close_layer", footer=30),
    Command("app.palette", "ctrl+p,P", "palette", "Find a command or an item by its name.",
            "Program", EVERYWHERE, "command_palette"),
    Command("app.help", "question_mark", "help", "Show all keys.",
            "Program", EVERYWHERE, "do('opening.show_help')", footer=900),
    Command("settings.theme", "T", "theme", "Choose other colours.",
            "Program", PANES, "do('going.ask', 'theme ')"),
    Command("settings.keep", "W", "keep settings",
            "Write the theme, what charts are drawn with, and names as links into the configuration.",
            "Program", PANES, "do('preferences.offer_to_keep')"),
    Command("app.quit", "q,ctrl+q", "quit", "Leave the program.", "Program", EVERYWHERE, "quit"),
    Command("app.suspend", "ctrl+z", "suspend", "Return to the shell; fg there comes back.",
            "Program", EVERYWHERE, "suspend_process"),
)  # fmt: skip

BY_ID: dict[str, Command] = {command.id: command for command in COMMANDS}


def holding_in(context: Context) -> tuple[Command, ...]:
    """The commands whose own context is `context`: what a screen of that kind binds."""
    return tuple(command for command in COMMANDS if context in command.where)
