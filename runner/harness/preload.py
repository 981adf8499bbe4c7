"""A profile's libraries, imported once: what is forked from here has them for nothing.

What opens threads or channels when it is imported (grpc) is not among them: a thread
does not live on in a fork, and the lock that it held would never be let go.
"""

import importlib
import os
import sys
from typing import Final

PROFILE: Final = "CORDADA_PROFILE"
SITE: Final = "CORDADA_SITE"

_DATA: Final = (
    "numpy",
    "pandas",
    "sqlalchemy.orm",
    "lxml.etree",
    "bs4",
    "openpyxl",
    "requests",
)
PRELOADED: Final[dict[str, tuple[str, ...]]] = {
    "base": (),
    "data": _DATA,
    "web": (
        "flask",
        "fastapi",
        "fastapi.testclient",
        "django.core.handlers.wsgi",
        "django.db.models",
        "django.test",
        "django.urls",
        "httpx",
        "jinja2",
        "jwt",
        "requests",
        "sqlalchemy.orm",
    ),
    "ml": (
        *_DATA,
        "scipy.stats",
        "sklearn.compose",
        "sklearn.ensemble",
        "sklearn.linear_model",
        "sklearn.metrics",
        "sklearn.model_selection",
        "sklearn.pipeline",
        "sklearn.preprocessing",
        "matplotlib.pyplot",
        "seaborn",
        "plotly.graph_objects",
    ),
}


class ThreadsBeforeFork(Exception):
    """`count` of them, this one included: a library opened some as it was imported."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


def preload() -> None:
    """Raises ImportError for a profile whose libraries are not in its site folder."""
    site = os.environ.pop(SITE, "")
    profile = os.environ.pop(PROFILE, "base")
    if site:
        # After the standard library, and without what `.pth` files would run.
        sys.path.append(site)
    for name in PRELOADED[profile]:
        importlib.import_module(name)
    count = _threads()
    if count > 1:
        raise ThreadsBeforeFork(count)


def reseed(seed: int) -> None:
    """The old generator of numpy; it was seeded before the fork, the same for all."""
    random = sys.modules.get("numpy.random")
    if random is not None:
        random.seed(seed % 2**32)


def _threads() -> int:
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 1
