"""The indicators: what each series is, where it comes from, when it is published, what it is made of."""
