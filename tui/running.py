"""One run of the app, and a second one where it met damage in the index."""

from __future__ import annotations

import sqlite3

from briefings.desk import Library, open_desk
from cache.troubles import is_damage
from tui.app import BriefingApp
from tui.settings.settings import Settings


def run(settings: Settings) -> int:
    """Run the app until it ends; the exit status. An index in which it meets damage is set aside, and it
    begins again with a new one."""
    try:
        return _run(settings)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
    return _run(settings, anew=True)


def _run(settings: Settings, *, anew: bool = False) -> int:
    """Raises `sqlite3.DatabaseError` where the index is damaged, once the terminal is given back."""
    desk = open_desk(Library(settings.places, settings.libraries), compare=False, anew=anew)
    app = BriefingApp(settings, desk)
    try:
        status = app.run_to_status()
    finally:
        desk.close()
    if app.damage:
        raise app.damage
    return status
