"""Folders of documents and the index of them: what is there, under which names, and what links to what."""
