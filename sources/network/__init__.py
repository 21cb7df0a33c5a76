"""The one way out: a request goes to a known host, and an answer comes within limits or not at all."""
