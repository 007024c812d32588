"""Loses nothing, floods nobody, knows no Telegram: what came in, what goes out, in which order and when."""
