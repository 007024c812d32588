"""The button that opens a speech at the quotes of a card: inside Telegram in a private chat, by a link elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contract.actions import QuoteId
from bot.contract.callback import quote_id
from bot.contract.reader_links import app_path, start_param
from bot.contract.reply import Button
from bot.service.context import Context
from retrieval import Quote


def reader_button(context: Context, *quotes: QuoteId) -> Button | None:
    """Opens the speech of the first quote, all of them lit; None where the pages have no public address, or the bot no name for a link."""
    if not context.public_url or not quotes:
        return None
    label = context.say("button.reader")
    if context.asker.kind == "private" and context.in_chat:  # Telegram refuses such a button anywhere else
        return Button(label, web_app=context.public_url + app_path(quotes[0].speech, quotes, context.say.language))
    return Button(label, url=f"https://t.me/{context.username}?startapp={start_param(quotes)}") if context.username else None


def reader_button_of(context: Context, quotes: Sequence[Quote]) -> Button | None:
    """The same for what the engine found."""
    return reader_button(context, *(quote_id(quote.id) for quote in quotes))
