"""Where numbers and events come from, and what makes outside text harmless."""
