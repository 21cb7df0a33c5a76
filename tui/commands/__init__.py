"""What the user can ask the app to do: one declaration each, and the keys that ask for it."""
