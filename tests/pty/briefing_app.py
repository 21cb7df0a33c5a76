"""The product itself, as the console script starts it."""

from __future__ import annotations

import sys

from tui.main import main

if __name__ == "__main__":
    sys.exit(main())
