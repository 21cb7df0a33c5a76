"""The one screen: its panes, and what its keys do, a module for each thing that they do."""
