"""Runs processes and measures them: CPU, wall, peak resident memory."""

import os
import statistics
import subprocess
import sys
import time

from . import Unavailable

KEYS = ("cpuSeconds", "wallSeconds", "peakMb")
TRAINING = (b"AOTCacheOutput", b"AOTMode", b"AOTConfiguration")
LONGEST_TRAINING = 300


def measure(command, env=None):
    """One run: CPU seconds (user and system) and peak resident MB as the kernel accounts for them, wall seconds, exit code.

    The peak is that of the largest process and never below this script's own 20 to 25 MB, which the child has until it becomes the command.
    """
    begun = time.monotonic()
    child = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.monotonic() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    return {
        "peakMb": usage.ru_maxrss / 1024,
        "cpuSeconds": usage.ru_utime + usage.ru_stime,
        "wallSeconds": wall,
        "exit": child.returncode,
    }


def try_out(command, env=None):
    """A run that is not counted; Unavailable with its last words when it fails."""
    try:
        done = subprocess.run(
            command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
        )
    except OSError as e:
        raise Unavailable(str(e)) from e
    if done.returncode != 0:
        words = done.stderr.decode(errors="replace").strip().splitlines() or ["it says nothing"]
        raise Unavailable(f"{os.path.basename(command[0])} ends with {done.returncode}: {' / '.join(words[-3:])[:300]}")


def summary(runs):
    """Minimum, median and maximum of each figure."""
    result = {}
    for key in KEYS:
        values = [one[key] for one in runs]
        result[key] = {
            "min": round(min(values), 3),
            "median": round(statistics.median(values), 3),
            "max": round(max(values), 3),
        }
    return result


def wait_for_training():
    """Waits while a JVM on this machine makes a start-up cache in the background: it would be measured as noise."""
    until = time.monotonic() + LONGEST_TRAINING
    told = False
    while time.monotonic() < until and any(trains(pid) for pid in os.listdir("/proc") if pid.isdigit()):
        if not told:
            print("waiting for a start-up cache to be made ...", file=sys.stderr)
            told = True
        time.sleep(0.5)


def trains(pid):
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            words = file.read().split(b"\0")
    except OSError:
        return False
    # Only of java itself: an editor or a search that has the word in its arguments trains nothing.
    return os.path.basename(words[0]) == b"java" and any(mark in word for word in words for mark in TRAINING)
