"""The bot in a terminal: what each command of `python -m bot` does."""
