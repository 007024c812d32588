"""The Bot API over HTTP, as strict as Telegram's, and the page's own interface."""
