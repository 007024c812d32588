"""Across the speeches: what each says on a theme, and which words set one apart from the others."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from retrieval.answer.engine import Answer, Engine
from retrieval.question.references import Reference
from retrieval.speeches.corpus import Corpus
from retrieval.speeches.quotes import Quote
from retrieval.terms.fold import fold
from retrieval.terms.segment import Segmenter, is_han

PRIOR = 0.5  # of a word in each speech: keeps words that occur once from leading


def compare(engine: Engine, theme: str) -> tuple[Quote, ...]:
    """The best quote of each speech that has one on the theme, by inferred year, then number.

    One that is not sure must have all words of the theme: of 工匠精神 not only 精神.
    """
    understood = engine.reader.understand(theme)
    words = [term[1:] for term in understood.terms if term[0] == "w"]

    def fits(answer: Answer) -> bool:
        said = fold(answer.quotes[0].text).text if answer.quotes else ""
        return answer.confidence == "sure" or bool(said and words and all(word in said for word in words))

    answers = [(n, engine.within(understood, (Reference(n.number),))) for n in engine.corpus.speeches]
    found = [(n.entry.year or 9999, n.number, answer.quotes[0]) for n, answer in answers if fits(answer)]
    return tuple(q for _, _, q in sorted(found, key=lambda row: row[:2]))


def word_counts(corpus: Corpus, number: int, segmenter: Segmenter) -> Counter[str]:
    """How often each Chinese word of two or more characters occurs in a speech."""
    speech = corpus.speech(number).speech
    folded = fold(corpus.text(speech.file, speech.span)).text
    return Counter(w.text for w in segmenter.words(folded) if len(w.text) > 1 and is_han(w.text[0]))


def keywords(corpus: Corpus, number: int, segmenter: Segmenter, most: int = 60) -> tuple[tuple[str, float], ...]:
    """Words that set a speech apart, with weights, best first.

    Weight: log-odds of the word in the speech against all others, with a prior, divided by its standard deviation (Monroe,
    Colaresi & Quinn 2008, eq. 22). Only words that occur at least twice.
    """
    counts = {n.number: word_counts(corpus, n.number, segmenter) for n in corpus.speeches}
    own = counts.pop(number)
    others: Counter[str] = Counter()
    for other in counts.values():
        others.update(other)
    own_total, other_total = sum(own.values()), sum(others.values())

    def weight(word: str) -> float:
        a, b = own[word] + PRIOR, others[word] + PRIOR
        odds = math.log(a / (own_total - a + 1)) - math.log(b / max(other_total - b, 1))
        return odds / math.sqrt(1 / a + 1 / b)

    ranked = sorted(((weight(w), w) for w, n in own.items() if n > 1), reverse=True)
    return tuple((word, round(value, 3)) for value, word in ranked[:most] if value > 0)


def theme_map(corpus: Corpus, themes: Sequence[str]) -> tuple[tuple[float, ...], ...]:
    """Occurrences of each theme per 1 000 characters in each speech: rows are themes, columns speeches by number."""
    texts = [fold(corpus.text(n.speech.file, n.speech.span)).text for n in corpus.speeches]
    return tuple(tuple(round(1000 * t.count(fold(theme).text) / len(t), 2) for t in texts) for theme in themes)
