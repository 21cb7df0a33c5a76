"""What screens show, before anything is drawn: one file per page, made of blocks. No screen in it."""
