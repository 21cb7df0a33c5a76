"""Figures as documents and lists show them: at a moment, with their freshness, source and history."""
