"""Which tests run one after another in one process, so that what they share is made once."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/retrieval/",)  # one engine, which takes two seconds
APART = ("tests/bot/edge/",)  # they share nothing, and mostly wait


class ByFile(LoadScopeScheduling):
    """The tests of a file together, those of some folders too, and in some folders each by itself."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(APART):
            return nodeid
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid.partition("::")[0])
