"""What the app is told before it starts: the configuration file and the environment."""
