"""What the bot knows and says, above the engine and below Telegram."""

from bot.service.speech_service import Content, SpeechService

__all__ = ["Content", "SpeechService"]
