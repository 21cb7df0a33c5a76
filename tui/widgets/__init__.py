"""What the screen is made of: rows, panes, fields and charts, which draw themselves and know no desk."""
