"""The language of searches, and the full text that they look into."""
