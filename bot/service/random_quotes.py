"""Random quotes: worth showing, none twice in a chat until all were shown."""

from __future__ import annotations

import re

from bot.contract.actions import Again, Drawn
from bot.contract.reply import Reply
from bot.contract.response import Response
from bot.service import cards, conversations
from bot.service.context import Context, Declined
from bot.service.kept_texts import kept_text
from bot.state import bags, figures, texts
from retrieval import by_id

LONGEST = 40  # characters of a word; the longest quote worth showing alone has 66


def random(context: Context, argument: str) -> Response:
    """A quote of any speech, of the speech that the argument names, or with the word that it is."""
    word = " ".join(argument.split())[:LONGEST]
    if not word:
        return Response((drawn(context, Drawn(0, "")),))
    references = context.library.engine.reader.understand(word).references
    if references and (re.fullmatch(r"\d+", word) or references[0].number):
        number = context.library.corpus.speech(references[0].number).number
        return Response((drawn(context, Drawn(number, "")),))
    key = context.key_of(word)
    with context.store.quick() as memory:
        texts.keep(memory, context.asker.user_id, key, word, context.now)
    return Response((drawn(context, Drawn(0, key)),))


def again(context: Context, action: Again) -> Response:
    """Another one on the same card."""
    return Response(edit=drawn(context, action.drawn))


def drawn(context: Context, scope: Drawn) -> Reply:
    """A quote from the chat's bag. Raises Declined when there is none of that kind, UnknownReference."""
    if scope.word:
        word = kept_text(context, scope.word)
        pool = context.library.shareable_about(word)
        if not pool:
            raise Declined("random.none", word=word)
    else:
        if scope.speech:
            context.library.corpus.speech(scope.speech)
        pool = context.library.shareable_of(scope.speech)
        if not pool:
            raise Declined("random.empty" if scope.speech else "random.unchosen")
    with context.store.quick() as memory:
        chat = context.asker.chat_id or context.asker.user_id
        name = scope.word or f"s{scope.speech}"
        chosen = bags.take(memory, chat, name, pool, context.choose, context.now)
        figures.add(memory, context.now, "random")
    conversations.looked_at(context, chosen, wished="random")
    return cards.single_card(context, by_id(context.library.corpus, chosen), scope)
