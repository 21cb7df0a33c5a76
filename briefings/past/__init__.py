"""All of that as it was known at the end of a past day."""
