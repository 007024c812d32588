"""What the bot knows and says, above the engine and below Telegram."""

from bot.service.content import Content
from bot.service.speech_service import SpeechService

__all__ = ["Content", "SpeechService"]
