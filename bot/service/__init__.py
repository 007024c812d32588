"""What the bot knows and says, above the engine and below Telegram."""

from bot.service.content import Content
from bot.service.reader_wishes import ReaderWishes
from bot.service.speech_service import SpeechService

__all__ = ["Content", "ReaderWishes", "SpeechService"]
