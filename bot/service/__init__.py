"""What the bot knows and says, above the engine and below Telegram."""

from bot.service.service import SpeechService, World

__all__ = ["SpeechService", "World"]
