"""What screens show, offer and write into files, before anything is drawn: one file per page, made of blocks,
and what is made of pages. No screen in it."""
