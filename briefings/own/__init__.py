"""What the reader keeps: outcomes, forecasts, searches and notes in files, and history and marks as state."""
