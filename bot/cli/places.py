"""What was found literally, as programs are told, see DESIGN."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retrieval import Change, Checked, Corpus, Lookup, Occurrence  # with numpy, which what only shows speeches does without


def occurrence_json(place: Occurrence) -> dict[str, Any]:
    """A place: its words are exactly `file[start:end]`."""
    return {"speech": place.speech, "file": place.file, "start": place.span.start, "end": place.span.end}


def lookup_json(corpus: Corpus, found: Lookup) -> dict[str, Any]:
    """One entry of `exact` in `ask --json`; the count is that of the scope asked for.

    near: the closest original and what differs from it, ranges of `text` with the words of the speech there; of a wording that stands
    only outside the scope the first place there, where nothing differs.
    """
    near: dict[str, Any] | None = None
    if found.near:
        near = {**occurrence_json(found.near.place), "text": found.near.text, "changed": changes_json(found.near.changed)}
    elif found.elsewhere:
        first = found.elsewhere[0]
        near = {**occurrence_json(first), "text": corpus.text(first.file, first.span), "changed": []}
    return {"text": found.text, "count": len(found.places), "places": [occurrence_json(place) for place in found.places], "near": near}


def checked_json(one: Checked) -> dict[str, Any]:
    """One line of `verify --json`."""
    places = [occurrence_json(place) for place in one.places]
    return {
        "line": one.statement.line,
        "text": one.statement.text,
        "state": one.state,
        "place": places[0] if places else None,
        "places": places,
        "changed": changes_json(one.changed),
    }


def changes_json(changed: tuple[Change, ...]) -> list[list[int | str]]:
    """[start, end, words there]: characters of the wording as it was typed, and what the speech has in their place."""
    return [[change.start, change.end, change.words] for change in changed]
