"""Blocks become lines of styled cells; the document view and `briefing read` draw the same lines."""
