"""From sentence to sentence around a quote: what was shown of its surroundings, and what stands beyond."""

from __future__ import annotations

from dataclasses import replace

from retrieval.conversation.answer_rules import choose, show
from retrieval.conversation.utterance import STEPPED, TURNED, Turn, Utterance, said
from retrieval.speeches import vicinity
from retrieval.speeches.quotes import Quote, quote
from retrieval.speeches.tree import Span

FAR = 2  # sentences gone one way from which 前一句 and 后一句 turn round, chosen: nearer, they mean those beside the quote


def beside(utterance: Utterance, index: int, *, back: bool) -> Turn:
    """The sentence beyond all that was shown around the quote; that there is none, at the ends of the speech.

    Far from the quote the other direction turns round: the sentence shown before the last one, then the one before, and the quote.
    """
    corpus, here = utterance.engine.corpus, utterance.card[index].source
    span = shown_around(utterance, index)
    gone = _gone(utterance, index, back=not back)
    if len(gone) >= (1 if utterance.conversation.wished == TURNED else FAR):
        shown = [here.span, *gone][-2] if back else [*gone, here.span][1]
        around = Span(shown.start, span.end) if not back else Span(span.start, shown.end)
        return _stepped(utterance, index, shown, around, wished=TURNED)
    found = (vicinity.before if back else vicinity.after)(corpus, here.speech, span)
    if found is None:
        return said("beginning" if back else "ending", utterance.card[index], then=choose(utterance, index))
    return _stepped(utterance, index, found, Span(min(span.start, found.start), max(span.end, found.end)))


def shown_around(utterance: Utterance, index: int) -> Span:
    """All that was shown around a quote, from which further steps go on."""
    here = utterance.card[index].source
    if utterance.conversation.window and index == utterance.conversation.chosen:
        number, start, end = map(int, utterance.conversation.window.split("."))
        return Span(start, end) if number == here.speech else here.span
    return here.span


def last_shown(utterance: Utterance) -> Quote | None:
    """The sentence that steps in one direction led to, where it stands in another paragraph than the quote; else None."""
    shown = utterance.spoken_of
    if shown is None:
        return None
    corpus, source = utterance.engine.corpus, shown.source
    index = min(utterance.conversation.chosen, len(utterance.card) - 1)
    before, behind = _gone(utterance, index, back=True), _gone(utterance, index, back=False)
    last = before[0] if before else behind[-1] if behind else None
    if last is None or vicinity.paragraph(corpus, source.speech, last) == vicinity.paragraph(corpus, source.speech, source.span):
        return None
    return quote(corpus, source.speech, last)


def _gone(utterance: Utterance, index: int, *, back: bool) -> list[Span]:
    """What single steps showed, all in one direction, in the order of the text; [] if some led the other way."""
    if utterance.conversation.wished not in (STEPPED, TURNED):
        return []
    here, all_shown = utterance.card[index].source, shown_around(utterance, index)
    if (all_shown.end if back else all_shown.start) != (here.span.end if back else here.span.start):
        return []
    steps, span = list[Span](), here.span
    while (span.start > all_shown.start) if back else (span.end < all_shown.end):
        step = (vicinity.before if back else vicinity.after)(utterance.engine.corpus, here.speech, span)
        if step is None:
            break
        steps.append(step)
        span = Span(min(span.start, step.start), max(span.end, step.end))
    return steps[::-1] if back else steps


def _stepped(utterance: Utterance, index: int, shown: Span, window: Span, wished: str = STEPPED) -> Turn:
    here = utterance.card[index].source
    found = show(
        utterance, (quote(utterance.engine.corpus, here.speech, shown),), index, window=f"{here.speech}.{window.start}.{window.end}"
    )
    return replace(found, then=replace(found.then, wished=wished)) if found.then else found
