"""Asking the sources, for both faces: a refresh, whom it asks, and how that went."""
