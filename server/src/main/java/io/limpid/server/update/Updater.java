package io.limpid.server.update;

import java.util.Arrays;
import java.util.List;

/** A source of vulnerabilities by the name that Clair's configuration calls it, and the namespaces that it serves. */
public enum Updater {
    ALPINE("alpine", "alpine:"),
    AMZN1("amzn1", "amzn:2018.03"),
    AMZN2("amzn2", "amzn:2"),
    DEBIAN("debian", "debian:"),
    OPENSUSE("opensuse", "opensuse"),
    ORACLE("oracle", "oracle:"),
    RHEL("rhel", "centos:"),
    SUSE("suse", "sles"),
    UBUNTU("ubuntu", "ubuntu:");

    private final String text;
    private final String namespace;

    Updater(String text, String namespace) {
        this.text = text;
        this.namespace = namespace;
    }

    /** Its name in {@code updater.enabledupdaters}. */
    public String text() {
        return text;
    }

    /** Whether the vulnerabilities of a namespace come from it. */
    public boolean serves(String name) {
        boolean isWhole = namespace.indexOf(':') >= 0 && !namespace.endsWith(":");
        return isWhole ? name.equals(namespace) : name.startsWith(namespace);
    }

    /** The names of all. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Updater::text).toList();
    }
}
