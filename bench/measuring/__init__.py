"""What bench/run, bench/jmh and bench/memory share: processes measured, inputs made, results written."""

import os

HOME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RESULTS = os.path.join(HOME, "bench", "results")
LIMPID = os.path.join(HOME, "limpid")


class Unavailable(Exception):
    """What cannot be measured here, and why: told, and the rest is measured."""
