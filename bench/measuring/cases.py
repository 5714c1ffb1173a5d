"""What is measured: groups of cases, run in turns so that what else the machine does falls on all of them alike."""

import dataclasses
import os
import shutil
import sys
from collections.abc import Callable
from typing import Optional

from . import archives
from .machine import java_home

MEMORY_MB = 200
REPORT = "json=/dev/null"
# What a JVM of a command line is started with; the floors would be slower without.
JVM = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xshare:auto"]
HASH = "import hashlib, sys; [hashlib.file_digest(open(name, 'rb'), 'sha256') for name in sys.argv[1:]]"


@dataclasses.dataclass
class Target:
    """CPU seconds at most, or times the minimum of another case of the group."""

    seconds: float
    of: Optional[str] = None


@dataclasses.dataclass
class Case:
    """A command: of Limpid, a floor that nothing can be faster than, or a peer."""

    key: str
    title: str
    kind: str
    command: list[str]
    env: Optional[dict[str, str]] = None
    before: Callable[[], None] = lambda: None
    target: Optional[Target] = None


@dataclasses.dataclass
class Difference:
    """What one case costs more than another of its group."""

    key: str
    title: str
    more: str
    less: str
    target: Optional[Target] = None


@dataclasses.dataclass
class Group:
    key: str
    title: str
    cases: list[Case]
    differences: list[Difference] = dataclasses.field(default_factory=list)


class Bench:
    """Makes the groups; a group whose input cannot be made is Unavailable."""

    def __init__(self, inputs, services, limpid, env):
        self.inputs = inputs
        self.services = services
        self.limpid = limpid
        self.env = env
        self.kept = None

    def groups(self):
        return {
            "start": self.start,
            "big": self.big,
            "gzip": self.gzip,
            "zstd": self.zstd,
            "debian": self.debian,
            "alpine": self.alpine,
            "rpm": self.rpm,
            "registry": self.registry,
            "daemon": self.daemon,
            "overlay2": self.overlay2,
            "lookup": self.lookup,
        }

    def start(self):
        # Help is text that the launcher shows; comparing two versions is the least that takes a java.
        words = [*self.limpid, "version", "compare", "1", "2", "--scheme", "deb"]
        cases = [
            Case("help", "limpid --help, without java", "limpid", [*self.limpid, "--help"], self.env, target=Target(0.08)),
            Case("compare", "limpid version compare", "limpid", words, self.env),
            self.hello(),
        ]
        return Group("start", "Start", cases)

    def big(self):
        image = self.inputs.big()
        targets = (Target(0.6), Target(0.2))
        return self.image("big", "1.4 GB image, uncompressed", image, targets, image, [self.hashing([image])])

    def gzip(self):
        return self.compressed("gzip", self.inputs.gzip(), ["pigz", "-dc"])

    def zstd(self):
        return self.compressed("zstd", self.inputs.zstd(), ["zstd", "-dcq"])

    def compressed(self, key, layout, tool):
        big = self.inputs.big()
        blobs = archives.layer_blobs(layout)
        name = f"{tool[0]} -dc of the layers"
        floors = [
            Case("inflate", name, "floor", [*tool, *blobs]),
            self.hashing(blobs),
            self.hashing([big], "hash-plain", "SHA-256 of the same uncompressed"),
        ]
        targets = (Target(1.3, "inflate"), Target(0.2))
        return self.image(key, f"1.4 GB image, {key} layers", layout, targets, big, floors)

    def debian(self):
        image = self.inputs.debian()
        return self.image("debian", "Debian base image", image, (Target(0.4), Target(0.2)), image, [self.hashing([image])])

    def alpine(self):
        image = self.inputs.alpine()
        return self.image("alpine", "Alpine image", image, (Target(0.3), Target(0.2)), image, [self.hashing([image])])

    def rpm(self):
        image = self.inputs.rpm()
        return self.image("rpm", "rpm-based image, uncompressed", image, (None, None), image, [self.hashing([image])])

    def registry(self):
        """What is fetched is written nowhere by Limpid, and to a folder by skopeo."""
        name = self.inputs.pushed(self.services)
        folder = self.inputs.path("skopeo")
        source, target = f"docker://{name}", f"dir:{folder}"
        copy = ["skopeo", "copy", "-q", "--src-tls-verify=false", source, target]
        cases = [
            *self.sourced(f"registry:{name}"),
            Case("copy", "skopeo copy to a folder", "peer", copy, before=lambda: shutil.rmtree(folder, ignore_errors=True)),
            self.hello(),
        ]
        return Group("registry", f"1.4 GB image, gzip layers ({megabytes(self.inputs.gzip())} MB), from a registry on this machine", cases)

    def daemon(self):
        """The daemon's own work is in none of the figures but wall time."""
        image = self.inputs.loaded(self.services)
        env = {**self.env, "DOCKER_HOST": self.services.docker(), "LIMPID_DOCKER_EXPORT": "1"}
        cases = [
            *self.sourced(f"docker:{image}", env),
            Case("save", "docker save | cat", "floor", ["sh", "-c", f"docker save {image} | cat"], env),
            self.hello(),
        ]
        return Group("daemon", "1.4 GB image, exported by a Docker daemon", cases)

    def overlay2(self):
        """The same daemon, whose folders this user may read."""
        image = self.inputs.loaded(self.services)
        env = {**self.env, "DOCKER_HOST": self.services.docker()}
        find = ["find", os.path.join(self.services.docker_root(), "overlay2"), "-path", "*/diff/*", "-printf", ""]
        cases = [*self.sourced(f"docker:{image}", env), Case("find", "find over the layers' folders", "floor", find), self.hello()]
        return Group("overlay2", "1.4 GB image, in a Docker daemon's overlay2 folders", cases)

    def sourced(self, image, env=None):
        """Cold and cached; nothing but a registry or daemon on this machine is asked."""
        cold = self.inputs.path("caches", "cold")
        cached = self.inputs.path("caches", "cached")
        return [
            self.scan("cold", "limpid, cold", image, ["--cache", cold], before=lambda: forget(cold), env=env),
            self.scan("cached", "limpid, cached", image, ["--cache", cached], env=env),
        ]

    def lookup(self):
        full = self.inputs.packages(300)
        empty = self.inputs.packages(0)
        kept = self.with_advisories()
        none = ["--cache", self.inputs.path("caches", "cached")]
        cases = [
            self.scan("full", "limpid, with advisories", full, kept),
            self.scan("empty", "limpid, with advisories, without packages", empty, kept),
            self.scan("bare", "limpid, without advisories", full, none),
            self.hello(),
        ]
        differences = [
            Difference("added", "300 packages more than none", "full", "empty", Target(0.05)),
            Difference("asked", "with advisories more than without", "full", "bare"),
        ]
        return Group("lookup", "Look-up of 300 packages of a Debian image, facts cached", cases, differences)

    def image(self, key, title, image, targets, plain, floors):
        """An image cold, cached and with advisories; beside it the floors and the peers."""
        cold = self.inputs.path("caches", "cold")
        cached = self.inputs.path("caches", "cached")
        cases = [
            self.scan("cold", "limpid, cold", image, ["--cache", cold], targets[0], lambda: forget(cold)),
            self.scan("cached", "limpid, cached", image, ["--cache", cached], targets[1]),
            self.scan("matched", "limpid, cached, with advisories", image, self.with_advisories()),
            self.hello(),
            self.java("walk", "header walk in Java, uncompressed", "HeaderWalk", plain),
            *floors,
            *self.peers(image),
        ]
        return Group(key, f"{title} ({megabytes(image)} MB)", cases)

    def scan(self, key, title, image, options, target=None, before=lambda: None, env=None):
        words = [*self.limpid, "scan", "--offline", "-q", "-o", REPORT, *options, image]
        return Case(key, title, "limpid", words, env or self.env, before, target)

    def with_advisories(self):
        if self.kept is None:
            folder, url = self.inputs.advisories(self.limpid, self.env)
            self.kept = ["--cache", folder, "--feeds-mirror", url]
        return self.kept

    def hello(self):
        return self.java("hello", "Hello-World JVM", "Hello")

    def java(self, key, title, main, *arguments):
        java = os.path.join(java_home(), "bin", "java")
        return Case(key, title, "floor", [java, *JVM, "-cp", self.inputs.classes(), main, *arguments])

    @staticmethod
    def hashing(files, key="hash", title="SHA-256 as stored"):
        if shutil.which("openssl"):
            return Case(key, title + " (openssl)", "floor", ["openssl", "dgst", "-sha256", *files])
        return Case(key, title + " (hashlib)", "floor", [sys.executable, "-c", HASH, *files])

    def peers(self, image):
        cases = []
        if shutil.which("trivy"):
            cases += self.trivy(image)
        scheme = "oci-dir:" if os.path.isdir(image) else "docker-archive:"
        if shutil.which("grype"):
            still = {"GRYPE_DB_AUTO_UPDATE": "false", "GRYPE_DB_VALIDATE_AGE": "false", "GRYPE_CHECK_FOR_APP_UPDATE": "false"}
            words = ["grype", scheme + image, "-q", "-o", "json"]
            cases.append(Case("grype", "Grype", "peer", words, {**os.environ, **still}))
        if shutil.which("syft"):
            still = {"SYFT_CHECK_FOR_APP_UPDATE": "false"}
            words = ["syft", "scan", scheme + image, "-q", "-o", "syft-json"]
            cases.append(Case("syft", "Syft", "peer", words, {**os.environ, **still}))
        return cases

    def trivy(self, image):
        """Trivy with a cache of its own beside the data bases that the user has; without any it only lists what is installed."""
        cache = self.inputs.path("caches", "trivy")
        users = os.environ.get("TRIVY_CACHE_DIR") or os.path.expanduser("~/.cache/trivy")
        os.makedirs(cache, exist_ok=True)
        for name in ("db", "java-db"):
            link = os.path.join(cache, name)
            if os.path.isdir(os.path.join(users, name)) and not os.path.lexists(link):
                os.symlink(os.path.join(users, name), link)
        matching = os.path.exists(os.path.join(cache, "db"))
        does = ["--scanners", "vuln", "--format", "json"] if matching else ["--format", "cyclonedx"]
        still = ["--offline-scan", "--skip-db-update", "--skip-java-db-update", "--quiet"]
        words = ["trivy", "image", "--cache-dir", cache, *still, *does, "--input", image]
        name = "Trivy" if matching else "Trivy (no data base: packages only)"

        def cold():
            shutil.rmtree(os.path.join(cache, "fanal"), ignore_errors=True)

        # Each cached run follows a cold one, which fills the cache.
        return [
            Case("trivy-cold", name + ", cold", "peer", words, before=cold),
            Case("trivy-cached", name + ", cached", "peer", words),
        ]


def forget(cache):
    """Removes what is known of images; advisories stay."""
    shutil.rmtree(os.path.join(cache, "facts"), ignore_errors=True)


def megabytes(path):
    if not os.path.isdir(path):
        return round(os.path.getsize(path) / 1e6)
    return round(sum(os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(path) for name in names) / 1e6)
