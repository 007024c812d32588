"""Telegram, only here: updates in, messages out."""
