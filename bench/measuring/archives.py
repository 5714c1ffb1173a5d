"""Images in files: reads a docker-save archive, writes one, and writes an OCI layout whose layers are compressed. Same input, same bytes."""

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import tarfile
import tempfile

from . import Unavailable

CHUNK = 1 << 20
MEDIA = "application/vnd.oci.image."


class DockerArchive:
    """The one image of a docker-save archive whose layers are not compressed."""

    def __init__(self, path):
        self.tar = tarfile.open(path, "r:")
        manifest = json.loads(self.bytes("manifest.json"))[0]
        self.tag = (manifest.get("RepoTags") or ["bench:1"])[0]
        self.config_bytes = self.bytes(manifest["Config"])
        self.config = json.loads(self.config_bytes)
        self.layers = manifest["Layers"]
        self.diff_ids = self.config["rootfs"]["diff_ids"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.tar.close()

    @property
    def image_id(self):
        return sha256(self.config_bytes)

    def bytes(self, name):
        return self.tar.extractfile(name).read()

    def layer(self, index):
        """The tar of a layer as an open file, and its size."""
        member = self.tar.getmember(self.layers[index])
        while member.issym() or member.islnk():
            member = self.tar.getmember(os.path.normpath(os.path.join(os.path.dirname(member.name), member.linkname)))
        return self.tar.extractfile(member), member.size

    def file(self, path, layers=None):
        """A regular file's bytes in each layer that has it."""
        for index in layers if layers is not None else range(len(self.layers)):
            stream, _ = self.layer(index)
            with tarfile.open(fileobj=stream, mode="r:") as layer:
                while entry := layer.next():
                    # tarfile remembers all that it has seen.
                    layer.members = []
                    if entry.isreg() and entry.name.removeprefix("./").lstrip("/") == path:
                        yield layer.extractfile(entry).read()


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def write_docker(path, tag, config, layers):
    """An archive as docker saves it; layers are open files with their sizes and diff-ids."""
    config = json.dumps(config, sort_keys=True).encode()
    name = sha256(config) + ".json"
    with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as archive:

        def add(member, stream, size):
            entry = tarfile.TarInfo(member)
            entry.size = size
            archive.addfile(entry, stream)

        names = []
        for stream, size, diff_id in layers:
            names.append(diff_id.split(":")[1] + "/layer.tar")
            add(names[-1], stream, size)
        add(name, io.BytesIO(config), len(config))
        manifest = json.dumps([{"Config": name, "RepoTags": [tag], "Layers": names}]).encode()
        add("manifest.json", io.BytesIO(manifest), len(manifest))


def base_image(big, path):
    """The first layer of a larger image as an image of its own."""
    with DockerArchive(big) as image:
        stream, size = image.layer(0)
        write_docker(path, "bench/base:1", config_of(image.config, image.diff_ids[:1]), [(stream, size, image.diff_ids[0])])


def without_dpkg(base, big, path):
    """The layers of `base`, and upon them those of `big` without dpkg's database and the files that name its distribution."""
    left_out = re.compile(r"(\./)?(var/lib/dpkg/|(usr/lib|etc)/os-release$|etc/debian_version$)")
    with DockerArchive(base) as lower, DockerArchive(big) as upper, tempfile.TemporaryDirectory(dir=os.path.dirname(path)) as folder:
        layers = [(*lower.layer(index), diff_id) for index, diff_id in enumerate(lower.diff_ids)]
        for index in range(len(upper.layers)):
            name = os.path.join(folder, str(index))
            stream, _ = upper.layer(index)
            with tarfile.open(fileobj=stream, mode="r:") as old, tarfile.open(name, "w", format=tarfile.PAX_FORMAT) as new:
                while entry := old.next():
                    old.members = []
                    new.members = []
                    if not left_out.match(entry.name):
                        new.addfile(entry, old.extractfile(entry) if entry.isreg() else None)
            with open(name, "rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            layers.append((open(name, "rb"), os.path.getsize(name), "sha256:" + digest))
        write_docker(path, "bench/rpm:1", config_of(upper.config, [diff_id for *_, diff_id in layers]), layers)


def image_of_files(like, path, files):
    """An image of one layer that has these files."""
    layer = io.BytesIO()
    with tarfile.open(fileobj=layer, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    diff_id = "sha256:" + sha256(layer.getvalue())
    size = layer.tell()
    layer.seek(0)
    write_docker(path, "bench/files:1", config_of(like, [diff_id]), [(layer, size, diff_id)])


def config_of(like, diff_ids):
    return {
        "architecture": like.get("architecture", "amd64"),
        "os": "linux",
        "config": {},
        "history": [{"created_by": "bench"} for _ in diff_ids],
        "rootfs": {"type": "layers", "diff_ids": diff_ids},
    }


def compressed_layout(archive, folder, suffix, command):
    """The same image as an OCI layout in a folder, each layer through a command; its configuration, and so its id, are the same bytes."""
    if not shutil.which(command[0]):
        raise Unavailable(f"{command[0]} is not on PATH")
    blobs = os.path.join(folder, "blobs", "sha256")
    os.makedirs(blobs)
    with DockerArchive(archive) as image:
        layers = []
        for index, diff_id in enumerate(image.diff_ids):
            stream, _ = image.layer(index)
            digest, size = compressed(stream, diff_id, blobs, command)
            layers.append({"mediaType": MEDIA + "layer.v1.tar" + suffix, "digest": "sha256:" + digest, "size": size})
        config = blob(blobs, image.config_bytes, "config.v1+json")
        manifest = json_bytes(
            {"schemaVersion": 2, "mediaType": MEDIA + "manifest.v1+json", "config": config, "layers": layers}
        )
        described = blob(blobs, manifest, "manifest.v1+json")
        described["annotations"] = {"org.opencontainers.image.ref.name": image.tag}
    for name, content in (
        ("index.json", {"schemaVersion": 2, "mediaType": MEDIA + "index.v1+json", "manifests": [described]}),
        ("oci-layout", {"imageLayoutVersion": "1.0.0"}),
    ):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(json_bytes(content))


def compressed(stream, diff_id, blobs, command):
    """Puts a compressed layer among the blobs; its digest and size."""
    temporary = os.path.join(blobs, "layer.part")
    plain = hashlib.sha256()
    with open(temporary, "wb") as out:
        tool = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out)
        while chunk := stream.read(CHUNK):
            plain.update(chunk)
            tool.stdin.write(chunk)
        tool.stdin.close()
        if tool.wait() != 0:
            raise Unavailable(f"{' '.join(command)} ends with {tool.returncode}")
    if diff_id != "sha256:" + plain.hexdigest():
        raise Unavailable(f"a layer is not {diff_id}, as the image's configuration says")
    with open(temporary, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = os.path.getsize(temporary)
    os.replace(temporary, os.path.join(blobs, digest))
    return digest, size


def blob(blobs, content, kind):
    with open(os.path.join(blobs, sha256(content)), "wb") as file:
        file.write(content)
    return {"mediaType": MEDIA + kind, "digest": "sha256:" + sha256(content), "size": len(content)}


def layer_blobs(folder):
    """The files of a layout's layers, base first, each once."""
    with open(os.path.join(folder, "index.json"), encoding="utf-8") as file:
        manifest = json.load(file)["manifests"][0]["digest"]
    with open(blob_file(folder, manifest), encoding="utf-8") as file:
        layers = json.load(file)["layers"]
    return list(dict.fromkeys(blob_file(folder, layer["digest"]) for layer in layers))


def blob_file(folder, digest):
    return os.path.join(folder, "blobs", "sha256", digest.split(":")[1])


def json_bytes(value):
    return json.dumps(value, sort_keys=True).encode()
