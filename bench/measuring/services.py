"""Where images come from beside files: a registry and a Docker daemon of the bench's own, on this machine, stopped at the end."""

import os
import shutil
import socket
import subprocess
import tempfile
import time

from . import Unavailable

PATIENCE = 60


class Services:
    """Each is started when it is first asked for; a context, at whose end they are stopped."""

    def __init__(self, work):
        self.work = work
        self.sockets = None
        self.stops = []
        self.registry_host = None
        self.docker_host = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        while self.stops:
            self.stops.pop()()

    def registry(self):
        """The host and port of a registry that is asked by plain HTTP; what it was given once it still has in the next run."""
        if self.registry_host is None:
            port = free_port()
            config = os.path.join(self.work, "registry.yml")
            with open(config, "w", encoding="utf-8") as file:
                file.write(
                    "version: 0.1\nlog:\n  level: error\nstorage:\n  filesystem:\n"
                    f"    rootdirectory: {os.path.join(self.work, 'registry')}\nhttp:\n  addr: 127.0.0.1:{port}\n"
                )
            self.start("docker-registry", ["docker-registry", "serve", config], lambda: connects(socket.AF_INET, ("127.0.0.1", port)))
            self.registry_host = f"127.0.0.1:{port}"
        return self.registry_host

    def docker(self):
        """The DOCKER_HOST of a daemon with overlay2; what was loaded once it still has in the next run."""
        if self.docker_host is None:
            # Names of sockets are short, those of work folders may not be.
            self.sockets = tempfile.mkdtemp(prefix="limpid-bench-")
            self.stops.append(lambda: shutil.rmtree(self.sockets, ignore_errors=True))
            path = os.path.join(self.sockets, "docker.sock")
            words = ["dockerd", "--iptables=false", "--ip6tables=false", "--bridge=none", "-s", "overlay2"]
            words += ["--data-root", self.docker_root(), "--exec-root", os.path.join(self.sockets, "exec")]
            words += ["--pidfile", os.path.join(self.sockets, "docker.pid"), "-H", f"unix://{path}"]
            self.start("dockerd", words, lambda: connects(socket.AF_UNIX, path))
            self.docker_host = f"unix://{path}"
        return self.docker_host

    def docker_root(self):
        return os.path.join(self.work, "docker")

    def start(self, name, words, ready):
        if not shutil.which(words[0]):
            raise Unavailable(f"{name} is not on PATH")
        log = os.path.join(self.work, name + ".log")
        with open(log, "wb") as out:
            process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        self.stops.append(lambda: stop(process))
        until = time.monotonic() + PATIENCE
        while not ready():
            if process.poll() is not None or time.monotonic() > until:
                raise Unavailable(f"{name} does not serve: {last_words(log)}")
            time.sleep(0.1)


def stop(process):
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def last_words(log):
    with open(log, encoding="utf-8", errors="replace") as file:
        return " / ".join(file.read().strip().splitlines()[-2:])[:300] or "it says nothing"


def connects(family, address):
    with socket.socket(family) as probe:
        return probe.connect_ex(address) == 0


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
