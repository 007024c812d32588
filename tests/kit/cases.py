"""Made-up cases for the checks: what was found for a question, without finding it."""

from __future__ import annotations

from hypothesis import strategies as st

from retrieval import Case, Evidence, Understood
from retrieval.answer.judge import Judgement
from retrieval.answer.scoring import Hit

PART = st.floats(0, 1)
EVIDENCE = st.builds(Evidence, *13 * [PART])
JUDGEMENTS = st.builds(Judgement, PART, PART, PART, st.booleans(), st.booleans(), st.booleans())
QUESTIONS = st.sampled_from(["劳模有多少", "哪一年", "没有提到劳模", "劳模", "时传祥"])
CASES = st.builds(
    Case,
    understood=st.builds(lambda text, each: Understood(text, text, each=each), QUESTIONS, st.booleans()),
    hits=st.lists(st.builds(Hit, st.integers(0, 9), st.floats(0.1, 9)), max_size=2).map(tuple),
    highest=st.floats(0.1, 9),
    passage=st.sampled_from(["", "劳模", "2014年", "像时传祥等50人"]),
    said=st.sampled_from([None, "all", "some", "none"]),
    words=st.frozensets(st.sampled_from(["劳模", "时传祥"])),
    on_subject=st.booleans(),
    often_asked=st.booleans(),
    evidence=EVIDENCE,
    anywhere=EVIDENCE,
    judgement=JUDGEMENTS,
)


def judged_case(evidence: Evidence, anywhere: Evidence, judgement: Judgement) -> Case:
    """A case that the models alone decide."""
    return Case(Understood("？", "？"), (Hit(0, 1.0),), 1.0, "", None, frozenset(), False, False, False, evidence, anywhere, judgement)
