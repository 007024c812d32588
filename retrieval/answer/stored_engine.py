"""A built engine ↔ the content of a file, so that a start need not build it again."""

from __future__ import annotations

from dataclasses import asdict

from retrieval.answer.engine import Engine
from retrieval.answer.judge_file import judge_from_json
from retrieval.index.array_file import Stored, named
from retrieval.index.message_kinds import opened_kinds
from retrieval.index.stored import opened_passages, opened_searchable, stored_passages, stored_searchable
from retrieval.question.understand import Reader, Words
from retrieval.speeches.corpus import Corpus
from retrieval.terms.segment import Segmenter
from retrieval.terms.sound import Homophones, Readings, every_reading
from retrieval.terms.string_table import StringList, StringMap, string_list, string_map
from retrieval.terms.synonyms import Thesaurus


def stored_engine(engine: Engine) -> Stored:
    """All that `opened_engine` needs beside the corpus."""
    searchable, homophones = stored_searchable(engine.found, engine.passages), engine.reader.homophones
    arrays = {
        **searchable.arrays,
        **named("passages", stored_passages(engine.corpus, engine.passages)),
        **named("bigrams", string_map(homophones.bigrams).arrays),
        **named("words", string_map(homophones.words).arrays),
        **named("readings", every_reading().arrays),
        **named("proposed", string_list(engine.proposed).arrays),
        **named("kinds", engine.kinds.stored.arrays),
    }
    values = {
        "judge": asdict(engine.judge),
        "words": {kind: listed for kind, listed in asdict(engine.reader.words).items() if kind != "synonyms"},
        "thesaurus": engine.reader.thesaurus.others,
        "searchable": searchable.values,
        "kinds": engine.kinds.stored.values,
    }
    return Stored(arrays, values)


def opened_engine(content: Stored, corpus: Corpus) -> Engine | None:
    """The engine of the same corpus, over the arrays where they lie; None if the content is not that of an engine."""
    try:
        return _engine(content, corpus)
    except (KeyError, IndexError, TypeError, ValueError):
        return None


def _engine(content: Stored, corpus: Corpus) -> Engine:
    values = content.values
    cut, proposed = opened_passages(corpus, content.below("passages")), StringList.of_arrays(content.below("proposed"))
    found = opened_searchable(Stored(content.arrays, values["searchable"]), cut)
    words = Words(**{kind: tuple(listed) for kind, listed in values["words"].items()})
    synonyms = Thesaurus({word: tuple(others) for word, others in values["thesaurus"].items()})
    bigrams, sounding = (StringMap.of_arrays(content.below(name)) for name in ("bigrams", "words"))
    sounds = Homophones(bigrams, sounding, Readings.of_arrays(content.below("readings")))
    reader = Reader(corpus, Segmenter(), words, synonyms, sounds, found.known, has_asks=found.index.fields[0].name == "asked")
    kinds = opened_kinds(Stored(content.below("kinds"), values["kinds"]))
    return Engine(corpus, cut, found, reader, judge_from_json(values["judge"]), proposed, kinds)
