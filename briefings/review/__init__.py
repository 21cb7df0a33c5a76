"""What to look at twice in a document: checks of dates, evidence and words, and its tables recomputed."""
