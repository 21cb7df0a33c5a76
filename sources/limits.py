"""Every limit on what comes from outside, in one place. Units are in the name or below it."""

from __future__ import annotations

DOCUMENT_BYTES = 4_000_000
"""Size of one document of a library, as UTF-8 (about 50,000 lines)."""

LIBRARY_LEVELS = 40
"""How deep the folders of a library may stand in each other; deeper ones are not looked into."""

LIBRARY_FILES = 100_000
"""Documents of one folder of a library."""

LIBRARY_ENTRIES = 300_000
"""Names that are looked at in one folder of a library, in those below it and in those it links to."""

SETTINGS_BYTES = 256_000
"""Size of the configuration file; a longer one is not read."""

FRONT_MATTER_BYTES = 64_000
"""Size of the YAML at the head of a document, as UTF-8; also of one fenced block of YAML."""

NAMED_ITEMS = 20_000
"""Entities, instruments and events whose names are looked for in texts."""

NESTING = 30
"""Levels that lists and mappings, quotations and list items may stand within each other."""

TABLE_COLUMNS = 50
"""Columns of one table that are kept; what stands to the right of them is left out and said so."""

JOINED_CHARACTERS = 8
"""Accents, joiners and other characters without a cell of their own that may follow one another in a
document: a screen draws all of them at every key, and no script needs more than seven."""

FAULTS_PER_FILE = 100
"""Faults that are named for one file; reading its data ends there."""

MESSAGE_CHARACTERS = 300
"""Length of one message about outside text, after which it is cut."""

EXPRESSION_CHARACTERS = 1_000
"""Length of one expression: a figure, a test, a derived indicator."""

EXPRESSION_NESTING = 30
"""Brackets, functions and signs that may stand within each other in an expression."""

EXPRESSION_STEPS = 300_000
"""Work of one evaluation, counted, not timed: about 50 ms. Beyond it the expression is not answered."""

ID_CHARACTERS = 100
"""Length of the id of a document, or of the part of an id after `#`."""

PROVIDER_SECONDS = 30.0
"""Time for one fetch from a provider, all together, unless its entry says more."""

PROVIDER_BYTES = 20_000_000
"""Size of one decoded answer of a provider, unless its entry says more."""

ANSWER_NESTING = 40
"""Levels that lists and objects of a JSON answer may stand within each other."""

ANSWER_DIGITS = 40
"""Digits of one number in an answer: no figure has more, and converting long ones takes long."""

ANSWER_ROWS = 100_000
"""Rows that are read of one answer: daily values of 270 years."""

ANSWER_COLUMNS = 400
"""Cells of one row of a table in an answer."""

FIRST_YEAR = 1600
"""The first year of which a figure is believed: no statistics are older."""

DAYS_AHEAD = 366
"""How long after today a period may begin, as those of projections and announced rates do."""

ANSWER_PAGES = 100
"""Pages of one answer that are asked for one after the other."""

RELEASE_COUNT = 1_000
"""Days or months that a release rule may count: more is a slip of the pen."""

CONNECT_SECONDS = 10.0
"""Time for finding a host and connecting to it, of the time that one fetch has."""

FETCH_SECONDS_MOST = 120.0
"""Time for one fetch that the entry of a provider may grant at most."""

FETCH_BYTES_MOST = 200_000_000
"""Size of one decoded answer that the entry of a provider may grant at most."""

REDIRECTS = 5
"""Redirects that one fetch follows."""

TRIES = 3
"""How often one fetch asks, before it gives up for this refresh."""

RETRY_AFTER_SECONDS = 3_600.0
"""The longest rest that a provider may ask for; what it asks beyond that counts as this."""

REQUESTS_PER_HOST = 4
"""Requests at once that the entry of a provider may grant for one host at most."""

REQUESTS_AT_ONCE = 64
"""Requests at once to all hosts together."""

SECRETS_BYTES = 64_000
"""Size of the file that holds the keys of providers."""

INDICATOR_BYTES = 1_000_000
"""Size of one file of indicators, as UTF-8."""

INDICATOR_FILES = 500
"""Files of indicators that are read of one folder."""

ENTRIES_PER_FILE = 1_000
"""Indicators that one file may hold."""

TITLE_CHARACTERS = 120
"""Length of a title, unit or other short text of an indicator."""

NOTE_CHARACTERS = 1_000
"""Length of a note, licence or other long text of an indicator."""

NOTE_BYTES = 500_000
"""Size of one note of the reader that the app and the command change."""
