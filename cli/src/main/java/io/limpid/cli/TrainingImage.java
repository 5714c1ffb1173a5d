package io.limpid.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.limpid.image.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** An image in the OCI form with a layer of each compression and many files, for {@link StartTraining}. */
final class TrainingImage {
    private static final int FILES = 20_000;

    private TrainingImage() {}

    /** Writes the archive. */
    static void write(OutputStream out) throws IOException {
        byte[] base = base();
        byte[] many = many(FILES);
        byte[] more = many(FILES + 1);
        byte[][] blobs = {base, gzip(base), zstd(many), many, more};
        String config = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
                + digests(base, base, many, many, more) + "]}}";
        StringBuilder layers = new StringBuilder();
        for (byte[] blob : blobs) {
            layers.append(layers.isEmpty() ? "" : ",")
                    .append(descriptor("application/vnd.oci.image.layer.v1.tar", blob));
        }
        String manifest = "{\"schemaVersion\":2,\"config\":"
                + descriptor("application/vnd.oci.image.config.v1+json", config.getBytes(UTF_8)) + ",\"layers\":["
                + layers + "]}";
        String index = "{\"schemaVersion\":2,\"manifests\":["
                + descriptor("application/vnd.oci.image.manifest.v1+json", manifest.getBytes(UTF_8)) + "]}";
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
            file(tar, "oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(UTF_8));
            file(tar, "index.json", index.getBytes(UTF_8));
            blob(tar, manifest.getBytes(UTF_8));
            blob(tar, config.getBytes(UTF_8));
            for (byte[] blob : blobs) {
                blob(tar, blob);
            }
        }
    }

    private static byte[] base() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            file(tar, "etc/alpine-release", "3.20.3\n".getBytes(UTF_8));
            file(tar, "etc/os-release", "ID=alpine\nVERSION_ID=3.20.3\n".getBytes(UTF_8));
            StringBuilder installed = new StringBuilder();
            for (int i = 0; i < 40; i++) {
                String name = i == 0 ? "busybox" : "package-" + i;
                installed
                        .append("C:Q1\nP:")
                        .append(name)
                        .append("\nV:1.36.1-r28\nA:x86_64\no:")
                        .append(name)
                        .append("\nF:bin\nR:")
                        .append(name)
                        .append("\n\n");
            }
            file(tar, "lib/apk/db/installed", installed.toString().getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] many(int files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            link(tar, "usr/lib/link", "../share");
            // As distributions have it since they merged the two.
            link(tar, "lib", "usr/lib");
            file(tar, "usr/share/.wh.gone", new byte[0]);
            // Read, and outvoted by the layer below.
            file(tar, "etc/debian_version", "12.8\n".getBytes(UTF_8));
            file(
                    tar,
                    "etc/apt/sources.list",
                    "deb [signed-by=/usr/share/keyrings/debian.gpg] http://deb.debian.org/debian bookworm main\n"
                            .getBytes(UTF_8));
            file(
                    tar,
                    "etc/apt/sources.list.d/debian.sources",
                    "Types: deb\nURIs: http://deb.debian.org/debian\nSuites: bookworm bookworm-updates\nComponents: main\n"
                            .getBytes(UTF_8));
            file(
                    tar,
                    "var/lib/dpkg/status",
                    "Package: bash\nStatus: install ok installed\nArchitecture: amd64\nVersion: 5.2.15-2\n\n"
                            .getBytes(UTF_8));
            for (int i = 0; i < files; i++) {
                String longer = i % 50 == 0 ? "/a-folder-with-a-name-that-takes-a-header-of-its-own".repeat(3) : "";
                timed(
                        tar,
                        "usr/share/doc/package-" + i % 300 + longer + "/file-" + i,
                        new byte[i % 10 == 0 ? i % 700 : 0]);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] zstd(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZstdOutputStreamNoFinalizer zstd = new ZstdOutputStreamNoFinalizer(bytes)) {
            zstd.write(plain);
        }
        return bytes.toByteArray();
    }

    private static String digests(byte[]... layers) {
        StringBuilder list = new StringBuilder();
        for (byte[] layer : layers) {
            list.append(list.isEmpty() ? "\"" : ",\"").append(Sha256.of(layer)).append('"');
        }
        return list.toString();
    }

    private static String descriptor(String type, byte[] content) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + Sha256.of(content) + "\",\"size\":" + content.length
                + "}";
    }

    private static void link(TarArchiveOutputStream tar, String name, String target) throws IOException {
        TarArchiveEntry link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        link.setLinkName(target);
        tar.putArchiveEntry(link);
        tar.closeArchiveEntry();
    }

    private static void blob(TarArchiveOutputStream tar, byte[] content) throws IOException {
        file(tar, "blobs/sha256/" + Sha256.of(content).hex(), content);
    }

    /** With the time in a pax header, as the builders of Docker and BuildKit write it. */
    private static void timed(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.addPaxHeader("mtime", "1700000000.123456789");
        add(tar, entry, content);
    }

    private static void file(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        add(tar, new TarArchiveEntry(name), content);
    }

    private static void add(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] content) throws IOException {
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
