"""What 8 024 questions and the passages that answer them taught about the models: `adapter.npz`, for speeches of any subject.

question mean, passage mean: what all questions, all passages of a model have in common; without them the rest tells more (the largest
single step: right first .400 with raw cosines, .533 without the means, on 60 questions about reports).
turn: from a question to the passages that answer it, the unit matrix and one of rank 32 (InfoNCE on those questions).
subject: the direction between questions that the speeches answer and those about anything else.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from retrieval.index.postings import Floats


@dataclass(frozen=True, slots=True)
class Adapter:
    """Of one model. fingerprint: of the passage mean, which kept vectors depend on."""

    question_mean: Floats
    passage_mean: Floats
    before: Floats
    after: Floats
    subject: Floats
    fingerprint: str

    def turned(self, question: Floats) -> Floats:
        """A question's vector, of length one and nearer to the passages that answer it."""
        centred = unit(question - self.question_mean)
        return unit(np.add(centred, centred @ self.before @ self.after, dtype=np.float32))


def unit(vector: Floats) -> Floats:
    """Of length one; nothing stays nothing."""
    found: Floats = vector / max(float(np.linalg.norm(vector)), 1e-9)
    return found


@cache
def adapter_of(model: str) -> Adapter:
    """That of `use` or `e5`."""
    with files(__package__).joinpath("adapter.npz").open("rb") as file:
        arrays = np.load(file, allow_pickle=False)
        mean, passage_mean, before, after, subject = (
            arrays[f"{model}_{name}"].astype(np.float32) for name in ("mean", "passage_mean", "A", "B", "subject")
        )
    return Adapter(mean, passage_mean, before, after, subject, hashlib.sha256(passage_mean.tobytes()).hexdigest()[:16])
