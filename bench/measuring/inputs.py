"""What is measured on: made once, kept in a work folder, made anew when what it is made from is another."""

import gzip
import json
import lzma
import os
import re
import shutil
import socket
import subprocess
import sys
import tarfile
import time

from . import HOME, Unavailable, archives
from .machine import java_home

# Raised when the same source must give another input.
VERSION = 2
TEXLIVE = "images/pkgdb/dpkg-texlive.status.xz"
ALPINE = "images/images/alpine-3.20.3-x86_64.tar.xz"
RPM = "images/images/mariner-2.0-sqlite.tar.xz"
FEEDS = ("debian", "alpine/v3.20")


class Inputs:
    """The inputs by their names; each is made when it is first asked for, unless `making` is false: then it is there or not."""

    def __init__(self, work, shared, big, making):
        self.work = work
        self.shared = shared
        self.given_big = big
        self.making = making
        self.failed = {}
        os.makedirs(work, exist_ok=True)

    def path(self, *names):
        return os.path.join(self.work, *names)

    def shared_file(self, name):
        path = os.path.join(self.shared, name)
        if not os.path.exists(path):
            raise Unavailable(f"{path} is not there (--shared FOLDER or LIMPID_SHARED says where it is)")
        return path

    def big(self):
        """The 1.4 GB image as docker saves it."""
        path = self.path("big.tar")
        if self.given_big and self.making:
            self.link(path, self.given_big)
        if os.path.exists(path):
            return path
        return self.once(path, lambda: self.make_big(path))

    def make_big(self, path):
        tool = self.shared_file("tools/mkbig.py")
        print(f"making {path}: needs root, debootstrap, pip, npm, mvn and a network, and takes minutes ...", file=sys.stderr)
        made = subprocess.run([sys.executable, tool, path, "--work", self.path("mkbig")], stdout=sys.stderr, check=False)
        if made.returncode != 0:
            raise Unavailable(f"mkbig.py ends with {made.returncode}; --big FILE uses an image made elsewhere")

    @staticmethod
    def link(path, target):
        if not os.path.isfile(target):
            raise Unavailable(f"{target} is no file")
        if os.path.exists(path) and os.path.samefile(path, target):
            return
        if os.path.exists(path) and not os.path.islink(path):
            raise Unavailable(f"{path} is an image of its own: remove it to use {target}")
        remove(path)
        os.symlink(os.path.abspath(target), path)

    def once(self, path, make):
        """Makes an input; what failed once is not tried again."""
        if not self.making:
            raise Unavailable(f"{path} could not be made")
        if path in self.failed:
            raise self.failed[path]
        try:
            make()
        except Unavailable as e:
            self.failed[path] = e
            raise
        return path

    def gzip(self):
        command = ["pigz", "-6", "-n", "-p", "2", "-c"]
        return self.of_big("big-gzip", lambda big, to: archives.compressed_layout(big, to, "+gzip", command))

    def zstd(self):
        command = ["zstd", "-3", "-q", "-T1", "-c"]
        return self.of_big("big-zstd", lambda big, to: archives.compressed_layout(big, to, "+zstd", command))

    def debian(self):
        """A Debian base image: what the 1.4 GB image stands on."""
        return self.of_big("debian.tar", archives.base_image)

    def alpine(self):
        return self.unpacked("alpine.tar", ALPINE)

    def rpm(self):
        """An rpm-based image of 1.2 GB: a layer of the corpus with a real rpm database, below the files of the 1.4 GB image that are not dpkg's."""
        base = self.unpacked("rpm-base.tar", RPM)
        return self.of_big("rpm.tar", lambda big, to: archives.without_dpkg(base, big, to))

    def pushed(self, services):
        """The name that the 1.4 GB image with gzip layers has in a registry."""
        layout = self.gzip()
        name = f"{services.registry()}/bench/big:1"
        run_tool(["skopeo", "copy", "-q", "--dest-tls-verify=false", f"oci:{layout}", f"docker://{name}"])
        return name

    def loaded(self, services):
        """The id that the 1.4 GB image has in a Docker daemon."""
        big = self.big()
        env = {**os.environ, "DOCKER_HOST": services.docker()}
        with archives.DockerArchive(big) as image:
            image_id = "sha256:" + image.image_id
        if subprocess.run(["docker", "image", "inspect", image_id], env=env, capture_output=True, check=False).returncode != 0:
            print(f"loading {big} ...", file=sys.stderr)
            run_tool(["docker", "load", "-q", "-i", big], env)
        return image_id

    def unpacked(self, name, packed):
        """A file of the corpus without its xz."""
        source = self.shared_file(packed)

        def unpack(to):
            with lzma.open(source) as compressed, open(to, "wb") as plain:
                shutil.copyfileobj(compressed, plain, archives.CHUNK)

        return self.made(name, os.path.basename(source), unpack)

    def names(self, image):
        """The names of an image's first layer, a line each."""

        def list_names(to):
            with archives.DockerArchive(image) as archive, open(to, "w", encoding="utf-8") as out:
                stream, _ = archive.layer(0)
                with tarfile.open(fileobj=stream, mode="r:") as layer:
                    out.writelines(entry.name.removeprefix("./") + "\n" for entry in layer)

        return self.made(os.path.basename(image) + ".names", os.path.basename(image), list_names)

    def for_jmh(self):
        """What bench/jmh measures on, by the names that its classes know them by."""
        debian = self.unpacked("debian-12-full.tar", "images/images/debian-12-full.tar.xz")
        return {
            "debian": debian,
            "names": self.names(debian),
            "alpine": self.alpine(),
            "dpkg": self.unpacked("dpkg-status", TEXLIVE),
            "apk": self.unpacked("apk-installed", "images/pkgdb/apk-installed-clair.xz"),
            "versions": self.unpacked("versions.tsv", "versions/compare.tsv.xz"),
        }

    def packages(self, count):
        """A Debian image of nothing but its package list, with so many packages, or with none."""
        return self.of_big(f"packages-{count}.tar", lambda big, to: self.package_list(big, to, count))

    def package_list(self, big, to, count):
        with archives.DockerArchive(big) as image:
            release = next(image.file("usr/lib/os-release", [0]))
            lists = list(image.file("var/lib/dpkg/status"))
            like = image.config
        packages = {}
        for paragraph in paragraphs(*lists):
            packages.setdefault(paragraph["Package"], paragraph)
        # The image has about 210. The others have names of a real machine and the versions that Debian 12 has of them.
        versions = self.debian_versions()
        with lzma.open(self.shared_file(TEXLIVE), "rt", encoding="utf-8") as file:
            for paragraph in paragraphs(file.read().encode()):
                version = versions.get(paragraph.get("Source", paragraph["Package"]).split(" ")[0])
                if version:
                    packages.setdefault(paragraph["Package"], {**paragraph, "Version": version})
        if len(packages) < count:
            raise Unavailable(f"there are only {len(packages)} packages to look up")
        status = "".join(
            "".join(f"{field}: {value}\n" for field, value in paragraph.items()) + "\n"
            for paragraph in list(packages.values())[:count]
        )
        archives.image_of_files(like, to, {"etc/os-release": release, "var/lib/dpkg/status": status.encode()})

    def debian_versions(self):
        """The versions of source packages in Debian 12, as its tracker says."""
        with gzip.open(self.shared_file("feeds/security-tracker.debian.org/tracker/data/json.gz")) as file:
            tracker = json.load(file)
        versions = {}
        for name, entries in tracker.items():
            for entry in entries.values():
                found = entry.get("releases", {}).get("bookworm", {}).get("repositories", {}).get("bookworm")
                if found:
                    versions[name] = found
        return versions

    def classes(self):
        """The floor programs, compiled."""
        sources = os.path.join(HOME, "bench", "floor")
        names = sorted(name for name in os.listdir(sources) if name.endswith(".java"))
        key = java_home()
        for name in names:
            with open(os.path.join(sources, name), "rb") as file:
                key += " " + archives.sha256(file.read())[:16]

        def compile_all(to):
            compiler = os.path.join(java_home(), "bin", "javac")
            os.makedirs(to)
            subprocess.run([compiler, "-d", to, *(os.path.join(sources, name) for name in names)], check=True)

        return self.made("floor", key, compile_all)

    def advisories(self, limpid, env):
        """A cache folder with the advisories of the corpus, and the mirror's address under which they are kept there.

        They are asked for again each time: what an older commit kept, a newer one may not read.
        """
        serve = self.shared_file("feeds/serve.py")
        folder = self.path("caches", "advisories")
        port = self.port()
        url = f"http://127.0.0.1:{port}"
        mirror = subprocess.Popen(
            [sys.executable, serve, os.path.dirname(serve), str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            wait_for_port(port, mirror)
            words = [*limpid, "db", "update", "-q", "--cache", folder, "--feeds-mirror", url]
            for feed in FEEDS:
                words += ["--only", feed]
            done = subprocess.run(words, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
        finally:
            mirror.terminate()
            mirror.wait()
        if done.returncode != 0:
            raise Unavailable(f"limpid db update ends with {done.returncode}: {' / '.join(done.stderr.strip().splitlines()[-3:])}")
        return folder, url

    def port(self):
        """The port of the run before, if nobody has it now: advisories are kept under the mirror's address."""
        remembered = self.path("mirror-port")
        number = 0
        if os.path.exists(remembered):
            with open(remembered, encoding="ascii") as file:
                number = int(file.read())
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", number))
            except OSError:
                probe.bind(("127.0.0.1", 0))
            number = probe.getsockname()[1]
        with open(remembered, "w", encoding="ascii") as file:
            file.write(str(number))
        return number

    def of_big(self, name, make):
        big = self.big()
        with archives.DockerArchive(big) as image:
            key = image.image_id
        return self.made(name, key, lambda to: make(big, to))

    def made(self, name, source, make):
        """The input of this name, made unless it was from this source already; it is whole under its name or not there."""
        path = self.path(name)
        mark = self.path(name + ".made-from")
        key = json.dumps({"source": source, "version": VERSION})
        if os.path.exists(path) and os.path.exists(mark):
            with open(mark, encoding="utf-8") as file:
                if file.read() == key:
                    return path
        return self.once(path, lambda: make_whole(path, mark, key, make))


def run_tool(words, env=None):
    if not shutil.which(words[0]):
        raise Unavailable(f"{words[0]} is not on PATH")
    done = subprocess.run(words, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise Unavailable(f"{' '.join(words[:2])} ends with {done.returncode}: {' / '.join(done.stderr.strip().splitlines()[-3:])}")


def make_whole(path, mark, key, make):
    print(f"making {path} ...", file=sys.stderr)
    part = path + ".part"
    for old in (mark, path, part):
        remove(old)
    try:
        make(part)
    except BaseException:
        remove(part)
        raise
    os.replace(part, path)
    with open(mark, "w", encoding="utf-8") as file:
        file.write(key)


def remove(path):
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.unlink(path)


def paragraphs(*lists):
    """The installed packages of dpkg status files, their fields by name."""
    for paragraph in b"\n\n".join(lists).decode(errors="replace").split("\n\n"):
        fields = {}
        for field in re.split(r"\n(?=\S)", paragraph.strip()):
            name, _, value = field.partition(":")
            fields[name] = value.strip()
        if fields.get("Status") == "install ok installed":
            yield fields


def wait_for_port(port, server):
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            raise Unavailable(f"the mirror of the feeds ends with {server.returncode}")
        time.sleep(0.1)
    raise Unavailable("the mirror of the feeds does not answer")
