"""What commands do that the screen itself does not: functions that take it, in a module for each matter.

The table of commands names them, `do('outcomes.resolve')`; a module is loaded when it is first asked for.
"""
