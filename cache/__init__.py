"""What is held already: bytes and rows, and the folders they live in."""
