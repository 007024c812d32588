"""`python -m bot`, see `bot.cli.commands`."""

import gc
import os
import sys

# A start makes 300 000 objects that stay: to look through them again and again took a fifth of it. The bot sets its own when it runs.
gc.set_threshold(500_000, 20, 50)
# Read when numpy is loaded. Its arrays are small here: with two threads, which wait busily for each other, a vector of a question took
# 174 ms instead of 2 where others use the processor.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from bot.cli.commands import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
