"""A file's text -> a document: its head, sections, blocks, claims, items, names, and all its faults."""
