"""The two faces of `briefing`: the terminal app and the plain commands."""

__version__ = "0.1.0"

YOUNG_OBJECTS = 50_000
"""Objects made between two collections of garbage: the usual number costs a short command 4 ms of 50."""

CANCELLED = "ended by ctrl+c; what came until then is kept"
"""What a program is told of it, also before the modules are loaded that tell all else."""
