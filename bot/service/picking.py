"""Random quotes: worth showing, none twice in a chat until all were shown."""

from __future__ import annotations

import re

from bot.actions import Again, Drawn
from bot.answers import Answer
from bot.memory import bags, figures, texts
from bot.reply import Reply
from bot.service import asking, cards
from bot.service.here import Declined, Here
from retrieval import by_id

LONGEST = 40  # characters of a word


def random(here: Here, argument: str) -> Answer:
    """A quote of any speech, of the speech that the argument names, or with the word that it is."""
    word = " ".join(argument.split())[:LONGEST]
    if not word:
        return Answer((drawn(here, Drawn(0, "")),))
    references = here.library.engine.reader.understand(word).references
    if references and (re.fullmatch(r"\d+", word) or references[0].number):
        number = here.library.corpus.speech(references[0].number).number
        return Answer((drawn(here, Drawn(number, "")),))
    with here.store.quick() as memory:
        key = texts.keep(memory, here.asker.user_id, word, here.now)
    return Answer((drawn(here, Drawn(0, key)),))


def again(here: Here, action: Again) -> Answer:
    """Another one on the same card."""
    return Answer(edit=drawn(here, action.drawn))


def drawn(here: Here, scope: Drawn) -> Reply:
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
