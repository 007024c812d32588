"""Which tests run one after another in one process, so that what they share is made once, and which processes begin where."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

TOGETHER = ("tests/retrieval/",)  # one engine, which takes two seconds
APART = ("tests/bot/edge/", "tests/bot/library/test_hostile.py")  # they share nothing, and mostly wait
# Up to a minute each: begun last they would be waited for by themselves.
LONG = (
    "tests/bot/cli/test_large_collection.py",
    "tests/bot/edge/test_crashes.py::test_120_people",
    "tests/bot/cli/test_without_shared_disks.py",
    "tests/bot/edge/test_load.py",
    "tests/bot/cli/test_throughput.py",
    "tests/bot/cli/test_broadcast.py",
)


class ByFile(LoadScopeScheduling):
    """The tests of a file together, those of some folders too, and in some folders each by itself.

    Those that take long come first, then the many of a file, those by themselves last. Every second process begins at the end, so that
    some wait while others compute.
    """

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(APART):
            return nodeid
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid.partition("::")[0])

    def _assign_work_unit(self, node: WorkerController) -> None:
        long = next((scope for start in LONG for scope in self.workqueue if scope.startswith(start)), None)
        if long:
            self.workqueue.move_to_end(long, last=False)
        elif self.nodes.index(node) % 2:
            self.workqueue.move_to_end(next(reversed(self.workqueue)), last=False)
        super()._assign_work_unit(node)
