"""The two faces of `briefing`: the terminal app and the plain commands."""

__version__ = "0.1.0"
