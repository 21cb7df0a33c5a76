"""The text of an expression, token by token.

Each is taken where it is expected, since `2025-06` is a month after a series, and a difference of numbers
elsewhere.
"""

from __future__ import annotations

import re
from typing import NoReturn

from sources.text import shorten

_BLANKS = re.compile(r"[ \t\r\n]*")
_TOKEN = re.compile(
    r"""(?P<number>[0-9]+(?:\.[0-9]+)?)
      | (?P<series>[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+(?::[a-z0-9_]+)?)
      | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<sign>\+-|±|<=|>=|\.\.|[-+*/()<>~,%])""",
    re.VERBOSE,
)
_SAID = {",": "a comma", "(": "( and arguments", ")": ") or a comma"}


class ExpressionError(ValueError):
    """Text that is no expression: `str()` says what, and what was expected, `column` where (from 1)."""

    def __init__(self, words: str, column: int) -> None:
        super().__init__(words)
        self.column = column


class Scanner:
    """Goes through one text from left to right, and stands always past blanks."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self.move(0)

    @property
    def column(self) -> int:
        """Where it stands, from 1."""
        return self._at + 1

    @property
    def is_done(self) -> bool:
        """Whether nothing is left."""
        return self._at >= len(self._text)

    def token(self) -> tuple[str, str]:
        """What stands here, as `number`, `series`, `word` or `sign`; two empty texts for anything else."""
        match = _TOKEN.match(self._text, self._at)
        return (match.lastgroup or "", match[0]) if match else ("", "")

    def sign(self) -> str:
        """The sign that stands here; empty for anything else."""
        match = _TOKEN.match(self._text, self._at)
        return match[0] if match and match.lastgroup == "sign" else ""

    def word(self) -> str:
        """The word that stands here; empty for anything else."""
        match = _TOKEN.match(self._text, self._at)
        return match[0] if match and match.lastgroup == "word" else ""

    def matching(self, pattern: re.Pattern[str]) -> str:
        """What matches a pattern from here on; empty where nothing does."""
        match = pattern.match(self._text, self._at)
        return match[0] if match else ""

    def take(self, sign: str, expected: str = "") -> None:
        """Go past a sign. Raises ExpressionError where it does not stand here."""
        if self.sign() != sign:
            self.fail(expected or _SAID[sign])
        self.move(len(sign))

    def move(self, count: int) -> None:
        """Go on by some characters, and past the blanks after them."""
        blanks = _BLANKS.match(self._text, self._at + count)
        self._at = blanks.end() if blanks else len(self._text)

    def fail(self, expected: str) -> NoReturn:
        """Raise ExpressionError: what stands here is not what was expected."""
        found = self.token()[1] or self._text[self._at : self._at + 1]
        if found and not found.isprintable():
            found = f"U+{ord(found):04X}"
        what = f'unexpected "{shorten(found, 40)}"' if found else "it ends here"
        raise ExpressionError(f"{what}; expected {expected}", self.column)
