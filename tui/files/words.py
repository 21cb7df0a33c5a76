"""Files and what is wrong with them, in the words of messages: the home folder is `~`."""

from __future__ import annotations

import re
from pathlib import Path

from briefings.documents.model import Fault
from cache.troubles import reason_of

LONGEST_PATH = 36
"""Characters of a path in a message; of a longer one the middle is left out."""


_PATH = re.compile(r"(?<![\w.~/:-])~?(?:/[^/\s:;,]+)+")


def fault_line(fault: Fault) -> str:
    """A fault as a message: file and line, what is wrong, and what was expected."""
    return f"{from_home(fault.path)}:{fault.line}  {fault.message}"


def from_home(text: str) -> str:
    """A path, or words with paths in them, in which the home folder is `~`."""
    home = f"{Path('~').expanduser()}/"
    if len(home) < 3 or home not in text:
        return text
    return re.sub(rf"(?<![\w/.~-]){re.escape(home)}", "~/", text)  # not where it ends a longer path


def named(path: Path) -> str:
    """The whole path of a file as people write it: the home folder is `~`."""
    whole = path.absolute()
    home = Path.home()
    return f"~/{whole.relative_to(home)}" if whole.is_relative_to(home) else str(whole)


def told(error: Exception) -> str:
    """Why something could not be read or written, in words."""
    return from_home(reason_of(error))


def short_path(path: str) -> str:
    """A path for a message: the home folder is `~`, and of a long path the middle is left out."""
    parts = from_home(path).split("/")
    if len("/".join(parts)) <= LONGEST_PATH or len(parts) < 4:
        return "/".join(parts)
    return "/".join([parts[0], "...", *parts[-2:]])


def with_short_paths(words: str) -> str:
    """Words for a message with no room for them: their long paths are cut in the middle."""
    return _PATH.sub(lambda found: short_path(found[0]), words)
