"""The files of the reader: compared beside the screen, edited, written, and named in messages."""
