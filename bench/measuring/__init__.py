"""What bench/run, bench/jmh and bench/memory share: processes measured, inputs made, results written."""

import os

HOME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RESULTS = os.path.join(HOME, "bench", "results")
LIMPID = os.path.join(HOME, "limpid")


class Unavailable(Exception):
    """What cannot be measured here, and why: told, and the rest is measured."""


def default_work():
    """Where inputs are kept when nothing else is said."""
    return os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "limpid-bench")


def default_shared():
    """Where the corpus is when nothing else is said."""
    return os.environ.get("LIMPID_SHARED") or os.path.join(os.path.dirname(HOME), "shared")
