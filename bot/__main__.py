"""`python -m bot`, see `bot.cli.commands`."""

import sys

from bot.cli.commands import main

if __name__ == "__main__":
    sys.exit(main())
