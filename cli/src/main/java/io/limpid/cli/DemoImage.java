package io.limpid.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.limpid.image.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A small image of our own, in the form that {@code docker save} writes; the same bytes each time. */
final class DemoImage {
    static final String NAME = "limpid/demo:1";

    private static final String OS_RELEASE = """
        PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
        NAME="Debian GNU/Linux"
        VERSION_ID="12"
        VERSION="12 (bookworm)"
        VERSION_CODENAME=bookworm
        ID=debian
        """;

    /** An instruction, and the packages that are installed after it: name, version, source. */
    private record Step(String createdBy, List<String> packages) {}

    private static final List<Step> STEPS = List.of(
            new Step(
                    "/bin/sh -c #(nop) ADD file:rootfs in / ",
                    List.of(
                            "base-files 12.4+deb12u5 base-files",
                            "bash 5.2.15-2+b2 bash (5.2.15-2)",
                            "libc6 2.36-9+deb12u4 glibc",
                            "libssl3 3.0.11-1~deb12u2 openssl",
                            "openssl 3.0.11-1~deb12u2 openssl",
                            "zlib1g 1:1.2.13.dfsg-1 zlib")),
            new Step(
                    "RUN /bin/sh -c apt-get upgrade -y openssl && apt-get install -y curl # buildkit",
                    List.of(
                            "base-files 12.4+deb12u5 base-files",
                            "bash 5.2.15-2+b2 bash (5.2.15-2)",
                            "curl 7.88.1-10+deb12u5 curl",
                            "libc6 2.36-9+deb12u4 glibc",
                            "libcurl4 7.88.1-10+deb12u5 curl",
                            "libssl3 3.0.15-1~deb12u1 openssl",
                            "openssl 3.0.15-1~deb12u1 openssl",
                            "zlib1g 1:1.2.13.dfsg-1 zlib")),
            new Step(
                    "RUN /bin/sh -c apt-get purge -y curl libcurl4 # buildkit",
                    List.of(
                            "base-files 12.4+deb12u5 base-files",
                            "bash 5.2.15-2+b2 bash (5.2.15-2)",
                            "libc6 2.36-9+deb12u4 glibc",
                            "libssl3 3.0.15-1~deb12u1 openssl",
                            "openssl 3.0.15-1~deb12u1 openssl",
                            "zlib1g 1:1.2.13.dfsg-1 zlib")));

    private DemoImage() {}

    /** Writes the archive. */
    static void write(OutputStream out) throws IOException {
        List<String> history = new ArrayList<>();
        List<String> diffIds = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Map<String, byte[]> members = new LinkedHashMap<>();
        for (Step step : STEPS) {
            byte[] layer = layer(step, members.isEmpty());
            String hex = Sha256.of(layer).hex();
            history.add("{\"created_by\":\"" + step.createdBy + "\"}");
            diffIds.add("\"sha256:" + hex + "\"");
            names.add("\"blobs/sha256/" + hex + "\"");
            members.put("blobs/sha256/" + hex, layer);
        }
        byte[] config = ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"history\":[" + String.join(",", history)
                        + "],\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[" + String.join(",", diffIds) + "]}}")
                .getBytes(UTF_8);
        String configName = "blobs/sha256/" + Sha256.of(config).hex();
        members.put(configName, config);
        String manifest = "[{\"Config\":\"" + configName + "\",\"RepoTags\":[\"" + NAME + "\"],\"Layers\":["
                + String.join(",", names) + "]}]";
        members.put("manifest.json", manifest.getBytes(UTF_8));
        out.write(tar(members));
    }

    private static byte[] layer(Step step, boolean first) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        if (first) {
            files.put("etc/os-release", OS_RELEASE.getBytes(UTF_8));
        }
        files.put("var/lib/dpkg/status", status(step.packages));
        return tar(files);
    }

    private static byte[] status(List<String> packages) {
        StringBuilder status = new StringBuilder();
        for (String line : packages) {
            String[] part = line.split(" ", 3);
            status.append("Package: ").append(part[0]).append("\nStatus: install ok installed\nArchitecture: amd64\n");
            if (!part[2].equals(part[0])) {
                status.append("Source: ").append(part[2]).append('\n');
            }
            status.append("Version: ").append(part[1]).append("\n\n");
        }
        return status.toString().getBytes(UTF_8);
    }

    private static byte[] tar(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                entry.setModTime(0L);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }
}
