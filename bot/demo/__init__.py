"""A strict local Bot API and its chat page: the whole bot without Telegram."""

from bot.demo.api.local import FIRST_USER, SECOND_USER, LocalApi, new_token, start

__all__ = ["FIRST_USER", "SECOND_USER", "LocalApi", "new_token", "start"]
