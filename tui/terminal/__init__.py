"""The app and the terminal it runs in: taken, written to, typed and pasted into, given back."""
