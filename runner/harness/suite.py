"""In the child: the member's pytest suite against one implementation of a module.

The implementation has no file, no source and no name of its own, and what it was made
of is let go before the suite is loaded: a suite that wants to know whether it is right
has to test it. What it says of itself is a claim; the host knows what it should be.
"""

import os
import random
import sys
from types import ModuleType
from typing import Any, Final

from runner.harness.member_error import describe
from runner.harness.member_file import MemberFile

OPTIONS: Final = (
    "-s",
    "--noconftest",
    "--rootdir=.",
    "--basetemp=../tmp/pytest",
    "--import-mode=importlib",
    "-c",
    os.devnull,
    "-p",
    "no:cacheprovider",
    "-p",
    "no:terminal",
    "-p",
    "no:faulthandler",
    "-p",
    "no:threadexception",
    "-p",
    "no:unraisableexception",
)
RAN: Final = frozenset({0, 1, 2, 5})
"""Passed, failed, interrupted (also by what cannot be collected), no tests."""
INTERRUPTED: Final = 2
MOST_NAMES: Final = 50
NAME_CHARACTERS: Final = 200


def load() -> None:
    """Raises ImportError where the sandbox has no pytest: a fault of ours."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    import pytest  # noqa: F401, PLC0415 - only where there is a suite


def run(action: dict[str, Any], submission: MemberFile) -> dict[str, Any]:
    """Takes the implementation out of the action."""
    import pytest  # noqa: PLC0415 - as above

    module, order_seed = action["module"], action["order_seed"]
    _install(module, action.pop("implementation"))
    action.clear()
    record = _Record(submission, random.Random(order_seed))  # noqa: S311
    status = int(pytest.main([submission.name, *OPTIONS], plugins=[record]))
    if status not in RAN or (status == INTERRUPTED and not record.errors):
        return {"ending": "exited", "exit_status": status}
    return {
        "ending": "tested",
        "value": {
            "passed": record.passed,
            "skipped": record.skipped,
            "failed": record.failed[:MOST_NAMES],
            "errors": record.errors[:MOST_NAMES],
        },
        "error": record.error,
    }


def _install(name: str, implementation: str) -> None:
    module = ModuleType(name)
    sys.modules[name] = module
    code = compile(implementation, f"<{name}>", "exec", dont_inherit=True)
    exec(code, module.__dict__)  # noqa: S102 - what all of this is for


class _Record:
    """A plugin of pytest's: how each test ended."""

    def __init__(self, submission: MemberFile, order: random.Random) -> None:
        self._submission = submission
        self._order = order
        self.passed = 0
        self.skipped = 0
        self.failed: list[str] = []
        self.errors: list[str] = []
        self.error: dict[str, Any] | None = None

    def pytest_configure(self, config: Any) -> None:
        # The default style parses every file of the traceback; nobody reads it here.
        config.option.tbstyle = "native"

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        self._order.shuffle(items)

    def pytest_exception_interact(self, call: Any) -> None:
        if self.error is not None:
            return
        error = call.excinfo.value
        if type(error).__name__ == "CollectError" and error.__cause__ is not None:
            # What pytest makes of it is a text with the sandbox's paths.
            error = error.__cause__
        self.error = describe(error, self._submission)

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self.errors.append(_name(report.nodeid))

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.when != "call":
            if report.failed:
                self.errors.append(_name(report.nodeid))
            elif report.skipped:
                self.skipped += 1
        elif report.failed:
            self.failed.append(_name(report.nodeid))
        elif report.skipped:
            self.skipped += 1
        else:
            self.passed += 1


def _name(nodeid: str) -> str:
    """Without the file's name, which is always the same."""
    return nodeid.partition("::")[2][:NAME_CHARACTERS] or nodeid[:NAME_CHARACTERS]
