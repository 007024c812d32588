"""The little Telegram behind the local Bot API: people, chats, messages, updates. No HTTP but the webhook's."""
