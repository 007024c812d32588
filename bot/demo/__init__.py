"""A strict local Bot API and its chat page: the whole bot without Telegram."""
