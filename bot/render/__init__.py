"""Values → what a person sees: text with entities, and buttons."""

from bot.render.quotes import Style, citation, command, put_quote, put_source, source_line
from bot.render.text import LIMIT, Text

__all__ = ["LIMIT", "Style", "Text", "citation", "command", "put_quote", "put_source", "source_line"]
