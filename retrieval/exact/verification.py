"""Checks a draft word for word: what of it the speeches say so, what they say differently, what they do not say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from retrieval.exact.changes import Change
from retrieval.exact.concordance import Concordance, Occurrence
from retrieval.exact.draft import Statement, statements, unlabelled
from retrieval.exact.exact_text import ExactText
from retrieval.exact.letters import letters
from retrieval.exact.originals import Original
from retrieval.speeches.tree import Span
from retrieval.terms.fold import fold_question

StatementState = Literal["same", "differs", "absent"]
OWN = 0.7  # of the letters around a quotation: from here on the speech has them too, and the quotation is one inside the speech
TELLING = 8  # letters from which a sentence outside quotation marks is worth a line; 同志们，大家好 has six
_BLANKS = re.compile(r"\s+")  # 劳| |模  ✗劳


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of one statement of a draft.

    same: the letters stand in the speeches, at `places`. differs: it comes close to `original`, or is put together from several places.
    absent: neither. marked_otherwise: those of the places where the same letters are printed with other punctuation, behind the others.
    """

    statement: Statement
    state: StatementState
    places: tuple[Occurrence, ...] = ()
    original: Original | None = None
    marked_otherwise: tuple[Occurrence, ...] = ()

    @property
    def place(self) -> Occurrence | None:
        """The first place."""
        return self.places[0] if self.places else None

    @property
    def marks_differ(self) -> bool:
        """Whether no place has the same punctuation."""
        return bool(self.marked_otherwise) and len(self.marked_otherwise) == len(self.places)

    @property
    def changed(self) -> tuple[Change, ...]:
        """What differs from the original: ranges of the statement's text."""
        return self.original.changed if self.original else ()


def verify(exact: ExactText, draft: str) -> tuple[Checked, ...]:
    """What was checked, in the order of the draft.

    Of a draft with quotations these are checked, and of its other sentences only those that come from the speeches are told, for the
    rest are the writer's own. Of a draft without quotations every sentence is checked. A quotation that the speeches have inside the
    same sentence makes no draft with quotations.
    """
    sentences = statements(draft)
    whole = {sentence: _sentence(exact, sentence) for sentence in sentences if not sentence.holds or _from_a_speech(exact, sentence)}
    if len(whole) == len(sentences):
        return tuple(whole.values())
    return tuple(_with_quotations(exact, sentences, whole))


def copied_from(exact: ExactText, draft: str) -> Checked | None:
    """A draft as the one passage it was copied from, if it is one: where that begins and ends, the same or what differs.

    None for a draft of one sentence, with quotations, or from nowhere.
    """
    sentences = statements(draft)
    if len(sentences) < 2:
        return None
    span = Span(sentences[0].span.start, sentences[-1].span.end)
    checked = check(exact, Statement(sentences[0].line, span, draft[span.start : span.end]))
    return checked if checked.state != "absent" and not (checked.original and checked.original.pieces) else None


def _with_quotations(exact: ExactText, sentences: Iterable[Statement], whole: dict[Statement, Checked]) -> Iterator[Checked]:
    for sentence in sentences:
        if sentence.holds:
            yield from (check(exact, quotation) for quotation in sentence.holds)
        elif whole[sentence].state != "absent" and len(letters(sentence.text).text) >= TELLING:
            yield whole[sentence]


def check(exact: ExactText, statement: Statement) -> Checked:
    """One statement."""
    found = exact.look_up(statement.text)
    if found.places:
        otherwise = tuple(place for place in found.places if _marks_differ(exact.concordance, statement, place))
        alike = tuple(place for place in found.places if place not in otherwise)
        return Checked(statement, "same", (*alike, *otherwise), marked_otherwise=otherwise)
    if found.near:
        return Checked(statement, "differs", found.near.pieces or _all_places(exact, found.near), found.near)
    return Checked(statement, "absent")


def _all_places(exact: ExactText, original: Original) -> tuple[Occurrence, ...]:
    """The closest original first, then where else its words stand."""
    return tuple(dict.fromkeys((original.place, *exact.concordance.find(original.text))))


def _sentence(exact: ExactText, sentence: Statement) -> Checked:
    """A sentence with the number it has in a list, if the speech has it so; else without."""
    checked = check(exact, sentence)
    bare = unlabelled(sentence)
    label = bare.span.start - sentence.span.start
    kept = checked.state == "differs" and all(change.start >= label for change in checked.changed)
    return checked if checked.state == "same" or kept or not label else _sentence(exact, bare)


def _from_a_speech(exact: ExactText, sentence: Statement) -> bool:
    """Whether a sentence with quotations comes from the speeches as a whole: also what stands around its quotations does."""
    checked = _sentence(exact, sentence)
    inside = sum(len(letters(quotation.text).text) for quotation in sentence.holds)
    around = len(letters(checked.statement.text).text) - inside
    if checked.state != "differs" or not around:
        return checked.state == "same" and around > 0
    first = checked.statement.span.start
    changed = (range(first + change.start, first + change.end) for change in checked.changed)
    outside = [at for span in changed for at in span if not any(q.span.start <= at < q.span.end for q in sentence.holds)]
    own = len(letters("".join(checked.statement.text[at - first] for at in outside)).text)
    return around - own >= OWN * around


def _marks_differ(concordance: Concordance, statement: Statement, place: Occurrence) -> bool:
    there = concordance.corpus.text(place.file, place.span)
    return _marks(statement.text) != _marks(there)


@lru_cache(maxsize=4096)  # a short sentence of a draft is compared with each of its places, which may be hundreds
def _marks(text: str) -> str:
    """The text with its punctuation, but without blanks and whatever is a matter of script or width."""
    return _BLANKS.sub("", fold_question(text))
