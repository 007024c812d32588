"""Keeps a calibrated judge in a file beside the data it was calibrated on, so that a start need not repeat it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from retrieval.answer.evidence import NO_EVIDENCE
from retrieval.answer.judge import Judge, Logistic
from retrieval.speeches.asks import Ask, Unanswered
from retrieval.speeches.corpus import Corpus

_MODELS = ("related", "answered", "right")


def data_fingerprint(corpus: Corpus, asks: Sequence[Ask], unanswered: Unanswered) -> str:
    """16 hexadecimal digits over everything that a calibration looks at."""
    told = [corpus.fingerprint, *unanswered.near, *unanswered.far]
    told += [f"{a.file} {a.span} {a.more} {a.written} {' '.join(a.asks)}" for a in asks]
    return hashlib.sha256("\n".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def read_judge(path: Path, fingerprint: str) -> Judge | None:
    """The judge in the file; None if there is none for this data, or the file is no such file."""
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        return judge_from_json(row) if row["data"] == fingerprint else None
    except (OSError, KeyError, TypeError, ValueError):
        return None


def judge_from_json(row: Mapping[str, Any]) -> Judge:
    """Of what `dataclasses.asdict` makes of a judge. Raises KeyError, TypeError, ValueError for anything else, and for other evidence."""
    related, answered, right = (Logistic(tuple(map(float, row[m]["weights"])), float(row[m]["bias"])) for m in _MODELS)
    if {len(model.weights) for model in (related, answered, right)} != {len(NO_EVIDENCE.values)}:
        raise ValueError("a judge of other evidence")
    return Judge(related, answered, right, *(float(row[f"{model}_from"]) for model in _MODELS))


def write_judge(path: Path, fingerprint: str, judge: Judge) -> None:
    """Writes the file in one piece."""
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps({"data": fingerprint, **asdict(judge)}, indent=1) + "\n", encoding="utf-8")
    fresh.replace(path)
