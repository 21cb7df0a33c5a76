"""What a briefing is: documents, items, links and the index of them. Reads, never fetches."""
