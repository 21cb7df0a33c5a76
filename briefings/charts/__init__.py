"""Charts without a screen: scales and lines, as cells of a terminal, as SVG and PNG, and in words."""
