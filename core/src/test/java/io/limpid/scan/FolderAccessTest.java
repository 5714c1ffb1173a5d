package io.limpid.scan;

import static io.limpid.scan.FolderScanTest.OS_RELEASE;
import static io.limpid.scan.FolderScanTest.dpkg;
import static io.limpid.scan.FolderScanTest.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.facts.FactsStore;
import io.limpid.model.Limits;
import io.limpid.model.Report;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Root file systems in folders of which not all may be read, or that only the kernel knows the way to. */
@Timeout(60)
class FolderAccessTest {
    @TempDir
    Path root;

    /** Scans as another process and says what it found, and what could not be read. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Report report = scan(args[0], Limits.DEFAULT, FactsStore.NONE);
        System.out.println("complete=" + report.verdict().complete());
        report.inventory()
                .packages()
                .forEach(one -> System.out.println("package " + one.value().name()));
        report.inventory().problems().forEach(one -> System.out.println(one.path() + ": " + one.what()));
    }

    @BeforeEach
    void aRoot() throws IOException {
        Files.createDirectories(root.resolve("etc/apt"));
        Files.createDirectories(root.resolve("var/lib/dpkg"));
        Files.createDirectories(root.resolve("var/lib/rpm"));
        Files.writeString(root.resolve("etc/os-release"), OS_RELEASE);
        Files.writeString(root.resolve("etc/apt/sources.list"), "");
        Files.writeString(root.resolve("var/lib/dpkg/status"), dpkg("a"));
    }

    private String saidWith(String path, String permissions) throws IOException, InterruptedException {
        Files.setPosixFilePermissions(root.resolve(path), PosixFilePermissions.fromString(permissions));
        return Programs.withoutPrivileges(FolderAccessTest.class, "dir:" + root);
    }

    @Test
    void anUnreadableFolderOrFileIsAProblem() throws IOException, InterruptedException {
        saidWith("var/lib/rpm", "---------");
        assertThat(saidWith("etc/apt/sources.list", "---------"))
                .contains("var/lib/rpm: this folder cannot be read (permission denied): what is in it is missing")
                .contains("etc/apt/sources.list: not read: permission denied")
                .contains("complete=false")
                .contains("package a");
    }

    /** What is beside a folder whose names may be seen, and nothing else of it, is read all the same. */
    @Test
    void aFolderThatMayOnlyBeListedIsAProblem() throws IOException, InterruptedException {
        assertThat(saidWith("etc/apt", "r--r--r--"))
                .contains("etc/apt/sources.list: it cannot be looked at (permission denied)")
                .contains("complete=false")
                .contains("package a");
    }

    /** So the root of a container that runs is at {@code /proc/PID/root}: what the link says is a path as the container has it. */
    @Test
    void aFolderOfAnotherMountNamespace() throws IOException, InterruptedException {
        String script =
                "mount -t tmpfs none . && cd \"$PWD\" && mkdir -p etc var/lib/dpkg && ln -s release etc/os-release &&"
                    + " printf %s \"$1\" >etc/release && printf %s \"$2\" >var/lib/dpkg/status && echo ready && exec"
                    + " cat";
        Report report = inNamespace(script, OS_RELEASE, dpkg("inside"));
        assertThat(report.inventory().packages())
                .singleElement()
                .satisfies(one -> assertThat(one.value().name()).isEqualTo("inside"));
        assertThat(report.verdict().complete()).isTrue();
    }

    /** As on a disk that fails: what lies elsewhere is read all the same. */
    @Test
    void aFileThatBreaksOffIsAProblem() throws IOException, InterruptedException {
        String memory = "/proc/" + ProcessHandle.current().pid() + "/mem";
        Report report = inNamespace("mount --bind \"$1\" etc/apt/sources.list && echo ready && exec cat", memory);
        assertThat(report.inventory().problems())
                .singleElement()
                .asString()
                .contains("etc/apt/sources.list", "not read: Input/output error");
        assertThat(report.inventory().packages()).hasSize(1);
        assertThat(report.verdict().complete()).isFalse();
    }

    /** Scans the root as a process sees it that has mounted something there; its script says when it is ready, and stays. */
    private Report inNamespace(String script, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("unshare", "-rm", "/bin/sh", "-c", "cd \"$PWD\" && " + script, "sh"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said = process.inputReader()) {
            String first = said.readLine();
            Assumptions.assumeTrue("ready".equals(first), "skipped: no mount namespaces here: " + first);
            return scan("dir:/proc/" + process.pid() + "/cwd", Limits.DEFAULT, FactsStore.NONE);
        } finally {
            process.destroyForcibly();
        }
    }
}
