"""Every limit on what comes from outside, in one place. Units are in the name or below it."""

from __future__ import annotations

DOCUMENT_BYTES = 4_000_000
"""Size of one document of a library, as UTF-8 (about 50,000 lines)."""

FRONT_MATTER_BYTES = 64_000
"""Size of the YAML at the head of a document, as UTF-8; also of one fenced block of YAML."""

NESTING = 30
"""Levels that lists and mappings, quotations and list items may stand within each other."""

TABLE_COLUMNS = 50
"""Columns of one table that are kept; what stands to the right of them is left out and said so."""

FAULTS_PER_FILE = 100
"""Faults that are named for one file; reading its data ends there."""

MESSAGE_CHARACTERS = 300
"""Length of one message about outside text, after which it is cut."""

EXPRESSION_CHARACTERS = 1_000
"""Length of one expression: a figure, a test, a derived indicator."""

ID_CHARACTERS = 100
"""Length of the id of a document, or of the part of an id after `#`."""
