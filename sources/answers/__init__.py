"""What adapters share: requests put together, and bodies read with distrust."""
