"""On what was measured: figures of two machines, commits or JDKs are not compared."""

import datetime
import os
import platform
import re
import shutil
import subprocess

from . import HOME, Unavailable

OLDEST_JAVA = 25


def describe(java):
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "machine": platform.node(),
        "cpu": cpu_model(),
        "cores": len(os.sched_getaffinity(0)),
        "memoryMb": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20,
        "kernel": platform.release(),
        "load": load(),
        "commit": commit(),
        "jdk": release(java).get("IMPLEMENTOR_VERSION") or release(java).get("JAVA_VERSION", "unknown"),
    }


def load():
    """How many processes ran or wanted to, on average over the last minute."""
    return round(os.getloadavg()[0], 1)


def commit():
    answer = subprocess.run(
        ["git", "-C", HOME, "describe", "--always", "--dirty"], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip() or "unknown"


def cpu_model():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            for line in file:
                if line.lower().startswith(("model name", "cpu part")):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def java_home():
    """The JDK that the launcher takes, if it is a whole JDK."""
    jvms = os.environ.get("LIMPID_JVM_FOLDER", "/usr/lib/jvm")
    found = [os.environ.get("LIMPID_JAVA_HOME"), os.environ.get("JAVA_HOME")]
    if os.path.isdir(jvms):
        found += [os.path.join(jvms, name) for name in sorted(os.listdir(jvms))]
    java = shutil.which("java")
    if java:
        found.append(os.path.dirname(os.path.dirname(os.path.realpath(java))))
    for home in found:
        if home and os.access(os.path.join(home, "bin", "javac"), os.X_OK) and major(home) >= OLDEST_JAVA:
            return home
    raise Unavailable(f"no JDK {OLDEST_JAVA} or newer in LIMPID_JAVA_HOME, JAVA_HOME, {jvms} or PATH")


def major(home):
    match = re.match(r"\d+", release(home).get("JAVA_VERSION", ""))
    return int(match[0]) if match else 0


def release(home):
    """What the file `release` of a JDK says."""
    try:
        with open(os.path.join(home, "release"), encoding="utf-8") as file:
            return dict(re.findall(r'^(\w+)="?(.*?)"?$', file.read(), re.MULTILINE))
    except OSError:
        return {}
