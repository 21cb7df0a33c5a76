"""The user's shell, with its job control, where nothing of its own set-up is read."""

from __future__ import annotations

import os

if __name__ == "__main__":
    os.environ["PS1"] = "SHELL> "
    os.execvp("bash", ["bash", "--norc", "--noprofile", "--noediting", "-i"])  # noqa: S606
