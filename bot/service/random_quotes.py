"""Random quotes: worth showing, none twice in a chat until all were shown."""

from __future__ import annotations

import re

from bot.contract.actions import Again, Drawn
from bot.contract.reply import Reply
from bot.contract.response import Response
from bot.service import asking, cards
from bot.service.context import Context, Declined
from bot.state import bags, figures, texts
from retrieval import by_id

LONGEST = 40  # characters of a word


def random(here: Context, argument: str) -> Response:
    """A quote of any speech, of the speech that the argument names, or with the word that it is."""
    word = " ".join(argument.split())[:LONGEST]
    if not word:
        return Response((drawn(here, Drawn(0, "")),))
    references = here.library.engine.reader.understand(word).references
    if references and (re.fullmatch(r"\d+", word) or references[0].number):
        number = here.library.corpus.speech(references[0].number).number
        return Response((drawn(here, Drawn(number, "")),))
    with here.store.quick() as memory:
        key = texts.keep(memory, here.asker.user_id, word, here.now)
    return Response((drawn(here, Drawn(0, key)),))


def again(here: Context, action: Again) -> Response:
    """Another one on the same card."""
    return Response(edit=drawn(here, action.drawn))


def drawn(here: Context, scope: Drawn) -> Reply:
    """A quote from the chat's bag. Raises Declined when there is none of that kind, UnknownReference."""
    if scope.word:
        word = asking.kept_text(here, scope.word)
        pool = here.library.shareable_about(word)
        if not pool:
            raise Declined("random.none", word=word)
    else:
        if scope.speech:
            here.library.corpus.speech(scope.speech)
        pool = here.library.shareable_of(scope.speech)
        if not pool:
            raise Declined("random.empty")
    with here.store.quick() as memory:
        chat = here.asker.chat_id or here.asker.user_id
        name = scope.word or f"s{scope.speech}"
        chosen = bags.take(memory, chat, name, pool, here.choose, here.now)
        figures.add(memory, here.now, "random")
    return cards.single_card(here, by_id(here.library.corpus, chosen), scope)
