"""One file per screen: what it shows of the desk."""
