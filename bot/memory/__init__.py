"""What the bot remembers about chats and people. Functions take an open connection of the store."""

from bot.memory.tables import PART

__all__ = ["PART"]
